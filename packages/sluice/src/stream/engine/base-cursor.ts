import type { Outcome } from "../../context/protocol.ts";
import { OK, UNKNOWN } from "../../context/protocol.ts";
import { CancelledError } from "../../core/errors.ts";
import { keepLater } from "./closing.ts";
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
import type { Settings } from "./settings.ts";
import { closeSource, openSource, type Source } from "./source.ts";
import type { CallContext } from "./step.ts";

/** What never comes: whoever waits for it is not kept. */
const never: Awaitable = { then: () => undefined };
const settled = Promise.resolve();

/**
 * What all cursors share: their signal, how they end, and how they are closed.
 *
 * One that has not been pulled is a source that has not been opened.
 */
export abstract class BaseCursor implements Cursor, Source {
  value: unknown = undefined;
  awaiting: Awaitable = never;
  isOpen = true;
  /** Whether nothing more comes of it: it has ended, or is about to be closed. */
  isStopped = false;
  /** What it waited for that has come after it was stopped. */
  protected late: Awaitable | undefined;
  /** Whether it works at this moment, so that whoever calls it may be a callback of its own. */
  isRunning = false;
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
    if (this.isStopped) {
      if (!this.isOpen) return this.#end();
      // Whoever has stopped it is about to close it, and asks no more.
      this.late ??= this.awaiting;
      this.awaiting = never;
      return WAIT;
    }
    this.isRunning = true;
    try {
      const status = this.step(answer, failed);
      this.isRunning = false;
      return status === DONE ? this.#finish(OK) : status;
    } catch (error) {
      this.isRunning = false;
      return this.#finish({ status: "error", error });
    }
  }

  abort(cause: ErrorOptions = {}): void {
    if (this.isStopped) return;
    this.isStopped = true;
    // What it is about to answer comes to nothing.
    if (this.isRunning) this.awaiting = never;
    this.#aborted = cause;
    if (this.#controller !== undefined) this.#abortSignal(cause);
    for (const part of this.parts) part.abort(cause);
  }

  close(outer?: Grace): Closing {
    if (this.isOpen) {
      this.abort();
      this.isOpen = false;
      const grace = new Grace(this.settings, outer);
      this.#closing = this.#whenIdle(() => this.#closeNow(grace, UNKNOWN));
    } else if (this.#failure !== undefined) {
      // It fails, and nobody waits to be told any more.
      new Grace(this.settings, outer).report(this.#failure.error);
      this.#failure = undefined;
    } else {
      this.#isLeft = true;
    }
    return this.#whenIdle(() => this.#closing);
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

  /** The context of a callback that may run beside others. */
  createContext(index: number): CallContext {
    return new OwnContext(this, index);
  }

  #abortSignal(cause: ErrorOptions): void {
    this.#controller?.abort(
      new CancelledError("Cannot go on: the stream is closed", cause),
    );
  }

  /** Closes what is still open, and then says how it ended. */
  #finish(outcome: Outcome): Status {
    const hasFailed = outcome.status === "error";
    if (this.isStopped) {
      // One of its own callbacks has left it: nobody waits to be told any more.
      if (hasFailed) new Grace(this.settings).report(outcome.error);
      return WAIT;
    }
    if (hasFailed) {
      this.#failure = outcome;
      this.abort({ cause: outcome.error });
    }
    this.isStopped = true;
    this.isOpen = false;
    const grace = new Grace(this.settings, undefined, outcome);
    const closing = this.#closeNow(grace, outcome);
    if (closing === undefined) return this.#end();
    this.#closing = closing.catch((error: unknown) => {
      if (this.#isLeft) throw error;
      if (!hasFailed) this.#failure = { error };
      else keepLater(outcome.error, error, this.settings);
    });
    this.awaiting = this.#closing;
    return WAIT;
  }

  #closeNow(grace: Grace, outcome: Outcome): Closing {
    this.isRunning = true;
    const closing = this.closeParts(grace, outcome);
    this.isRunning = false;
    return closing;
  }

  /**
   * Acts now, or, if it is a callback of its own that asks for it, once that has
   * returned: what it returns is to be waited for as well, or closed.
   */
  #whenIdle(act: () => Closing): Closing {
    return this.isRunning ? settled.then(act) : act();
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
