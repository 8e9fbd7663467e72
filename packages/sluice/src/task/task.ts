import { dropLateError } from "../core/drop-late-error.ts";
import { isThenable } from "../core/thenable.ts";
import { Cancellable } from "./cancellable.ts";

/** How far a task is. */
export type TaskState = "running" | "done" | "failed" | "cancelled";

/**
 * One piece of work that a group runs.
 *
 * It can be awaited, any number of times, for what the work returned or threw.
 * Nobody needs to: its failure is the group's to report.
 */
export interface Task<T> extends PromiseLike<T> {
  /** Aborts when the task is cancelled, by itself or with its group. */
  readonly signal: AbortSignal;
  /** How far it is. */
  readonly state: TaskState;
  /**
   * Asks this task alone to stop; the group goes on.
   *
   * @param reason What the signal aborts with; a `CancelledError` if absent.
   */
  cancel(reason?: unknown): void;
}

/** A task, as its group sees it. */
export class ChildTask<T> extends Cancellable implements Task<T> {
  readonly #promise: Promise<T>;
  state: TaskState = "running";

  /**
   * Begins the work at once.
   *
   * @param running Has the task in it for as long as the work runs.
   * @param onFail Is called once if the work fails, with what it threw.
   */
  constructor(
    run: Work<T>,
    running: Set<ChildTask<unknown>>,
    onFail: (error: unknown) => void,
  ) {
    super();
    running.add(this);
    this.#promise = this.#work(run, running, onFail);
    // The failure goes to the group, and to whoever awaits the task.
    dropLateError(this.#promise);
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#promise.then(onFulfilled, onRejected);
  }

  async #work(
    run: Work<T>,
    running: Set<ChildTask<unknown>>,
    onFail: (error: unknown) => void,
  ): Promise<T> {
    try {
      const result = run(this.signal);
      const value = isThenable(result) ? await result : result;
      this.state = "done";
      return value;
    } catch (error) {
      this.state = "cancelled";
      if (!this.isCancellation(error)) {
        this.state = "failed";
        onFail(error);
      }
      throw error;
    } finally {
      running.delete(this);
    }
  }
}

/** The work of a task. */
type Work<T> = (signal: AbortSignal) => T | PromiseLike<T>;
