import { BusyError } from "../core/errors.ts";
import { guard } from "../core/guard.ts";
import { CursorSource } from "./engine/base-cursor.ts";
import { keepLater } from "./engine/closing.ts";
import type { Closing } from "./engine/cursor.ts";
import { Drive } from "./engine/drive.ts";
import type { Grace } from "./engine/grace.ts";
import { Interruptible } from "./engine/interruptible.ts";
import { Reading } from "./engine/reading.ts";
import type { Settings } from "./engine/settings.ts";
import {
  abortSource,
  closeSource,
  openSource,
  type AnyIterator,
  type Opened,
  type Source,
} from "./engine/source.ts";
import type { StepPlan } from "./engine/step.ts";
import { extendPlan, openPlan, type Plan } from "./plan.ts";

/** Whoever reads a pipeline in place of its own callers; to close the one closes the other. */
export interface Reader {
  return(): Promise<unknown>;
}

/**
 * A plan, and the iterator that runs it: what every stream is.
 *
 * One reader at a time: what is handed over to another stream, or to a sink, is
 * read there alone.
 */
export class Pipeline<T> implements AsyncDisposable, Source {
  /** @internal */
  readonly settings: Settings;
  readonly #origin: unknown;
  readonly #plan: Plan | undefined;
  #reading: Reading | undefined;
  #reader: Reader | undefined;
  /** What a view asked for and did not wait for. */
  #unread: Promise<IteratorResult<T, undefined>> | undefined;

  /** @internal */
  constructor(origin: unknown, settings: Settings, plan?: Plan) {
    this.#origin = origin;
    this.#plan = plan;
    this.settings = settings;
  }

