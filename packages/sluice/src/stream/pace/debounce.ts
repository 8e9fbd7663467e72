import { DONE, EMIT, WAIT, type Status } from "../engine/cursor.ts";
import type { Port } from "../engine/port.ts";
import { Timed } from "./timed.ts";

/** Gives an item once no other has come for a time; at the end the last one. */
export class Debounce extends Timed {
  #newest: { readonly item: unknown } | undefined;

  override arrived(port: Port): void {
    // It is read on, whether or not anybody waits: later items replace earlier ones.
    if (!port.hasFailed) this.#readOn();
    this.gate.open();
  }

  protected take(): Status {
    const status = this.#readOn();
    if (this.#newest === undefined) return status;
    if (!this.isDue && status === WAIT) return WAIT;
    this.value = this.#newest.item;
    this.#newest = undefined;
    this.stopTimer();
    return EMIT;
  }

  /** Reads until nothing is there; what is due is given before anything replaces it. */
  #readOn(): Status {
    while (!this.isDue) {
      const status = this.port.read();
      if (status !== EMIT) return status;
      this.#newest = { item: this.port.value };
      this.stopTimer();
      this.startTimer();
    }
    return this.port.hasEnded ? DONE : WAIT;
  }
}
