import { Consumer } from "./consumer.ts";
import { EMIT, type Closing, type Status } from "./cursor.ts";
import type { Grace } from "./grace.ts";

type Result = IteratorResult<unknown, undefined>;
type Resolve = (result: Result) => void;
type Reject = (error: unknown) => void;

/**
 * The async iterator over a cursor.
 *
 * Calls of `next` that come before earlier ones have been answered wait in a queue.
 * Leaving does not: it answers all of them with the end, at once.
 */
export class Reading extends Consumer {
  #isBusy = false;
  #resolve: Resolve = ignore;
  #reject: Reject = ignore;
  readonly #queue: [Resolve, Reject][] = [];
  /** Why the signal aborted, until somebody has been told. */
  #interruption: { readonly reason: unknown } | undefined;
  // Made once, and not for each item.
  readonly #executor = (resolve: Resolve, reject: Reject): void => {
    if (this.#isBusy) {
      this.#queue.push([resolve, reject]);
      return;
    }
    this.#isBusy = true;
    this.#resolve = resolve;
    this.#reject = reject;
    this.begin();
    if (this.isWanted) this.pull(undefined, false);
  };

  next(): Promise<Result> {
    if (this.isWanted) return new Promise(this.#executor);
    const interruption = this.#interruption;
    this.#interruption = undefined;
    return interruption === undefined
      ? Promise.resolve(createEnd())
      : Promise.reject(interruption.reason);
  }

  override leave(outer?: Grace): Closing {
    const closing = super.leave(outer);
    this.#finish();
    return closing;
  }

  protected interrupt(reason: unknown): void {
    if (this.#isBusy) this.#reject(reason);
    else this.#interruption = { reason };
    this.leaveFor(ignore);
  }

  protected take(status: Status): void {
    if (status !== EMIT || !this.isWanted) {
      this.#finish();
      return;
    }
    this.#resolve({ value: this.cursor.value, done: false });
    // An empty queue is not worth a call.
    const next = this.#queue.length > 0 ? this.#queue.shift() : undefined;
    if (next === undefined) {
      this.#isBusy = false;
      return;
    }
    [this.#resolve, this.#reject] = next;
    this.pull(undefined, false);
  }

  protected fail(error: unknown): void {
    this.#reject(error);
    this.#finish();
  }

  /** Ends it: whoever waits finds the end. */
  #finish(): void {
    this.end();
    this.#resolve(createEnd());
    for (const [resolve] of this.#queue.splice(0)) resolve(createEnd());
  }
}

function createEnd(): Result {
  return { value: undefined, done: true };
}

function ignore(): void {
  // Nobody waits.
}
