import { now, startTimer } from "../../core/clock.ts";
import type { Closing } from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Cursor,
  type Status,
} from "../engine/cursor.ts";
import { Joint } from "../engine/joint.ts";
import { Port } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";

/** Gives an item once no other has come for a time; at the end the last one. */
export class Debounce extends Joint {
  protected readonly ports: readonly [Port];
  readonly #ms: number;
  #newest: { readonly item: unknown } | undefined;
  #stopTimer: (() => void) | undefined;
  #isDue = false;

  constructor(upstream: Cursor, ms: number, settings: Settings) {
    super(settings);
    this.ports = [new Port(upstream, this)];
    this.#ms = ms;
  }

  override arrived(port: Port): void {
    // It is read on, whether or not anybody waits: later items replace earlier ones.
    if (port.unread === undefined) this.#readOn();
    this.gate.open();
  }

  protected take(): Status {
    const status = this.#readOn();
    if (this.#newest === undefined) return status === DONE ? DONE : WAIT;
    if (!this.#isDue && status !== DONE) return WAIT;
    this.value = this.#newest.item;
    this.#newest = undefined;
    this.#isDue = false;
    this.#stop();
    return EMIT;
  }

  protected override closeParts(): Closing {
    this.#stop();
    return super.closeParts();
  }

  #readOn(): Status {
    const [port] = this.ports;
    for (;;) {
      // What is due is given before anything may replace it.
      if (this.#isDue) return WAIT;
      const status = port.read();
      if (status !== EMIT) return status;
      this.#newest = { item: port.value };
      this.#stop();
      this.#stopTimer = startTimer(now() + this.#ms, () => {
        this.#isDue = true;
        this.gate.open();
      });
    }
  }

  #stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }
}
