import type { Outcome } from "../../context/protocol.ts";
import { OK, UNKNOWN } from "../../context/protocol.ts";
import { BaseCursor } from "../engine/base-cursor.ts";
import {
  attempt,
  closeInTurn,
  keepLater,
  withinGrace,
  type Closing,
} from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Cursor,
  type Status,
} from "../engine/cursor.ts";
import type { Settings } from "../engine/settings.ts";

/** Calls a hook when the stream ends, fails or is left, once. */
export class OnClose extends BaseCursor {
  readonly #inner: Cursor;
  readonly #hook: (outcome: Outcome) => unknown;
  readonly #isBefore: boolean;
  readonly #settings: Settings;
  #isOpen = true;
  #failure: { readonly error: unknown } | undefined;
  #closing: Closing;

  constructor(
    upstream: Cursor,
    hook: (outcome: Outcome) => unknown,
    isBefore: boolean,
    settings: Settings,
  ) {
    super();
    this.#inner = upstream;
    this.#hook = hook;
    this.#isBefore = isBefore;
    this.#settings = settings;
  }

  pull(): Status {
    return this.#run(() => this.#inner.pull());
  }

  resume(value: unknown): Status {
    return this.#run(() => this.#inner.resume(value));
  }

  fail(error: unknown): Status {
    return this.#run(() => this.#inner.fail(error));
  }

  abort(cause?: ErrorOptions): void {
    this.#inner.abort(cause);
  }

  close(): Closing {
    if (!this.#isOpen) return this.#closing;
    this.#isOpen = false;
    this.abort();
    const parts = [() => this.#inner.close(), () => this.#call(UNKNOWN)];
    if (this.#isBefore) parts.reverse();
    this.#closing = closeInTurn(() => parts.shift());
    return this.#closing;
  }

  #run(ask: () => Status): Status {
    if (!this.#isOpen) return this.#end();
    try {
      const status = ask();
      if (status === EMIT) this.value = this.#inner.value;
      else if (status === WAIT) this.awaiting = this.#inner.awaiting;
      return status === DONE ? this.#finish(OK) : status;
    } catch (error) {
      this.#failure = { error };
      return this.#finish({ status: "error", error });
    }
  }

  /** Calls the hook, and then says how it ended. */
  #finish(outcome: Outcome): Status {
    const failure = this.#failure;
    this.#isOpen = false;
    const closing = this.#call(outcome);
    if (closing === undefined) return this.#end();
    this.#closing = closing.catch((error: unknown) => {
      if (failure === undefined) this.#failure = { error };
      else keepLater(failure.error, error, this.#settings);
    });
    this.awaiting = this.#closing;
    return WAIT;
  }

  #call(outcome: Outcome): Closing {
    const closing = attempt(() => this.#hook(outcome));
    return closing && withinGrace(closing, this.#settings);
  }

  #end(): Status {
    const failure = this.#failure;
    if (failure === undefined) return DONE;
    this.#failure = undefined;
    throw failure.error;
  }
}
