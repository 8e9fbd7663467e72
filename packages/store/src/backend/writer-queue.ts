import { asyncWith, BusyError, Lock } from "sluice";

/** What of `AsyncLocalStorage` is needed here. */
interface CallScope {
  getStore(): object | undefined;
  run<T>(store: object, work: () => T): T;
}

/**
 * Lets one writer on at a time, first come, first served.
 *
 * A writer that begins another one, and so would wait for itself, is told. How that is
 * noticed: by Node's `AsyncLocalStorage`, which Deno and Bun have too. Where there is none,
 * as in browsers, such a writer waits for ever.
 */
export class WriterQueue {
  readonly #lock = new Lock();
  readonly #scope = createScope();
  #current: object | undefined;

  /**
   * Waits for all writers before, and then does the work.
   *
   * @param work What is done.
   * @returns What `work` returns.
   * @throws {BusyError} If it is called by the work of a writer that is not done.
   * @throws What `work` throws.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (
      this.#current !== undefined &&
      this.#scope?.getStore() === this.#current
    ) {
      throw new BusyError(
        "Cannot begin a writing transaction within another: it would wait for itself; use the transaction that is there",
      );
    }
    return asyncWith(this.#lock, async () => {
      const writer = {};
      this.#current = writer;
      try {
        return await (this.#scope?.run(writer, work) ?? work());
      } finally {
        this.#current = undefined;
      }
    });
  }
}

function createScope(): CallScope | undefined {
  const platform: { readonly process?: Partial<NodeJS.Process> } = globalThis;
  const hooks = platform.process?.getBuiltinModule?.("node:async_hooks");
  return hooks && new hooks.AsyncLocalStorage<object>();
}
