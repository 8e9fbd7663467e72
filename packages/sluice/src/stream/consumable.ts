import { checkFunction } from "../core/check-function.ts";
import type { Callback, CallContext, StepPlan } from "./engine/step.ts";
import { Pipeline } from "./pipeline.ts";
import { MARK } from "./pace/item-step.ts";
import { FIND, type Found } from "./sink/find.ts";
import { FOR_EACH } from "./sink/for-each.ts";
import { NOTHING, REDUCE, REDUCE_FIRST } from "./sink/reduce.ts";
import { toWeb } from "./sink/to-web.ts";

/**
 * What is done with an item: a function of it, its number and the stream's signal. What it
 * returns is waited for, if it is a promise.
 */
export type ItemCallback<T, R> = (
  value: T,
  context: CallContext,
) => R | PromiseLike<R>;

/**
 * What makes the next result out of the one before and an item. What it returns is waited
 * for, if it is a promise.
 */
export type Reducer<T, A> = (
  accumulator: A,
  value: T,
  context: CallContext,
) => A | PromiseLike<A>;

/** A stream, as far as it can be read to its end. */
export class Consumable<T> extends Pipeline<T> {
  /**
   * Reads the stream to its end, into an array: a list comprehension.
   *
   * Holds all items. If the stream fails, there is no result: the items are dropped.
   * Over a synchronous source, with callbacks that return no promises, it is done when
   * the call returns; what fails then is a rejection all the same.
   *
   * Source: TC39, `AsyncIterator.prototype.toArray`; Python, `[item async for item in …]`.
   *
   * @returns The items, in order.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream fails with.
   *
   * @example Everything at once
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const names = await from(["a", "b"]).map((name) => `${name}.txt`).toArray();
   *
   * assert.deepEqual(names, ["a.txt", "b.txt"]);
   * ```
   */
  toArray(): Promise<T[]> {
    const items: T[] = [];
    return this.#feed((item) => {
      items.push(item);
    }, items);
  }

  /**
   * Reads the stream to its end, into a set: a set comprehension.
   *
   * Holds each item once. Otherwise it is as {@linkcode Stream.toArray}.
   *
   * Source: Python, `{item async for item in …}`.
   *
   * @returns The items, in the order in which they came first.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream fails with.
   *
   * @example Each once
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const letters = await from("sluice").toSet();
   *
   * assert.deepEqual([...letters], ["s", "l", "u", "i", "c", "e"]);
   * ```
   */
  toSet(): Promise<Set<T>> {
    const items = new Set<T>();
    return this.#feed((item) => {
      items.add(item);
    }, items);
  }

  /**
   * Reads a stream of pairs to its end, into a map: a dict comprehension.
   *
   * Holds one value for each key, the last that came; a key stays where it came first.
   * Otherwise it is as {@linkcode Stream.toArray}.
   *
   * Source: Python, `{key: value async for key, value in …}`.
   *
   * @returns The map.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream fails with.
   *
   * @example Sizes by name
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const size = async (name: string) => [name, name.length] as const;
   * const sizes = await from(["a", "bcd"]).map(size).toMap();
   *
   * assert.equal(sizes.get("bcd"), 3);
   * ```
   */
  toMap<K, V>(this: Consumable<readonly [K, V]>): Promise<Map<K, V>> {
    const items = new Map<K, V>();
    return this.#feed(([key, value]) => {
      items.set(key, value);
    }, items);
  }

  /**
   * Reads the stream to its end, and folds its items into one result.
   *
   * The first item is the first result. Holds the last result alone.
   *
   * Source: TC39, `AsyncIterator.prototype.reduce`; Python, `functools.reduce`.
   *
   * @param reducer Makes the next result, or a promise of it.
   * @returns The last result.
   * @throws {TypeError} If `reducer` is not a function; at once. If there is no item.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream, or the callback, fails with; the source is closed then.
   *
   * @example The longest
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const names = from(["a", "bcd", "ef"]);
   * const longest = names.reduce((a, b) => (b.length > a.length ? b : a));
   *
   * assert.equal(await longest, "bcd");
   * ```
   */
  reduce(reducer: Reducer<T, T>): Promise<T>;
  /**
   * Reads the stream to its end, and folds its items into an initial value.
   *
   * @param reducer Makes the next result, or a promise of it.
   * @param initial The result before the first item; the answer, if there is none.
   * @returns The last result.
   * @throws {TypeError} If `reducer` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream, or the callback, fails with; the source is closed then.
   */
  reduce<A>(reducer: Reducer<T, A>, initial: A): Promise<A>;
  reduce(reducer: unknown, ...initial: readonly unknown[]): Promise<unknown> {
    const callback = toCallback(reducer, "reduce with");
    const argument = initial[0];
    const kind = initial.length === 0 ? REDUCE_FIRST : REDUCE;
    return this.drain({ kind, callback, argument }, (state) => {
      if (state !== NOTHING) return state;
      throw new TypeError(
        "Cannot reduce an empty stream: it has no initial value",
      );
    });
  }

  /**
   * Tells whether a callback answers true for an item.
   *
   * Reads up to the first for which it does, and then closes the source, and waits for
   * that.
   *
   * Source: TC39, `AsyncIterator.prototype.some`; Python, `any`.
   *
   * @param predicate Answers about an item, or gives a promise of it.
   * @returns Whether there is such an item; not, if there is none at all.
   * @throws {TypeError} If `predicate` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream, or the callback, fails with; the source is closed then.
   *
   * @example Look no further than one
   * ```ts
   * import { range } from "sluice";
   * import assert from "node:assert/strict";
   *
   * assert.equal(await range(Infinity).some((item) => item > 3), true);
   * ```
   */
  some(predicate: ItemCallback<T, unknown>): Promise<boolean> {
    return this.#find(predicate, true, (found) => found !== undefined);
  }

  /**
   * Tells whether a callback answers true for all items.
   *
   * Reads up to the first for which it does not, and then closes the source, and waits
   * for that.
   *
   * Source: TC39, `AsyncIterator.prototype.every`; Python, `all`.
   *
   * @param predicate Answers about an item, or gives a promise of it.
   * @returns Whether all items are so; yes, if there is none.
   * @throws {TypeError} If `predicate` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream, or the callback, fails with; the source is closed then.
   *
   * @example All are there
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const exists = async (name: string) => name !== "b";
   *
   * assert.equal(await from(["a", "b", "c"]).every(exists), false);
   * ```
   */
  every(predicate: ItemCallback<T, unknown>): Promise<boolean> {
    return this.#find(predicate, false, (found) => found === undefined);
  }

  /**
   * Gives the first item for which a callback answers true.
   *
   * Reads no further, closes the source, and waits for that. A callback that is a type
   * guard narrows the type of the item.
   *
   * Source: TC39, `AsyncIterator.prototype.find`.
   *
   * @param predicate Answers whether it is the one.
   * @returns The item; `undefined`, if there is none.
   * @throws {TypeError} If `predicate` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream, or the callback, fails with; the source is closed then.
   *
   * @example The first that is large enough
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * assert.equal(await from([4, 9, 16]).find((size) => size > 5), 9);
   * ```
   */
  find<S extends T>(
    predicate: (value: T, context: CallContext) => value is S,
  ): Promise<S | undefined>;
  /**
   * Gives the first item for which a callback answers true.
   *
   * @param predicate Answers whether it is the one, or gives a promise of it.
   * @returns The item; `undefined`, if there is none.
   * @throws {TypeError} If `predicate` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream, or the callback, fails with; the source is closed then.
   */
  find(predicate: ItemCallback<T, unknown>): Promise<T | undefined>;
  find(predicate: ItemCallback<T, unknown>): Promise<T | undefined> {
    return this.#find(predicate, true, (found) => found?.value);
  }

  /**
   * Makes a web stream, for what takes no other, such as a `Response`.
   *
   * Holds nothing: an item is loaded when one is asked for. To cancel the web stream
   * closes this one, and a failure passes. A `Response` takes bytes (`Uint8Array`).
   *
   * Source: WHATWG Streams, `ReadableStream`.
   *
   * @returns The web stream; it must be read to its end, or cancelled.
   *
   * @example Answer with a stream
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const encoder = new TextEncoder();
   * const body = from(["a", "b"]).map((text) => encoder.encode(text)).toWeb();
   *
   * assert.equal(await new Response(body).text(), "ab");
   * ```
   */
  toWeb(): ReadableStream<T> {
    const transfer: StepPlan = { kind: MARK };
    return toWeb(
      this.derive(
        transfer,
        (origin, settings, plan) => new Pipeline<T>(origin, settings, plan),
      ),
    );
  }

  /** Runs it to its end for what the callback does. */
  protected run(callback: Callback): Promise<undefined> {
    return this.#feed(callback, undefined);
  }

  #feed<R>(take: (item: T) => void, result: R): Promise<R> {
    const sink: StepPlan = { kind: FOR_EACH, callback: toCallback(take, "") };
    return this.drain(sink, () => result);
  }

  #find<R>(
    predicate: unknown,
    argument: boolean,
    toResult: (found: Found<T> | undefined) => R,
  ): Promise<R> {
    const callback = toCallback(predicate, "search with");
    return this.drain({ kind: FIND, callback, argument }, (state) =>
      // It is only ever an item of this stream.
      toResult(state as Found<T> | undefined),
    );
  }
}

/** @throws {TypeError} If it is not a function. */
export function toCallback(callback: unknown, act: string): Callback {
  checkFunction(callback, act);
  return callback;
}
