import {
  asyncWith,
  ClosedError,
  guard,
  suppress,
  timeout,
  TimeoutError,
} from "sluice";

/** How long leaving a block waits for what does not stop when it is told to. */
const GRACE_MS = 1000;

/**
 * How long a session may be used: as long as its block runs, and the one around it.
 *
 * Holds the work that is under way, so that leaving the block ends it and waits for it.
 */
export class Lifetime {
  /** Aborts when the block ends; its reason is a `ClosedError`. */
  readonly signal: AbortSignal;
  readonly #title: string;
  readonly #controller = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /**
   * @param title What it is of, as `the reader of flow '...'`.
   * @param outer That of the session around it.
   */
  constructor(title: string, outer?: Lifetime) {
    this.#title = title;
    const { signal } = this.#controller;
    this.signal =
      outer === undefined ? signal : AbortSignal.any([outer.signal, signal]);
  }

  /** @throws {ClosedError} If the block has ended. */
  check(): void {
    this.signal.throwIfAborted();
  }

  /**
   * Does something that ends with the block, at the latest.
   *
   * @param work Is given a signal that aborts when it is to end; it is not waited for then.
   * @param signal Ends it, too.
   * @throws {ClosedError} If the block has ended, before or meanwhile.
   */
  async run<T>(
    work: (signal: AbortSignal) => T | PromiseLike<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const either = this.#combine(signal);
    return guard(this.#begin(work, either), either);
  }

  /**
   * Does something that has to clean up after itself, and waits for that in any case.
   *
   * @param work Is given a signal that aborts when it is to end.
   * @param signal Ends it, too.
   * @throws {ClosedError} If the block has ended before.
   */
  async runToItsEnd<T>(
    work: (signal: AbortSignal) => T | PromiseLike<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.#begin(work, this.#combine(signal));
  }

  /** Ends it, and waits for what is under way; not for ever. */
  async close(): Promise<void> {
    this.#controller.abort(
      new ClosedError(`Cannot use ${this.#title}: its block has ended`),
    );
    if (this.#running.size === 0) return;
    // Who waited for the work has been told how it went: here only its end counts.
    const ended = Promise.allSettled(this.#running);
    await asyncWith(
      suppress((error) => error instanceof TimeoutError),
      () => asyncWith(timeout(GRACE_MS), (limit) => limit.guard(ended)),
    );
  }

  #combine(signal: AbortSignal | undefined): AbortSignal {
    const either =
      signal === undefined
        ? this.signal
        : AbortSignal.any([this.signal, signal]);
    either.throwIfAborted();
    return either;
  }

  #begin<T>(
    work: (signal: AbortSignal) => T | PromiseLike<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const running = Promise.resolve(work(signal));
    this.#running.add(running);
    const forget = (): void => {
      this.#running.delete(running);
    };
    running.then(forget, forget);
    return running;
  }
}
