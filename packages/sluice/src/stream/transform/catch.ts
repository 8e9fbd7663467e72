import { isThenable } from "../../core/thenable.ts";
import { BaseCursor } from "../engine/base-cursor.ts";
import { settle, withinGrace } from "../engine/closing.ts";
import {
  DONE,
  WAIT,
  type Closing,
  type Cursor,
  type Status,
} from "../engine/cursor.ts";
import { discard } from "../engine/discard.ts";
import { openCursor } from "../engine/open-cursor.ts";
import type { Settings } from "../engine/settings.ts";
import type { Callback } from "../engine/step.ts";
import { checkInner } from "./flat-map.ts";

/** Goes on, when the upstream has failed, with what a callback gives. */
export class Catch extends BaseCursor {
  #inner: Cursor;
  readonly #callback: Callback;
  #hasFailed = false;
  /** The callback's promise, while it is awaited. */
  #promise: Promise<unknown> | undefined;

  constructor(upstream: Cursor, callback: Callback, settings: Settings) {
    super(settings);
    this.#inner = upstream;
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
      if (this.#hasFailed) throw error;
      this.#hasFailed = true;
      return this.#recover(error);
    }
  }

  protected closeParts(): Closing {
    const promise = this.#promise;
    return promise === undefined
      ? this.#inner.close()
      : withinGrace(
          settle(promise.then(discard), this.settings),
          this.settings,
        );
  }

  #recover(error: unknown): Status {
    const source = this.#callback(error, this.createContext(0));
    if (!isThenable(source)) return this.#goOnWith(source);
    this.awaiting = this.#promise = Promise.resolve(source);
    return WAIT;
  }

  #goOnWith(source: unknown): Status {
    if (source === undefined) return DONE;
    checkInner(source);
    this.#inner = openCursor(source, this.settings);
    return this.step(undefined, false);
  }
}
