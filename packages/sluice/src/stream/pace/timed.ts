import type { Outcome } from "../../context/protocol.ts";
import { now, startTimer } from "../../core/clock.ts";
import type { Closing } from "../engine/cursor.ts";
import type { Grace } from "../engine/grace.ts";
import { Joint } from "../engine/joint.ts";
import { Port } from "../engine/port.ts";
import type { Upstream } from "../engine/stretch.ts";

/** An operator over one source, with one timer. */
export abstract class Timed extends Joint {
  protected readonly port: Port;
  protected readonly parts: readonly Port[];
  protected readonly ms: number;
  /** Whether the timer has fired. */
  protected isDue = false;
  #stopTimer: (() => void) | undefined;

  constructor(upstream: Upstream, ms: number) {
    super(upstream.settings);
    this.port = new Port(upstream.open(), this);
    this.parts = [this.port];
    this.ms = ms;
  }

  /** Starts the timer, unless it runs. */
  protected startTimer(): void {
    this.#stopTimer ??= startTimer(now() + this.ms, () => {
      this.isDue = true;
      this.gate.open();
    });
  }

  protected stopTimer(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.isDue = false;
  }

  protected override closeParts(grace: Grace, outcome: Outcome): Closing {
    this.stopTimer();
    return super.closeParts(grace, outcome);
  }
}
