import { ClosedError, stream, type Stream } from "sluice";

/** Whether a store is open; what is under way when it closes is given up and waited for. */
export class OpenState {
  readonly #closing = new AbortController();
  readonly #pending = new Set<Promise<unknown>>();

  /** Aborts, with a `ClosedError`, when the store closes. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Runs something while the store is open.
   *
   * @param work What it does; it gives up when its signal aborts, if it can.
   * @param signal The caller's own.
   * @throws {ClosedError} If the store is closed.
   */
  async run<T>(
    work: (signal: AbortSignal) => Promise<T> | T,
    signal?: AbortSignal,
  ): Promise<T> {
    this.#closing.signal.throwIfAborted();
    signal?.throwIfAborted();
    const both =
      signal === undefined
        ? this.#closing.signal
        : AbortSignal.any([this.#closing.signal, signal]);
    const running = (async () => work(both))();
    this.#pending.add(running);
    try {
      return await running;
    } finally {
      this.#pending.delete(running);
    }
  }

  /** Hands a stream on while the store is open; then it fails with a `ClosedError`. */
  stream<T>(open: (signal: AbortSignal) => Promise<Stream<T>>): Stream<T> {
    const { signal } = this.#closing;
    return stream(
      async function* () {
        yield* await open(signal);
      },
      { signal },
    );
  }

  /** Closes; waits for what is under way. */
  async close(): Promise<void> {
    this.#closing.abort(
      new ClosedError("Cannot use the store: its block has ended"),
    );
    // Each is awaited, with its failure, by who asked for it.
    await Promise.allSettled(this.#pending);
  }
}
