import { dropLateError } from "../../core/drop-late-error.ts";
import { now, startTimer } from "../../core/clock.ts";
import { DetachedError } from "./detached-error.ts";
import type { Outcome } from "../../context/protocol.ts";
import { reportLate, type Settings } from "./settings.ts";

/**
 * Turns of the microtask queue before a timer is set: most of what closes is done by
 * then, and a timer costs more than all of them.
 */
const PATIENCE = 8;
const settled = Promise.resolve();

/** How long one closing waits, all of its parts together. */
export class Grace {
  readonly #settings: Settings;
  readonly #outer: Grace | undefined;
  readonly #outcome: Outcome | undefined;
  #deadline: number | undefined;

  /**
   * @param outer The closing that this one is a part of.
   * @param outcome How the stream has ended that is closed.
   */
  constructor(settings: Settings, outer?: Grace, outcome?: Outcome) {
    this.#settings = settings;
    this.#outer = outer;
    this.#outcome = outcome;
  }

  /** In milliseconds of the clock; told from the first time that it is asked for. */
  get deadline(): number {
    this.#deadline ??= Math.min(
      now() + this.#settings.closeGrace,
      this.#outer?.deadline ?? Infinity,
    );
    return this.#deadline;
  }

  /**
   * Waits for work that was asked to stop; what has not by the deadline is left
   * alone, and reported.
   *
   * @returns Rejects with what the work throws in time; what it throws later is
   * reported.
   */
  wait(work: PromiseLike<unknown>): Promise<void> {
    const settings = this.#settings;
    return new Promise((resolve, reject) => {
      let isOver = false;
      let stopTimer: (() => void) | undefined;
      const end = (): void => {
        isOver = true;
        stopTimer?.();
        resolve();
      };
      work.then(end, (error: unknown) => {
        if (isOver) this.report(error);
        reject(error);
        end();
      });
      const watch = async (): Promise<void> => {
        for (let turn = 0; turn < PATIENCE; turn++) await settled;
        if (isOver) return;
        stopTimer = startTimer(this.deadline, () => {
          end();
          settings.onDetached(
            new DetachedError(
              `Cannot wait for the stream to close: it has not stopped after ${settings.closeGrace} ms`,
            ),
          );
        });
      };
      dropLateError(watch());
    });
  }

  /** The same for what was under way when a stream was closed: its failure is reported. */
  waitForLate(inFlight: PromiseLike<unknown>): Promise<void> {
    return this.wait(this.settle(inFlight));
  }

  /** Takes the failure of what was under way when a stream was closed, and reports it. */
  settle(inFlight: PromiseLike<unknown>): PromiseLike<unknown> {
    return inFlight.then(undefined, (error: unknown) => {
      this.report(error);
    });
  }

  /**
   * Reports a failure that nobody is given: the very error that the stream fails with is
   * not a second failure.
   */
  report(error: unknown): void {
    if (!this.#isTold(error)) reportLate(this.#settings, error);
  }

  #isTold(error: unknown): boolean {
    const outcome = this.#outcome;
    return (
      (outcome?.status === "error" && outcome.error === error) ||
      (this.#outer !== undefined && this.#outer.#isTold(error))
    );
  }
}
