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

/** Gives items in arrays: when one is full, or a time after its first item. */
export class ChunksWithin extends Joint {
  protected readonly ports: readonly [Port];
  readonly #size: number;
  readonly #ms: number;
  #chunk: unknown[] = [];
  #stopTimer: (() => void) | undefined;
  #isDue = false;

  constructor(upstream: Cursor, size: number, ms: number, settings: Settings) {
    super(settings);
    this.ports = [new Port(upstream, this)];
    this.#size = size;
    this.#ms = ms;
  }

  override arrived(port: Port): void {
    if (port.unread === undefined) this.#readOn();
    this.gate.open();
  }

  protected take(): Status {
    const status = this.#readOn();
    const isComplete =
      this.#isDue || status === DONE || this.#chunk.length >= this.#size;
    if (this.#chunk.length === 0 || !isComplete)
      return status === DONE ? DONE : WAIT;
    this.value = this.#chunk;
    this.#chunk = [];
    this.#isDue = false;
    this.#stop();
    return EMIT;
  }

  protected override closeParts(): Closing {
    this.#stop();
    return super.closeParts();
  }

  /** Fills the chunk; answers `EMIT` when it is full. */
  #readOn(): Status {
    const [port] = this.ports;
    while (this.#chunk.length < this.#size) {
      const status = port.read();
      if (status !== EMIT) return status;
      if (this.#chunk.push(port.value) > 1) continue;
      this.#stopTimer = startTimer(now() + this.#ms, () => {
        this.#isDue = true;
        this.gate.open();
      });
    }
    return EMIT;
  }

  #stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }
}
