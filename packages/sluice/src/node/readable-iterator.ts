import { finished, type Readable } from "node:stream";
import { reportLate, type Settings } from "../stream/engine/settings.ts";

/**
 * Reads a Readable by its events. Its own iterator cannot be left while a read is
 * pending, says nothing of a failure of closing, and may destroy the writing half of a
 * Duplex.
 *
 * Serves one call at a time, as streams ask for no more.
 */
export class ReadableIterator<T> implements AsyncIterator<T, undefined> {
  readonly #readable: Readable;
  readonly #settings: Settings;
  /** Whether it has ended or failed. */
  #isOver = false;
  #isClosed: boolean;
  #isLeft = false;
  #isListening = false;
  #failure: { readonly error: unknown } | undefined;
  /** Goes on with the call that waits, if one does. */
  #wake: () => void = ignore;
  readonly #onReadable = (): void => {
    this.#wake();
  };

  constructor(readable: Readable, settings: Settings) {
    this.#readable = readable;
    this.#settings = settings;
    this.#isClosed = readable.closed;
    readable.once("close", () => {
      this.#isClosed = true;
      this.#wake();
    });
    const stop = finished(readable, { writable: false }, (error) => {
      stop();
      readable.on("error", (late) => {
        this.#takeLate(late);
      });
      this.#finish(error ?? undefined);
    });
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    const readable = this.#readable;
    while (!this.#isLeft) {
      const chunk: unknown = readable.destroyed ? null : readable.read();
      // Node's types do not tell what it gives: the caller does.
      if (chunk !== null) return { value: chunk as T, done: false };
      if (this.#isOver) return this.#end();
      this.#listen();
      await this.#change();
    }
    return createEnd();
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#isLeft = true;
    this.#wake();
    this.#readable.destroy();
    while (!this.#isOver || !this.#isClosed) await this.#change();
    return this.#end();
  }

  /** Only once it has to wait, as this makes the Readable fill its buffer. */
  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#readable.on("readable", this.#onReadable);
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #finish(error: NodeJS.ErrnoException | undefined): void {
    this.#isOver = true;
    // That it was closed before its end is no failure when it was asked to.
    const isOurs = this.#isLeft && error?.code === "ERR_STREAM_PREMATURE_CLOSE";
    if (error !== undefined && !isOurs) this.#failure = { error };
    this.#wake();
  }

  #end(): IteratorResult<T, undefined> {
    this.#readable.off("readable", this.#onReadable);
    if (this.#failure === undefined) return createEnd();
    // One that does not destroy itself is left to nobody else.
    this.#readable.destroy();
    throw this.#failure.error;
  }

  /** Takes an error from after the end: of closing, or of the writing half of a Duplex. */
  #takeLate(error: unknown): void {
    if (this.#isLeft && !this.#isClosed) this.#failure ??= { error };
    else if (this.#readable.listenerCount("error") === 1)
      reportLate(this.#settings, error);
  }
}

function createEnd(): IteratorReturnResult<undefined> {
  return { value: undefined, done: true };
}

function ignore(): void {
  // Nobody waits.
}
