/** What an operator reads. */
export interface Upstream extends AsyncIterable<unknown> {
  next(): Promise<IteratorResult<unknown, void>>;
  return(): Promise<IteratorReturnResult<void>>;
}

/**
 * A generator, and what is to be closed in its place if it is closed before it was
 * started: a generator does not run its `finally` then.
 */
export class Stage implements Upstream {
  #hasStarted = false;
  readonly #body: AsyncGenerator<unknown, void, undefined>;
  readonly #closeUnstarted: () => Promise<unknown>;

  constructor(
    body: AsyncGenerator<unknown, void, undefined>,
    closeUnstarted: () => Promise<unknown>,
  ) {
    this.#body = body;
    this.#closeUnstarted = closeUnstarted;
  }

  next(): Promise<IteratorResult<unknown, void>> {
    this.#hasStarted = true;
    return this.#body.next();
  }

  async return(): Promise<IteratorReturnResult<void>> {
    const isFresh = !this.#hasStarted;
    this.#hasStarted = true;
    await this.#body.return();
    if (isFresh) await this.#closeUnstarted();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
