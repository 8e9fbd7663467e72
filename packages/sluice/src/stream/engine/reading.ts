import type { Closing } from "./closing.ts";
import { DONE, EMIT, WAIT, type Cursor, type Status } from "./cursor.ts";

/** How far a reading is. */
type Stage = 0 | 1 | 2 | 3;
/** Nobody waits for an item. */
const IDLE = 0;
/** A call of `next` is in the middle of pulling. */
const PULLING = 1;
/** Somebody waits for an item. */
const WAITING = 2;
const CLOSED = 3;

type Result<T> = IteratorResult<T, undefined>;
type Resolve<T> = (result: Result<T>) => void;
type Reject = (error: unknown) => void;

/**
 * The async iterator over a cursor.
 *
 * Calls of `next` that come before earlier ones have been answered wait in a queue.
 * Leaving does not: it answers all of them with the end, at once.
 */
export class Reading<T> {
  readonly #cursor: Cursor;
  #stage: Stage = IDLE;
  #resolve: Resolve<T> = ignore;
  #reject: Reject = ignore;
  #queue: [Resolve<T>, Reject][] | undefined;
  #closing: Closing;
  // Made once, and not for each item.
  readonly #executor = (resolve: Resolve<T>, reject: Reject): void => {
    this.#resolve = resolve;
    this.#reject = reject;
  };
  readonly #onValue = (value: unknown): void => {
    if (this.#stage === WAITING) this.#goOn(value);
  };
  readonly #onError = (error: unknown): void => {
    if (this.#stage === WAITING) this.#goOnFailing(error);
  };

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  next(): Promise<Result<T>> {
    if (this.#stage !== IDLE) return this.#enqueue();
    const cursor = this.#cursor;
    this.#stage = PULLING;
    let status: Status;
    try {
      status = cursor.pull();
    } catch (error) {
      this.#finish();
      return Promise.reject(error);
    }
    if (status === WAIT) {
      const promise = new Promise(this.#executor);
      this.#wait();
      return promise;
    }
    if (status === DONE || this.#hasLeft()) {
      this.#finish();
      return Promise.resolve(createEnd<T>());
    }
    this.#stage = IDLE;
    const result = { value: cursor.value as T, done: false } as const;
    if (this.#queue !== undefined) this.#serve();
    return Promise.resolve(result);
  }

  /**
   * Ends it early, whatever it waits for.
   *
   * @returns What to wait for; it tells the failure of closing to the first caller alone.
   */
  leave(): Closing {
    if (this.#stage === CLOSED) return this.#closing;
    const wasWaiting = this.#stage === WAITING;
    this.#stage = CLOSED;
    const closing = this.#cursor.close();
    if (wasWaiting) this.#resolve(createEnd());
    this.#finish();
    this.#closing = closing?.catch(ignore);
    return closing;
  }

  #enqueue(): Promise<Result<T>> {
    if (this.#stage === CLOSED) return Promise.resolve(createEnd<T>());
    return new Promise((resolve, reject) => {
      (this.#queue ??= []).push([resolve, reject]);
    });
  }

  #wait(): void {
    if (this.#hasLeft()) this.#resolve(createEnd());
    else this.#stage = WAITING;
    this.#cursor.awaiting.then(this.#onValue, this.#onError);
  }

  #goOn(value: unknown): void {
    this.#stage = PULLING;
    let status: Status;
    try {
      status = this.#cursor.resume(value);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#answer(status);
  }

  #goOnFailing(reason: unknown): void {
    this.#stage = PULLING;
    let status: Status;
    try {
      status = this.#cursor.fail(reason);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#answer(status);
  }

  /** Answers the call that waits. */
  #answer(status: Status): void {
    if (status === WAIT) {
      this.#wait();
    } else if (status === EMIT && !this.#hasLeft()) {
      this.#stage = IDLE;
      this.#resolve({ value: this.#cursor.value as T, done: false });
      if (this.#queue !== undefined) this.#serve();
    } else {
      this.#finish();
      this.#resolve(createEnd());
    }
  }

  /** Pulls for the calls that came meanwhile, in order, until one has to wait. */
  #serve(): void {
    while (this.#stage === IDLE) {
      const waiter = this.#queue?.shift();
      if (waiter === undefined) return;
      [this.#resolve, this.#reject] = waiter;
      this.#stage = PULLING;
      let status: Status;
      try {
        status = this.#cursor.pull();
      } catch (error) {
        this.#fail(error);
        return;
      }
      if (status === EMIT && !this.#hasLeft()) {
        this.#stage = IDLE;
        this.#resolve({ value: this.#cursor.value as T, done: false });
      } else {
        this.#answer(status);
      }
    }
  }

  #fail(error: unknown): void {
    this.#reject(error);
    this.#finish();
  }

  /** Ends it: whoever waits in the queue finds the end. */
  #finish(): void {
    this.#stage = CLOSED;
    const waiters = this.#queue;
    this.#queue = undefined;
    waiters?.forEach(([resolve]) => {
      resolve(createEnd());
    });
  }

  /** Whether it was left meanwhile, out of a callback. */
  #hasLeft(): boolean {
    return this.#stage === CLOSED;
  }
}

function createEnd<T>(): Result<T> {
  return { value: undefined, done: true };
}

function ignore(): void {
  // Nobody waits, or was told otherwise.
}
