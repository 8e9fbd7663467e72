import { EMIT, type Closing, type Status } from "./cursor.ts";
import { Trampoline } from "./trampoline.ts";

type Result<T> = IteratorResult<T, undefined>;
type Resolve<T> = (result: Result<T>) => void;
type Reject = (error: unknown) => void;

/**
 * The async iterator over a cursor.
 *
 * Calls of `next` that come before earlier ones have been answered wait in a queue.
 * Leaving does not: it answers all of them with the end, at once.
 */
export class Reading<T> extends Trampoline {
  /** Whether it has not ended. */
  protected isWanted = true;
  #isBusy = false;
  #resolve: Resolve<T> = ignore;
  #reject: Reject = ignore;
  readonly #queue: [Resolve<T>, Reject][] = [];
  #closing: Closing;
  readonly #executor = (resolve: Resolve<T>, reject: Reject): void => {
    if (this.#isBusy) {
      this.#queue.push([resolve, reject]);
    } else {
      this.#resolve = resolve;
      this.#reject = reject;
    }
  };

  next(): Promise<Result<T>> {
    if (!this.isWanted) return Promise.resolve(createEnd<T>());
    const promise = new Promise(this.#executor);
    if (!this.#isBusy) {
      this.#isBusy = true;
      this.pull(undefined, false);
    }
    return promise;
  }

  /**
   * Ends it early, whatever it waits for.
   *
   * @returns What to wait for; it tells the failure of closing to the first caller alone.
   */
  leave(): Closing {
    if (!this.isWanted) return this.#closing;
    this.isWanted = false;
    const closing = this.cursor.close();
    this.#finish();
    this.#closing = closing?.catch(ignore);
    return closing;
  }

  protected take(status: Status): void {
    if (status !== EMIT || !this.isWanted) {
      this.#finish();
      return;
    }
    this.#resolve({ value: this.cursor.value as T, done: false });
    const next = this.#queue.shift();
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
    this.isWanted = false;
    this.#resolve(createEnd());
    for (const [resolve] of this.#queue.splice(0)) resolve(createEnd());
  }
}

function createEnd<T>(): Result<T> {
  return { value: undefined, done: true };
}

function ignore(): void {
  // Nobody waits, or was told otherwise.
}
