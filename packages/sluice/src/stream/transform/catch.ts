import { isThenable } from "../../core/thenable.ts";
import { BaseCursor } from "../engine/base-cursor.ts";
import {
  DONE,
  WAIT,
  type Closing,
  type Cursor,
  type Status,
} from "../engine/cursor.ts";
import { discardLate } from "../engine/discard.ts";
import type { Grace } from "../engine/grace.ts";
import { openCursor } from "../engine/open-cursor.ts";
import type { Upstream } from "../engine/stretch.ts";
import type { Callback } from "../engine/step.ts";
import { checkInner } from "./flat-map.ts";

/** Goes on, when the upstream has failed, with what a callback gives. */
export class Catch extends BaseCursor {
  #inner: Cursor;
  readonly #callback: Callback;
  #hasFailed = false;
  /** The callback's promise, while it is awaited. */
  #promise: Promise<unknown> | undefined;

  constructor(upstream: Upstream, callback: Callback) {
    super(upstream.settings);
    this.#inner = upstream.open();
    this.#callback = callback;
  }

  protected get parts(): Iterable<Cursor> {
    return [this.#inner];
  }

  protected step(answer: unknown, failed: boolean): Status {
    if (this.#promise !== undefined) {
      this.#promise = undefined;
      if (failed) throw answer;
      return this.#goOnWith(answer);
    }
    try {
      return this.relay(this.#inner, this.#inner.pull(answer, failed));
    } catch (error) {
      if (this.#hasFailed || this.isStopped) throw error;
      this.#hasFailed = true;
      return this.#recover(error);
    }
  }

  protected closeParts(grace: Grace): Closing {
    return this.#promise === undefined
      ? this.#inner.close(grace)
      : discardLate(this.#promise, this.settings, grace);
  }

  #recover(error: unknown): Status {
    const source = this.#callback(error, this.createContext(0));
    if (!isThenable(source)) return this.#goOnWith(source);
    this.awaiting = this.#promise = Promise.resolve(source);
    return WAIT;
  }

  #goOnWith(source: unknown): Status {
    if (source === undefined) return DONE;
    checkInner(source, this);
    this.#inner = openCursor(source, this.settings);
    return this.isStopped ? WAIT : this.step(undefined, false);
  }
}
