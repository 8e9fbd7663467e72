import type { FileHandle } from "node:fs/promises";
import { ClosedError } from "sluice";

/** What goes on in a bucket that is open, so that closing it can end it. */
export class OpenWork {
  readonly #place: string;
  readonly #running = new Map<AbortController, Promise<unknown>>();
  readonly #streaming = new Set<FileHandle>();
  #isClosed = false;

  /**
   * @param place The bucket, for errors.
   */
  constructor(place: string) {
    this.#place = place;
  }

  /** @throws {ClosedError} If the bucket is closed. */
  readonly check = (): void => {
    if (this.#isClosed) throw this.#createClosed();
  };

  /** Runs one piece of work, with a signal that aborts with its own, or on closing. */
  async run<T>(
    own: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.check();
    own?.throwIfAborted();
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort(own?.reason);
    };
    own?.addEventListener("abort", abort, { once: true });
    const running = work(controller.signal);
    this.#running.set(controller, running);
    try {
      return await running;
    } finally {
      this.#running.delete(controller);
      own?.removeEventListener("abort", abort);
    }
  }

  /** Remembers a file that is open for a stream, which may never be read to its end. */
  holdForStream(handle: FileHandle): void {
    this.#streaming.add(handle);
  }

  /** Closes a stream's file, if it is still open. */
  async release(handle: FileHandle): Promise<void> {
    if (this.#streaming.delete(handle)) await handle.close();
  }

  /** Stops all that goes on, waits for it, and closes the files of streams. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running];
    for (const [controller] of running) controller.abort(this.#createClosed());
    // Whoever began it is told how it ended.
    await Promise.allSettled(running.map(([, work]) => work));
    await Promise.all(
      [...this.#streaming].map((handle) => this.release(handle)),
    );
  }

  #createClosed(): ClosedError {
    return new ClosedError(
      `Cannot use the bucket in '${this.#place}': its block has ended`,
    );
  }
}
