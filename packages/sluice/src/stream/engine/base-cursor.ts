import { dropLateError } from "../../core/drop-late-error.ts";
import type { Outcome } from "../../context/protocol.ts";
import { OK, UNKNOWN } from "../../context/protocol.ts";
import { CancelledError } from "../../core/errors.ts";
import { attempt, keepLater } from "./closing.ts";
import { discard } from "./discard.ts";
import { Grace } from "./grace.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Abortable,
  type Awaitable,
  type Closing,
  type Cursor,
  type Status,
} from "./cursor.ts";
import { reportLate, type Settings } from "./settings.ts";
import { closeSource, openSource, type Source } from "./source.ts";
import type { CallContext } from "./step.ts";

const never: Awaitable = new Promise(() => undefined);

/**
 * What all cursors share: their signal, how they end, and how they are closed.
 *
 * One that has not been pulled is a source that has not been opened.
 */
export abstract class BaseCursor implements Cursor, Source {
  value: unknown = undefined;
  awaiting: Awaitable = never;
  isOpen = true;
  readonly settings: Settings;
  #controller: AbortController | undefined;
  #failure: { readonly error: unknown } | undefined;
  #closing: Closing;
  /** Whether it was left while it closed at its end: who left is told what fails. */
  #isLeft = false;
  /** What its signal was aborted for. */
  #aborted: ErrorOptions | undefined;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /**
   * Asks for an item, or goes on, as `pull` does; but nothing has to be closed
   * before it answers `DONE` or throws.
   */
  protected abstract step(answer: unknown, failed: boolean): Status;

  /** What is open in it. */
  protected abstract readonly parts: Iterable<Abortable>;

  /** Closes what is open in it. */
  protected abstract closeParts(grace: Grace, outcome: Outcome): Closing;

  /** Aborts when it is left early, or fails. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      // Whoever asks late is told as well.
      if (this.#aborted !== undefined) this.#abortSignal(this.#aborted);
    }
    return this.#controller.signal;
  }

  pull(answer?: unknown, failed = false): Status {
    if (!this.isOpen) return this.#end();
    try {
      const status = this.step(answer, failed);
      return status === DONE ? this.#finish(OK) : status;
    } catch (error) {
      this.#failure = { error };
      return this.#finish({ status: "error", error });
    }
  }

  abort(cause: ErrorOptions = {}): void {
    if (!this.isOpen) return;
    this.#aborted = cause;
    if (this.#controller !== undefined) this.#abortSignal(cause);
    for (const part of this.parts) part.abort(cause);
  }

  close(outer?: Grace): Closing {
    if (this.isOpen) {
      this.abort();
      this.isOpen = false;
      this.#closing = this.closeParts(new Grace(this.settings, outer), UNKNOWN);
    } else if (this.#failure !== undefined) {
      // It fails, and nobody waits to be told any more.
      reportLate(this.settings, this.#failure.error);
      this.#failure = undefined;
    } else {
      this.#isLeft = true;
    }
    return this.#closing;
  }

  [openSource](): this {
    return this;
  }

  [closeSource](_settings: Settings, grace?: Grace): Closing {
    return this.close(grace);
  }

  /** Answers with what another cursor answers. */
  protected relay(cursor: Cursor, status: Status): Status {
    if (status === EMIT) this.value = cursor.value;
    else if (status === WAIT) this.awaiting = cursor.awaiting;
    return status;
  }

  /** Closes a source that was given by a callback which has closed the stream. */
  protected discardLate(source: unknown): void {
    const grace = new Grace(this.settings);
    const closing = attempt(() => discard(source, this.settings, grace));
    if (closing !== undefined) dropLateError(grace.waitForLate(closing));
  }

  /** The context of a callback that may run beside others. */
  protected createContext(index: number): CallContext {
    return new OwnContext(this, index);
  }

  #abortSignal(cause: ErrorOptions): void {
    this.#controller?.abort(
      new CancelledError("Cannot go on: the stream is closed", cause),
    );
  }

  /** Closes what is still open, and then says how it ended. */
  #finish(outcome: Outcome): Status {
    if (!this.isOpen) {
      // It was closed out of one of its own callbacks.
      dropLateError(this.close());
      return DONE;
    }
    if (outcome.status === "error") this.abort({ cause: outcome.error });
    this.isOpen = false;
    const closing = this.closeParts(new Grace(this.settings), outcome);
    if (closing === undefined) return this.#end();
    this.#closing = closing.catch((error: unknown) => {
      if (this.#isLeft) throw error;
      if (outcome.status !== "error") this.#failure = { error };
      else keepLater(outcome.error, error, this.settings);
    });
    this.awaiting = this.#closing;
    return WAIT;
  }

  #end(): Status {
    const failure = this.#failure;
    if (failure === undefined) return DONE;
    this.#failure = undefined;
    throw failure.error;
  }
}

class OwnContext implements CallContext {
  index: number;
  readonly #cursor: BaseCursor;

  constructor(cursor: BaseCursor, index: number) {
    this.#cursor = cursor;
    this.index = index;
  }

  get signal(): AbortSignal {
    return this.#cursor.signal;
  }
}

/** A source that is opened by making a cursor, of which nothing runs. */
export class CursorSource implements Source {
  readonly #create: (settings: Settings) => Cursor;

  constructor(create: (settings: Settings) => Cursor) {
    this.#create = create;
  }

  [openSource](settings: Settings): Cursor {
    return this.#create(settings);
  }

  [closeSource](settings: Settings, grace?: Grace): Closing {
    return this.#create(settings).close(grace);
  }
}
