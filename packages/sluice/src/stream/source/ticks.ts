import type { Outcome } from "../../context/protocol.ts";
import { now, startTimer } from "../../core/clock.ts";
import { EMIT, WAIT, type Closing, type Status } from "../engine/cursor.ts";
import type { Grace } from "../engine/grace.ts";
import { Joint } from "../engine/joint.ts";
import type { Port } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";

/** Gives 0, 1, 2 and so on, one for each time that passes; ticks nobody asked for are left out. */
export class Ticks extends Joint {
  protected readonly parts: readonly Port[] = [];
  readonly #ms: number;
  /** When the last tick was to come. */
  #due: number | undefined;
  #count = 0;
  #stopTimer: (() => void) | undefined;

  constructor(ms: number, settings: Settings) {
    super(settings);
    this.#ms = ms;
  }

  protected take(): Status {
    const moment = now();
    this.#due ??= moment + this.#ms;
    if (moment < this.#due) {
      this.#stopTimer ??= startTimer(this.#due, () => {
        this.#stopTimer = undefined;
        this.gate.open();
      });
      return WAIT;
    }
    // In step with the first, however late this one is.
    this.#due += this.#ms * (1 + Math.floor((moment - this.#due) / this.#ms));
    this.value = this.#count++;
    return EMIT;
  }

  protected override closeParts(grace: Grace, outcome: Outcome): Closing {
    this.#stopTimer?.();
    return super.closeParts(grace, outcome);
  }
}
