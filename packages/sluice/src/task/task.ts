import { CancelledError, isCancelled } from "../core/errors.ts";
import { isThenable } from "../core/thenable.ts";

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
export class ChildTask<T> implements Task<T> {
  readonly #controller = new AbortController();
  readonly #promise: Promise<T>;
  #state: TaskState = "running";

  /**
   * Begins the work at once.
   *
   * @param onEnd Is called once, when the work has ended; before this returns, if
   * the work ends at once.
   */
  constructor(
    run: (signal: AbortSignal) => T | PromiseLike<T>,
    onEnd: (task: ChildTask<T>, error: unknown) => void,
  ) {
    const end = (state: TaskState, error?: unknown): void => {
      this.#state = state;
      onEnd(this, error);
    };
    const fail = (error: unknown): void => {
      end(this.#isCancellation(error) ? "cancelled" : "failed", error);
    };
    let result;
    try {
      result = run(this.signal);
    } catch (error) {
      this.#promise = Promise.reject(error);
      this.#promise.catch(ignore);
      fail(error);
      return;
    }
    this.#promise = Promise.resolve(result);
    if (isThenable(result)) {
      this.#promise.then(() => {
        end("done");
      }, fail);
    } else {
      end("done");
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get state(): TaskState {
    return this.#state;
  }

  cancel(reason: unknown = new CancelledError("The task was cancelled")): void {
    this.#controller.abort(reason);
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#promise.then(onFulfilled, onRejected);
  }

  #isCancellation(error: unknown): boolean {
    return (
      this.signal.aborted &&
      (error === this.signal.reason || isCancelled(error))
    );
  }
}

function ignore(): void {
  // The failure goes to the group, and to whoever awaits the task.
}
