import { CancelledError } from "../../core/errors.ts";
import { isThenable } from "../../core/thenable.ts";
import { BaseCursor } from "../engine/base-cursor.ts";
import { settle, withinGrace, type Closing } from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Cursor,
  type Status,
} from "../engine/cursor.ts";
import { openCursor } from "../engine/open-cursor.ts";
import type { Settings } from "../engine/settings.ts";
import { discard } from "../engine/source.ts";
import type { Callback } from "../engine/step.ts";
import { checkInner } from "./flat-map.ts";

/** Goes on, when the upstream has failed, with what a callback gives. */
export class Catch extends BaseCursor {
  #inner: Cursor;
  readonly #callback: Callback;
  readonly #settings: Settings;
  #hasFailed = false;
  /** The callback's promise, while it is awaited. */
  #promise: PromiseLike<unknown> | undefined;
  #isOpen = true;
  #controller: AbortController | undefined;

  constructor(upstream: Cursor, callback: Callback, settings: Settings) {
    super();
    this.#inner = upstream;
    this.#callback = callback;
    this.#settings = settings;
  }

  pull(): Status {
    return this.#run(() => this.#inner.pull());
  }

  resume(value: unknown): Status {
    if (!this.#isOpen) return DONE;
    if (this.#promise === undefined) {
      return this.#run(() => this.#inner.resume(value));
    }
    this.#promise = undefined;
    return this.#goOnWith(value);
  }

  fail(error: unknown): Status {
    if (!this.#isOpen) return DONE;
    if (this.#promise === undefined) {
      return this.#run(() => this.#inner.fail(error));
    }
    this.#isOpen = false;
    throw error;
  }

  abort(cause?: ErrorOptions): void {
    this.#controller?.abort(
      new CancelledError("Cannot go on: the stream is closed", cause),
    );
    this.#inner.abort(cause);
  }

  close(): Closing {
    const promise = this.#promise;
    if (!this.#isOpen || promise === undefined) {
      this.#isOpen = false;
      return this.#inner.close();
    }
    this.#isOpen = false;
    this.abort();
    return withinGrace(
      settle(promise.then(discard), this.#settings),
      this.#settings,
    );
  }

  #run(ask: () => Status): Status {
    try {
      const status = ask();
      if (status === EMIT) this.value = this.#inner.value;
      else if (status === WAIT) this.awaiting = this.#inner.awaiting;
      return status;
    } catch (error) {
      if (this.#hasFailed || !this.#isOpen) throw error;
      this.#hasFailed = true;
      return this.#recover(error);
    }
  }

  #recover(error: unknown): Status {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const source = this.#callback(error, { index: 0, signal });
    if (!isThenable(source)) return this.#goOnWith(source);
    this.#promise = source;
    this.awaiting = Promise.resolve(source);
    return WAIT;
  }

  #goOnWith(source: unknown): Status {
    if (source === undefined) return DONE;
    checkInner(source);
    this.#inner = openCursor(source, this.#settings);
    return this.pull();
  }
}
