import { EMIT, WAIT, type Status } from "../engine/cursor.ts";
import type { Port } from "../engine/port.ts";
import type { Upstream } from "../engine/stretch.ts";
import { Timed } from "../pace/timed.ts";

/** Gives items in arrays: when one is full, or a time after its first item. */
export class ChunksWithin extends Timed {
  readonly #size: number;
  #chunk: unknown[] = [];

  constructor(upstream: Upstream, ms: number, size: number) {
    super(upstream, ms);
    this.#size = size;
  }

  override arrived(port: Port): void {
    if (!port.hasFailed) this.#readOn();
    this.gate.open();
  }

  protected take(): Status {
    const status = this.#readOn();
    if (this.#chunk.length === 0) return status;
    if (status === WAIT && !this.isDue) return WAIT;
    this.value = this.#chunk;
    this.#chunk = [];
    this.stopTimer();
    return EMIT;
  }

  /** Fills the chunk; answers `EMIT` when it is full. */
  #readOn(): Status {
    while (this.#chunk.length < this.#size) {
      const status = this.port.read();
      if (status !== EMIT) return status;
      this.#chunk.push(this.port.value);
      this.startTimer();
    }
    return EMIT;
  }
}