  /**
   * Asks for the next item.
   *
   * Calls that come before earlier ones are answered wait in a queue: they are answered
   * in order, and load nothing at the same time. After the end, a failure or a close
   * the answer is that it is done, each time.
   *
   * Source: ECMAScript, `AsyncIterator`. TC39's helpers let several calls load at once,
   * for which there is `buffered()` here.
   *
   * @returns The item, or that there is none.
   * @throws {BusyError} If another reads the stream already.
   * @throws What the stream fails with, to the call that finds it; all is closed then.
   *
   * @example Step by step
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const letters = from("a");
   *
   * assert.deepEqual(await letters.next(), { value: "a", done: false });
   * assert.deepEqual(await letters.next(), { value: undefined, done: true });
   * ```
   */
  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#reader !== undefined) return Promise.reject(createBusy());
    return this.#ask();
  }

  /**
   * Closes the stream early.
   *
   * Takes effect at once, even while an item is awaited: signals abort, calls of
   * `next()` that wait are answered with the end, and each source is closed, once,
   * whether it was started or not. Waits for what is under way and for the sources, at
   * most for `closeGrace`. A callback of the stream that calls it should not await it, as it
   * waits for that callback: nothing behind the callback is called any more, and what the
   * callback returns is waited for, or closed if it is a source. Of a stream that was handed over, the whole is closed that
   * was made of it; a sink that reads it rejects with a `CancelledError`. To close it
   * again only waits.
   *
   * Source: ECMAScript, `AsyncIterator`. A generator's `return()` waits in a queue behind
   * its `next()`, for ever where that does not answer; here it does not.
   *
   * @returns That it is done.
   * @throws What closing throws, to the first caller; several errors as an
   * `AggregateError`.
   *
   * @example Leave while an item is awaited
   * ```ts
   * import { channel } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const { receiver } = channel<string>();
   * const item = receiver.next();
   * await receiver.return();
   *
   * assert.equal((await item).done, true);
   * ```
   */
  async return(): Promise<IteratorResult<T, undefined>> {
    await (this.#reader?.return() ?? this.#leave());
    return { value: undefined, done: true };
  }

  /**
   * Closes the stream, and then rejects with the error given.
   *
   * Source: ECMAScript, `AsyncIterator`. A generator sees the error at its `yield`; here
   * the source is closed, and told nothing.
   *
   * @param error What to reject with.
   * @returns Never anything.
   * @throws The error; what closing throws is its {@linkcode errorContext}.
   *
   * @example Hand an error through
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * await assert.rejects(from([1]).throw(new Error("no more")), /no more/);
   * ```
   */
  async throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    try {
      await this.return();
    } catch (later) {
      keepLater(error, later, this.settings);
    }
    throw error;
  }

  /**
   * Gives the stream itself, so that `for await` reads, and closes, it.
   *
   * @returns This stream.
   */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /**
   * Closes the stream, as `return()` does: for `await using`, which does that at the end of
   * the block.
   *
   * @throws What closing throws, to the first caller; several errors as an
   * `AggregateError`.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** @internal */
  [openSource](settings: Settings): Opened {
    const source = this.handOver({ return: async () => this.#leave() });
    return source[openSource](settings);
  }

  /** @internal */
  [closeSource](_settings: Settings, grace?: Grace): Closing {
    return this.#leave(grace);
  }

  /** @internal */
  [abortSource](cause?: ErrorOptions): void {
    this.#reading?.cursor.abort(cause);
  }

  /** Whether another reads it already. @internal */
  get isTaken(): boolean {
    return this.#reader !== undefined;
  }

  /**
   * Gives what is to be read of this to another reader.
   *
   * @throws {BusyError} If it has a reader already.
   * @internal
   */
  handOver(reader: Reader): Source {
    this.#checkUnread();
    const { origin, plan } = this.#getRest();
    this.#reader = reader;
    const { signals } = this.settings;
    return new CursorSource(() => {
      const cursor = openPlan(origin, plan, this.settings).open();
      return signals.length === 0
        ? cursor
        : new Interruptible(cursor, this.settings);
    });
  }

  /**
   * Makes a pipeline with one operator more, which reads this one.
   *
   * @throws {BusyError} If this one has a reader already.
   */
  protected derive<P extends Reader>(
    operator: Plan["operator"],
    create: (origin: unknown, settings: Settings, plan: Plan) => P,
  ): P {
    this.#checkUnread();
    const { origin, plan } = this.#getRest();
    const extended = extendPlan(operator, plan);
    const derived = create(origin, this.settings, extended);
    this.#reader = derived;
    return derived;
  }

  /** Runs it to its end, with a sink as its last step. */
  protected drain<R>(
    sink: StepPlan,
    readResult: (state: unknown) => R,
  ): Promise<R> {
    this.#checkUnread();
    const { origin, plan } = this.#getRest();
    const machine = openPlan(origin, plan, this.settings).openInto(sink);
    const drive = new Drive(machine, this.settings, readResult);
    this.#reader = drive;
    return drive.run();
  }

  /** A view of it for another reader, which leaves it open. */
  protected lend(): Source {
    this.#checkUnread();
    return {
      [openSource]: () => this.#createLoan(),
      [closeSource]: ignore,
    };
  }

  /** Opens it before anybody asks. */
  protected start(): void {
    this.#reading ??= this.#begin();
    this.#reading.begin();
  }

  #createLoan(): AnyIterator {
    const controller = new AbortController();
    const { signal } = controller;
    return {
      next: async () => {
        if (this.#reader !== undefined) throw createBusy();
        const asked = this.#ask();
        this.#unread = asked;
        try {
          return await guard(asked, signal);
        } finally {
          // What the view did not wait for goes to whoever reads next.
          if (!signal.aborted) this.#unread = undefined;
        }
      },
      return: () => {
        controller.abort();
      },
    };
  }

  #ask(): Promise<IteratorResult<T, undefined>> {
    const unread = this.#unread;
    if (unread !== undefined) {
      this.#unread = undefined;
      return unread;
    }
    this.#reading ??= this.#begin();
    // What the plan gives is what the stream's type says.
    return this.#reading.next() as Promise<IteratorResult<T, undefined>>;
  }

  #checkUnread(): void {
    if (this.#reader !== undefined) throw createBusy();
  }

  /** What another reader has to read: all of it, or what is left once it was started. */
  #getRest(): { readonly origin: unknown; readonly plan: Plan | undefined } {
    if (this.#reading === undefined) {
      return { origin: this.#origin, plan: this.#plan };
    }
    const rest: AnyIterator = {
      next: () => this.#ask(),
      return: () => this.#leave(),
      [abortSource]: (cause) => {
        this[abortSource](cause);
      },
    };
    return { origin: rest, plan: undefined };
  }

  #begin(): Reading {
    const stretch = openPlan(this.#origin, this.#plan, this.settings);
    return new Reading(stretch.open(), this.settings);
  }

  #leave(outer?: Grace): Closing {
    this.#reading ??= this.#begin();
    return this.#reading.leave(outer);
  }
}

function ignore(): undefined {
  // There is nothing to do.
}

/** Makes the error of a stream that has a reader already. */
export function createBusy(): BusyError {
  return new BusyError(
    "Cannot read the stream: another reads it already; see tee() and borrow()",
  );
}
