import { checkGenerator } from "../../core/check-generator.ts";
import { CancelledError } from "../../core/errors.ts";
import { guard } from "../../core/guard.ts";
import type { Closing } from "../engine/cursor.ts";
import {
  abortSource,
  closeSource,
  openSource,
  type AnyIterator,
  type Source,
} from "../engine/source.ts";

/** What the generator of `stream()` is given, so that it can be stopped at any `await`. */
export interface StreamScope {
  /** Aborts when the stream is left early, or fails; for `fetch`, `sleep` and the like. */
  readonly signal: AbortSignal;
  /**
   * Waits for a promise, but no longer than until the signal aborts. What becomes of the
   * promise later is dropped; the work behind it is not stopped.
   *
   * @throws {CancelledError} Once the signal aborts.
   */
  readonly guard: <V>(promise: V | PromiseLike<V>) => Promise<V>;
}

/** A generator that is made when it is first read, and told when to stop. */
export class Generated<T> implements Source {
  readonly #create: (
    scope: StreamScope,
  ) => AsyncGenerator<T, unknown, undefined>;

  constructor(
    create: (scope: StreamScope) => AsyncGenerator<T, unknown, undefined>,
  ) {
    this.#create = create;
  }

  [openSource](): AnyIterator {
    const controller = new AbortController();
    const { signal } = controller;
    const generator = this.#create({
      signal,
      guard: (promise) => guard(promise, signal),
    });
    checkGenerator(generator, Symbol.asyncIterator, this.#create);
    return {
      next: () => generator.next(),
      return: () => generator.return(undefined),
      [abortSource]: (cause) => {
        controller.abort(
          new CancelledError("Cannot go on: the stream is closed", cause),
        );
      },
    };
  }

  /** What was not made is not made to be closed. */
  [closeSource](): Closing {
    return undefined;
  }
}
