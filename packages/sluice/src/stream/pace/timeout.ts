import { now, startTimer } from "../../core/clock.ts";
import { TimeoutError } from "../../task/timeout.ts";
import type { Closing } from "../engine/closing.ts";
import { EMIT, WAIT, type Cursor, type Status } from "../engine/cursor.ts";
import { Joint } from "../engine/joint.ts";
import { Port } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";

/** Fails if an item takes too long from the moment at which it is asked for. */
export class TimeLimit extends Joint {
  protected readonly ports: readonly [Port];
  readonly #ms: number;
  #stopTimer: (() => void) | undefined;
  #hasExpired = false;

  constructor(upstream: Cursor, ms: number, settings: Settings) {
    super(settings);
    this.ports = [new Port(upstream, this)];
    this.#ms = ms;
  }

  protected take(): Status {
    const [port] = this.ports;
    const status = port.read();
    if (status === WAIT) {
      if (this.#hasExpired) {
        throw new TimeoutError(
          `Cannot wait for the next item: it did not come within ${this.#ms} ms`,
        );
      }
      this.#stopTimer ??= startTimer(now() + this.#ms, () => {
        this.#hasExpired = true;
        this.gate.open();
      });
      return WAIT;
    }
    this.#stop();
    if (status === EMIT) this.value = port.value;
    return status;
  }

  protected override closeParts(): Closing {
    this.#stop();
    return super.closeParts();
  }

  #stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }
}
