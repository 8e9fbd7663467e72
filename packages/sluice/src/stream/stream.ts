import { checkDuration } from "../core/check-duration.ts";
import type { Outcome } from "../context/protocol.ts";
import { MergeMap } from "./combine/merge-map.ts";
import { Switch } from "./combine/switch.ts";
import {
  Consumable,
  toCallback,
  type ItemCallback,
  type Reducer,
} from "./consumable.ts";
import type { Cursor } from "./engine/cursor.ts";
import { openCursor } from "./engine/open-cursor.ts";
import { toSettings, type StreamOptions } from "./engine/settings.ts";
import type { CallContext, Kind, StepPlan } from "./engine/step.ts";
import type { Stretch } from "./engine/stretch.ts";
import { CHUNKS } from "./group/chunks.ts";
import { ChunksWithin } from "./group/chunks-within.ts";
import { WINDOWS } from "./group/windows.ts";
import { openBuffer, type BufferOptions, type Mark } from "./pace/buffered.ts";
import { Concurrent } from "./pace/concurrent.ts";
import { Debounce } from "./pace/debounce.ts";
import { MARK } from "./pace/item-step.ts";
import {
  checkCount,
  countLimit,
  findSemaphores,
  type ConcurrencyOptions,
  type Limit,
} from "./pace/limit.ts";
import { THROTTLE } from "./pace/throttle.ts";
import { holdPermits } from "./pace/permits.ts";
import { createPreload, createWork } from "./pace/work.ts";
import { TimeLimit } from "./pace/timeout.ts";
import type { CursorPlan, Plan } from "./plan.ts";
import { DROP } from "./select/drop.ts";
import { DROP_WHILE } from "./select/drop-while.ts";
import { FILTER } from "./select/filter.ts";
import { TAKE } from "./select/take.ts";
import { TAKE_WHILE } from "./select/take-while.ts";
import type { Copies } from "./share/copies.ts";
import { Tee } from "./share/tee.ts";
import { Catch } from "./transform/catch.ts";
import { FLAT_MAP } from "./transform/flat-map.ts";
import { INDEXED } from "./transform/indexed.ts";
import { MAP } from "./transform/map.ts";
import { OnClose } from "./transform/on-close.ts";
import { SCAN, SCAN_FIRST } from "./transform/scan.ts";
import { TAP } from "./transform/tap.ts";

/**
 * What a stream can be made of, or go on with: whatever can be iterated over. A promise
 * that a synchronous iterable gives is waited for.
 */
export type Many<T> = AsyncIterable<T> | Iterable<T | PromiseLike<T>>;

/**
 * Items that come one after the other: an async iterator with methods.
 *
 * Making one runs nothing: a source is opened when the first item is asked for, and
 * each item is loaded when it is asked for. A stream is read once, by one reader:
 * what is made of it reads it from then on, and it refuses everybody else with a
 * `BusyError`; {@linkcode Stream.tee} and {@linkcode Stream.borrow} are for several.
 * One that has been started can be handed over too: read a header with `next()`, and
 * the rest with an operator.
 *
 * Holds nothing between items, except where an operator says so. A callback is given
 * the item and a {@linkcode CallContext}; a promise that it returns is waited for.
 * One item is worked on at a time, unless concurrency is asked for by name.
 *
 * Whoever stops reading closes: the end, `break`, `return()`, `await using`, a sink
 * that knows enough and a failure all close what is still open, once, downstream
 * first, and wait for it, at most for `closeGrace`. A source that has ended or thrown
 * has closed itself. The first error is thrown as it is; what closing throws after it
 * is its {@linkcode errorContext}.
 *
 * Source: TC39, async iterator helpers (stage 2); Python, asynchronous comprehensions
 * (PEP 530). TC39's helpers load several items when `next()` is called several times;
 * here such calls are queued.
 *
 * @example The first two of an endless source, which is closed then
 * ```ts
 * import { stream } from "sluice";
 * import assert from "node:assert/strict";
 *
 * let isOpen = true;
 * const numbers = stream(async function* () {
 *   try {
 *     for (let number = 1; ; number++) yield number;
 *   } finally {
 *     isOpen = false;
 *   }
 * });
 *
 * assert.deepEqual(await numbers.map((n) => n * n).take(2).toArray(), [1, 4]);
 * assert.equal(isOpen, false);
 * ```
 */
export class Stream<T>
  extends Consumable<T>
  implements AsyncIteratorObject<T, undefined>
{
  /**
   * Gives what a callback makes of each item.
   *
   * Works on one item at a time, in order. With `concurrency` it works on so many at
   * once, and holds as many, under way or ready: it loads ahead, from the first item
   * that is asked for on, though the source is asked for one item at a time all the
   * same. Results come in the order of the items, or, with `ordered: false`, as they
   * are there.
   *
   * If the callback fails, the source is closed and the stream fails. With
   * `concurrency` the failure comes in its place among the results and nothing more is
   * begun; the calls that are running are then told by their signal, and waited for.
   *
   * Source: TC39, `AsyncIterator.prototype.map`. There it is several calls of `next()`
   * that ask for concurrency.
   *
   * @param callback Makes the result, or a promise of it.
   * @param options How many at a time, and in which order.
   * @returns The stream of the results, which reads this one.
   * @throws {TypeError} If `callback` is not a function, or `concurrency` a semaphore that
   * one above is limited by; at once.
   * @throws {RangeError} If `concurrency` is not an integer of at least 1; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Two downloads at a time, the results in order
   * ```ts
   * import { from, sleep } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const download = (ms: number, { signal }: { signal: AbortSignal }) =>
   *   sleep(ms, signal).then(() => `after ${ms} ms`);
   *
   * const texts = await from([5, 1]).map(download, { concurrency: 2 }).toArray();
   *
   * assert.deepEqual(texts, ["after 5 ms", "after 1 ms"]);
   * ```
   */
  map<U>(
    callback: ItemCallback<T, U>,
    options?: ConcurrencyOptions,
  ): Stream<U> {
    return this.#stepConcurrently(MAP, callback, options);
  }

  /**
   * Gives the items for which a callback answers true.
   *
   * Any true value will do, and a promise of one. It works, holds and fails as
   * {@linkcode Stream.map} does, with `concurrency` too. A callback that is a type
   * guard narrows the type of the items.
   *
   * Source: TC39, `AsyncIterator.prototype.filter`; Python, the `if` of a comprehension.
   *
   * @param predicate Answers whether the item is wanted.
   * @returns The stream of the items that are wanted, which reads this one.
   * @throws {TypeError} If `predicate` is not a function, or `concurrency` a semaphore that
   * one above is limited by; at once.
   * @throws {RangeError} If `concurrency` is not an integer of at least 1; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Only what is there
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const names = from(["ada", undefined, "alan"]);
   * const known = names.filter((name) => name !== undefined);
   * const lengths = await known.map((name) => name.length).toArray();
   *
   * assert.deepEqual(lengths, [3, 4]);
   * ```
   */
  filter<S extends T>(
    predicate: (value: T, context: CallContext) => value is S,
  ): Stream<S>;
  /**
   * Gives the items for which a callback answers true.
   *
   * @param predicate Answers whether the item is wanted, or gives a promise of it.
   * @param options How many at a time, and in which order.
   * @returns The stream of the items that are wanted, which reads this one.
   * @throws {TypeError} If `predicate` is not a function, or `concurrency` a semaphore that
   * one above is limited by; at once.
   * @throws {RangeError} If `concurrency` is not an integer of at least 1; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   */
  filter(
    predicate: ItemCallback<T, unknown>,
    options?: ConcurrencyOptions,
  ): Stream<T>;
  filter(
    predicate: ItemCallback<T, unknown>,
    options?: ConcurrencyOptions,
  ): Stream<T> {
    return this.#stepConcurrently(FILTER, predicate, options);
  }

  /**
   * Gives the first items, so many at most.
   *
   * Asks for no item after the last of them. The source is closed when the reader asks
   * on, which a loop and a sink do at once.
   *
   * Source: TC39, `AsyncIterator.prototype.take`. There the limit may be a fraction or
   * infinite; here it is an integer.
   *
   * @param limit How many, at least 0; 0 opens nothing.
   * @returns The stream of these items, which reads this one.
   * @throws {RangeError} If `limit` is not an integer of at least 0; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example No more than three
   * ```ts
   * import { range } from "sluice";
   * import assert from "node:assert/strict";
   *
   * assert.deepEqual(await range(Infinity).take(3).toArray(), [0, 1, 2]);
   * ```
   */
  take(limit: number): Stream<T> {
    checkCount(limit, "limit", 0);
    return this.#step(TAKE, limit);
  }

  /**
   * Leaves out the first items, so many at most.
   *
   * They are loaded, one after the other, when the first item is asked for.
   *
   * Source: TC39, `AsyncIterator.prototype.drop`, where the limit may be infinite.
   *
   * @param limit How many, at least 0.
   * @returns The stream of the others, which reads this one.
   * @throws {RangeError} If `limit` is not an integer of at least 0; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example All but the heading
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const lines = from(["name", "ada", "alan"]);
   *
   * assert.deepEqual(await lines.drop(1).toArray(), ["ada", "alan"]);
   * ```
   */
  drop(limit: number): Stream<T> {
    checkCount(limit, "limit", 0);
    return this.#step(DROP, limit);
  }

  /**
   * Gives items as long as a callback answers true.
   *
   * With the first item for which it does not, the source is closed, before the end is
   * told; that item is lost.
   *
   * Source: Python, `itertools.takewhile`.
   *
   * @param predicate Answers whether to go on, or gives a promise of it.
   * @returns The stream of the items before that one, which reads this one.
   * @throws {TypeError} If `predicate` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Up to a blank line
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const head = from(["a: 1", "b: 2", "", "text"]).takeWhile((line) => line !== "");
   *
   * assert.deepEqual(await head.toArray(), ["a: 1", "b: 2"]);
   * ```
   */
  takeWhile(predicate: ItemCallback<T, unknown>): Stream<T> {
    return this.#call(TAKE_WHILE, predicate);
  }

  /**
   * Leaves out items as long as a callback answers true.
   *
   * From the first item for which it does not on, the callback is not called any more.
   *
   * Source: Python, `itertools.dropwhile`.
   *
   * @param predicate Answers whether the item is to be left out, or gives a promise of it.
   * @returns The stream of the items from that one on, which reads this one.
   * @throws {TypeError} If `predicate` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example From the first key frame on
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const frames = from(["P", "P", "I", "P"]).dropWhile((kind) => kind !== "I");
   *
   * assert.deepEqual(await frames.toArray(), ["I", "P"]);
   * ```
   */
  dropWhile(predicate: ItemCallback<T, unknown>): Stream<T> {
    return this.#call(DROP_WHILE, predicate);
  }

  /**
   * Gives the items of what a callback makes of each item.
   *
   * Reads one source to its end before it makes the next. With `concurrency` so many
   * are open at once, and one item of each is loaded ahead; their items come as if they
   * were read one after the other, or, with `ordered: false`, as they are there. A
   * semaphore lends a permit for each, from the call until its source has closed.
   *
   * What the callback gives belongs to the stream: it is closed when the stream is left
   * or fails, before the upstream is, even if it comes too late to be read. A string is
   * refused, as it is hardly ever meant.
   *
   * Source: TC39, `AsyncIterator.prototype.flatMap`; Python, a comprehension with two
   * `for`s.
   *
   * @param callback Makes something to iterate over, or a promise of it.
   * @param options How many at a time, and in which order.
   * @returns The stream of all their items, which reads this one.
   * @throws {TypeError} If `callback` is not a function, or `concurrency` a semaphore that a
   * `flatMap` above is limited by; at once. On reading, if it gives nothing to iterate over.
   * @throws {RangeError} If `concurrency` is not an integer of at least 1; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example The lines of all files
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const read = async (name: string) => [`${name} 1`, `${name} 2`];
   * const lines = await from(["a", "b"]).flatMap(read).toArray();
   *
   * assert.deepEqual(lines, ["a 1", "a 2", "b 1", "b 2"]);
   * ```
   */
  flatMap<U>(
    callback: ItemCallback<T, Many<U>>,
    options?: ConcurrencyOptions,
  ): Stream<U> {
    const { concurrency = 1, ordered = true } = options ?? {};
    const limit = countLimit(concurrency, "concurrency");
    const checked = toCallback(callback, "call");
    if (concurrency === 1) {
      return this.#derive({ kind: FLAT_MAP, callback: checked });
    }
    const permitted =
      typeof concurrency === "number"
        ? checked
        : holdPermits(checked, concurrency);
    if (!ordered || limit === 1) {
      return this.#derive({
        open: (upstream) => new MergeMap(upstream, permitted, limit),
        limit: concurrency,
        opens: true,
      });
    }
    // One of them is read, and the others wait for it, opened, with an item each.
    return this.#derive<Many<U>>({
      open: (upstream) =>
        new Concurrent(upstream, createPreload(permitted, upstream.settings), {
          limit,
          semaphores: [],
          ordered,
          opens: true,
        }),
      limit: concurrency,
      opens: true,
    }).flatMap((source) => source);
  }

  /**
   * Gives the items of what a callback makes of the newest item.
   *
   * A new item ends what was made of the one before: the signal of that call aborts,
   * its source is closed and waited for, and only then is the callback called again, so
   * that one source is open at most. Items that come meanwhile replace each other. The
   * upstream is read on all the time, from the first item that is asked for on; of the
   * inner source one item is loaded when it is asked for. The end comes when both have
   * ended.
   *
   * Source: RxJS, `switchMap`, which does not wait for the one before.
   *
   * @param callback Makes something to iterate over, or a promise of it.
   * @returns The stream of these items, which reads this one.
   * @throws {TypeError} If `callback` is not a function; at once. On reading, if it
   * gives nothing to iterate over.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Only the last query is answered
   * ```ts
   * import { from, sleep } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const answers = from(["s", "sl", "slu"]).switchMap(async (query, { signal }) => {
   *   await sleep(1, signal);
   *   return [`answer to ${query}`];
   * });
   *
   * assert.deepEqual(await answers.toArray(), ["answer to slu"]);
   * ```
   */
  switchMap<U>(callback: ItemCallback<T, Many<U>>): Stream<U> {
    const checked = toCallback(callback, "switchMap with");
    return this.#open((upstream) => new Switch(upstream, checked));
  }

  /**
   * Gives what a callback makes of the result before and each item: every step of a
   * `reduce`.
   *
   * Without an initial value the first item is the first result, and is given as it is.
   * An initial value is not given itself. Holds the last result.
   *
   * Source: RxJS, `scan`; Python, `itertools.accumulate`, which gives the initial value
   * too.
   *
   * @param reducer Makes the next result, or a promise of it.
   * @returns The stream of the results, which reads this one.
   * @throws {TypeError} If `reducer` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example A running total
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const totals = from([1, 2, 3]).scan((total, size) => total + size);
   *
   * assert.deepEqual(await totals.toArray(), [1, 3, 6]);
   * ```
   */
  scan(reducer: Reducer<T, T>): Stream<T>;
  /**
   * Gives what a callback makes of the result before and each item, from an initial
   * value on.
   *
   * @param reducer Makes the next result, or a promise of it.
   * @param initial The result before the first.
   * @returns The stream of the results, which reads this one.
   * @throws {TypeError} If `reducer` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   */
  scan<A>(reducer: Reducer<T, A>, initial: A): Stream<A>;
  scan<A>(reducer: unknown, ...initial: readonly A[]): Stream<A> {
    const callback = toCallback(reducer, "scan with");
    const kind = initial.length === 0 ? SCAN_FIRST : SCAN;
    return this.#derive({ kind, callback, argument: initial[0] });
  }

  /**
   * Gives each item with its number, from 0.
   *
   * Source: Python, `enumerate`. TC39's helpers leave it out, as their callbacks are told the
   * number; so are ours.
   *
   * @returns The stream of the pairs, which reads this one.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Number the lines
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * for await (const [index, name] of from(["a", "b"]).indexed()) {
   *   assert.equal(name, "ab"[index]);
   * }
   * ```
   */
  indexed(): Stream<[index: number, value: T]> {
    return this.#step(INDEXED, undefined);
  }

  /**
   * Shows each item to a callback, and then gives it as it is.
   *
   * A promise that the callback returns is waited for before the item is given. If it
   * fails, the source is closed and the stream fails.
   *
   * Source: RxJS, `tap`, which does not wait.
   *
   * @param callback Looks at the item.
   * @returns The stream of the same items, which reads this one.
   * @throws {TypeError} If `callback` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example See what passes
   * ```ts
   * import { range } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const seen: number[] = [];
   * await range(3).tap((item) => seen.push(item)).toArray();
   *
   * assert.deepEqual(seen, [0, 1, 2]);
   * ```
   */
  tap(callback: ItemCallback<T, unknown>): Stream<T> {
    return this.#call(TAP, callback);
  }

  /**
   * Groups items, in order, into arrays of `size`; the last may be shorter.
   *
   * Holds at most `size` items. Waits for a full group, however long that takes, or,
   * with `within`, until so much time has passed since the group's first item; then it
   * reads on by itself, from the first group that is asked for on. If the source fails,
   * the items of the unfinished group are dropped, and the stream fails.
   *
   * Source: TC39, iterator chunking, `chunks`; Python 3.12, `itertools.batched`. Groups
   * by time are ours.
   *
   * @param size How many items are in a group, at least 1.
   * @param options `within`: how long a group may wait to be full, in milliseconds from
   * its first item; for ever by default.
   * @returns The stream of the groups, which are never empty; it reads this one.
   * @throws {RangeError} If `size` is not an integer of at least 1; at once.
   * @throws {TypeError} If `within` is not a number; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Write in groups of two
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const groups = await from(["a", "b", "c"]).chunks(2).toArray();
   *
   * assert.deepEqual(groups, [["a", "b"], ["c"]]);
   * ```
   */
  chunks(size: number, options?: { readonly within?: number }): Stream<T[]> {
    checkCount(size, "size", 1);
    const within = options?.within;
    if (within === undefined) return this.#step(CHUNKS, size);
    checkDuration(within);
    return this.#open((upstream) => new ChunksWithin(upstream, within, size));
  }

  /**
   * Gives, for each item, the last `size` items, as soon as there are as many.
   *
   * Holds `size` items; each window is an array of its own. Fewer items than that give
   * no window.
   *
   * Source: TC39, iterator chunking, `windows`.
   *
   * @param size How many items are in a window, at least 1.
   * @returns The stream of the windows, which reads this one.
   * @throws {RangeError} If `size` is not an integer of at least 1; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Differences
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const pairs = from([1, 4, 9]).windows(2);
   * const steps = await pairs.map(([a = 0, b = 0]) => b - a).toArray();
   *
   * assert.deepEqual(steps, [3, 5]);
   * ```
   */
  windows(size: number): Stream<T[]> {
    checkCount(size, "size", 1);
    return this.#step(WINDOWS, size);
  }

  /**
   * Goes on with what a callback gives, if what is above it fails.
   *
   * The callback is called once, when everything above has been closed. It is given the
   * error; it may throw it again. What it gives is read to its end, and its own failure
   * passes; if it gives nothing, the stream ends. The reason of an aborted `signal` is
   * not seen here: it ends the stream, whatever is in it.
   *
   * Source: RxJS, `catchError`; Python, `try` around the loop of a generator.
   *
   * @param callback Gives what to go on with, or a promise of it, or nothing.
   * @returns The stream of the items of both, which reads this one.
   * @throws {TypeError} If `callback` is not a function; at once. On reading, if it
   * gives something that cannot be iterated over.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Go on with what was stored
   * ```ts
   * import { stream } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const live = stream(async function* () {
   *   yield "live 1";
   *   throw new Error("the line is dead");
   * });
   *
   * const items = await live.catch(() => ["stored 2"]).toArray();
   *
   * assert.deepEqual(items, ["live 1", "stored 2"]);
   * ```
   */
  catch<U = never>(
    // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- nothing ends the stream
    callback: ItemCallback<unknown, Many<U> | undefined | void>,
  ): Stream<T | U> {
    const checked = toCallback(callback, "catch with");
    return this.#open((upstream) => new Catch(upstream, checked));
  }

  /**
   * Calls a hook once, when the stream has ended, has failed or is left.
   *
   * The hook is told how, by an {@linkcode Outcome}: `ok` at the end, `error` if what is
   * above it failed, and `unknown` if it was left early, also if what is below it
   * failed. A stream that was never started counts as left, if it is closed. The hook
   * is waited for, at most for `closeGrace`. It runs when the source has been closed,
   * or, with `when: "before"`, just before that, which makes a difference only when the
   * stream is left.
   *
   * If the hook fails, the stream fails with its error, or, where it is left,
   * `return()` does; after another failure it is that one's {@linkcode errorContext}.
   *
   * Source: RxJS, `finalize`, which is told nothing. Our outcomes are those of managers.
   *
   * @param hook Is called with the outcome.
   * @param options When: `"after"` the source has been closed, by default, or `"before"`.
   * @returns The stream of the same items, which reads this one.
   * @throws {TypeError} If `hook` is not a function; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example See how it ended
   * ```ts
   * import { from, type Outcome } from "sluice";
   * import assert from "node:assert/strict";
   *
   * let how: Outcome["status"] | undefined;
   * const items = from([1, 2]).onClose(({ status }) => {
   *   how = status;
   * });
   * for await (const _ of items) break;
   *
   * assert.equal(how, "unknown");
   * ```
   */
  onClose(
    hook: (outcome: Outcome) => unknown,
    options?: { readonly when?: "before" | "after" },
  ): Stream<T> {
    toCallback(hook, "call on close");
    return this.#open(
      (upstream) => new OnClose(upstream, hook, options?.when === "before"),
    );
  }

  /**
   * Loads items in the background, while those before them are worked on.
   *
   * Holds up to `limit` items, under way or ready; with `maxBytes`, it begins no other
   * while those that are ready come to as much. An item that is ready is given without
   * a pause. Loading begins with the first item that is asked for, or, `eager`, at once.
   *
   * `map`, `filter` and `tap` right above it are run for these items at the same time;
   * their results come in order, unless `unordered()` is there too. The source itself
   * is asked for one item at a time. A failure comes in its place, after the items
   * before it, and ends the loading; if the stream is left before, it is reported. What
   * was loaded and not asked for is dropped then; calls that are running are told by
   * their signal, and waited for.
   *
   * Source: TC39, concurrency control (stage 1), `buffered(limit, prepopulate)`. There
   * the source is asked for several items at the same time; `eager` is `prepopulate`.
   *
   * @param limit How many items are loaded ahead, at least 1; a semaphore lends a
   * permit for each that is under way.
   * @param options How much they may come to, and whether to begin at once.
   * @returns The stream of the same items, which reads this one.
   * @throws {RangeError} If `limit` is not an integer of at least 1; at once.
   * @throws {TypeError} If `limit` is a semaphore that one above is limited by; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example The next two are there when the first has been worked on
   * ```ts
   * import { range, sleep } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const begun: number[] = [];
   * const frames = range(9).tap((frame) => begun.push(frame)).buffered(2);
   *
   * for await (const frame of frames) {
   *   await sleep(1);
   *   assert.deepEqual([frame, begun], [0, [0, 1, 2]]);
   *   break;
   * }
   * ```
   */
  buffered(limit: Limit, options?: BufferOptions<T>): Stream<T> {
    countLimit(limit, "limit");
    const { maxBytes = Infinity } = options ?? {};
    if (typeof maxBytes !== "number" || !(maxBytes > 0)) {
      throw new RangeError(
        `Cannot use ${maxBytes} as 'maxBytes': it is not more than 0`,
      );
    }
    const stream = this.#derive<T>({
      open: (upstream) => openBuffer(upstream, limit, options),
      absorbs: true,
      limit,
    });
    if (options?.eager === true) stream.start();
    return stream;
  }

  /**
   * Caps how many items are loaded and worked on at a time.
   *
   * The cap is for the source together with `map`, `filter` and `tap` right above. A
   * {@linkcode Semaphore} caps them together with whoever else uses it: a permit is held
   * from asking the source for an item until these have done with it. In front of a
   * `buffered`, or another `limit`, it is that one's cap; elsewhere it loads ahead itself,
   * and holds what `buffered(limit)` would.
   *
   * No permit is asked for twice for one item: a semaphore may stand again right below. One
   * that operators further up, or callbacks and sources of this stream, need as well would
   * have them wait for each other; as far as that can be seen, it is refused.
   *
   * Source: TC39, concurrency control (stage 1), `limit`, which loads nothing ahead.
   *
   * @param limit How many at a time, at least 1, or a semaphore.
   * @returns The stream of the same items, which reads this one.
   * @throws {RangeError} If `limit` is not an integer of at least 1; at once.
   * @throws {TypeError} If `limit` is a semaphore that one above is limited by; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Two streams share four connections
   * ```ts
   * import { range, Semaphore, zip } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const connections = new Semaphore(4);
   * const load = async (item: number) => 10 * item;
   * const read = () => range(2).map(load).limit(connections);
   *
   * assert.deepEqual(await zip([read(), read()]).toArray(), [[0, 0], [10, 10]]);
   * ```
   */
  limit(limit: Limit): Stream<T> {
    countLimit(limit, "limit");
    const mark: Mark & CursorPlan = {
      kind: MARK,
      limit,
      absorbs: true,
      open: (upstream) => openBuffer(upstream, limit, undefined),
    };
    return this.#derive(mark);
  }

  /**
   * Lets what is right above it give its results as they come, and not in order.
   *
   * It is about `map`, `filter` and `tap` above it, where a `limit` or a `buffered` below
   * it has them work on several items at a time. By itself it changes nothing.
   *
   * Source: TC39, unordered async iterator helpers (stage 1).
   *
   * @returns The stream of the same items, which reads this one.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example The quickest first
   * ```ts
   * import { from, sleep } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const waits = from([9, 1]).tap((ms) => sleep(ms));
   *
   * assert.deepEqual(await waits.unordered().buffered(2).toArray(), [1, 9]);
   * ```
   */
  unordered(): Stream<T> {
    const mark: Mark = { kind: MARK, unordered: true };
    return this.#derive(mark);
  }

  /**
   * Fails if an item takes too long, from the moment at which it is asked for.
   *
   * The time in which nobody asks does not count. After a failure the source is closed,
   * and nothing hangs on a source that does not answer: closing waits for `closeGrace`
   * at most.
   *
   * Source: RxJS, `timeout({ each })`; Python, `asyncio.timeout` around each `anext`.
   * For the whole, use {@linkcode timeout} around the loop, or a `signal`.
   *
   * @param ms How long an item may take, in milliseconds.
   * @returns The stream of the same items, which reads this one; on reading it fails
   * with a {@linkcode TimeoutError}.
   * @throws {TypeError} If `ms` is not a number; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Give up on a source that falls silent
   * ```ts
   * import { channel } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const { receiver } = channel<string>();
   *
   * await assert.rejects(receiver.timeout(5).toArray(), { name: "TimeoutError" });
   * ```
   */
  timeout(ms: number): Stream<T> {
    checkDuration(ms);
    return this.#open((upstream) => new TimeLimit(upstream, ms));
  }

  /**
   * Gives an item once no other has come for a time.
   *
   * Holds the newest item. It reads on by itself, from the first item that is asked for
   * on, and later items replace earlier ones; one that is due is given before more is
   * read. At the end the last item is given at once; a failure drops it.
   *
   * Source: RxJS, `debounceTime`.
   *
   * @param ms How long there must be no other, in milliseconds.
   * @returns The stream of what is left, which reads this one.
   * @throws {TypeError} If `ms` is not a number; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Search when the typing pauses
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const typed = from(["s", "sl", "slu"]).debounce(5);
   *
   * assert.deepEqual(await typed.toArray(), ["slu"]);
   * ```
   */
  debounce(ms: number): Stream<T> {
    checkDuration(ms);
    return this.#open((upstream) => new Debounce(upstream, ms));
  }

  /**
   * Gives an item, and drops those that come less than a time after it.
   *
   * It looks at items when they are asked for: a slow reader loses none. Holds nothing;
   * the last items may be among those that are dropped.
   *
   * Source: RxJS, `throttleTime`, with its leading edge.
   *
   * @param ms How long to drop items after one that was given, in milliseconds.
   * @returns The stream of what is left, which reads this one.
   * @throws {TypeError} If `ms` is not a number; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Report progress now and then
   * ```ts
   * import { range } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const reports = await range(100).throttle(60_000).toArray();
   *
   * assert.deepEqual(reports, [0]);
   * ```
   */
  throttle(ms: number): Stream<T> {
    checkDuration(ms);
    return this.#step(THROTTLE, ms);
  }

  /**
   * Makes several streams, each of which gives all items.
   *
   * Holds the items that one of them has had and another has not, at most `capacity`;
   * then the fastest waits for the slowest. So all of them have to be read, or closed.
   * A failure is told to each. To close one leaves the others be, to close the last
   * closes this stream, and to close this stream closes all of them.
   *
   * Source: Python, `itertools.tee`, which holds as many items as it takes.
   *
   * @param count How many, at least 1; 2 by default.
   * @param options How many items are held, at least 1; 1 by default.
   * @returns The streams, which read this one; a tuple, where `count` is written out.
   * @throws {RangeError} If `count` or `capacity` is not an integer of at least 1; at
   * once.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example Read it twice, in one pass
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const [numbers, others] = from([1, 2, 3]).tee();
   * const squares = others.map((n) => n * n);
   * const read = await Promise.all([numbers.toArray(), squares.toArray()]);
   *
   * assert.deepEqual(read, [[1, 2, 3], [1, 4, 9]]);
   * ```
   */
  tee<N extends number = 2>(
    count?: N,
    options?: { readonly capacity?: number },
  ): Copies<Stream<T>, N>;
  tee(count = 2, options?: { readonly capacity?: number }): Stream<T>[] {
    checkCount(count, "count", 1);
    const capacity = options?.capacity ?? 1;
    checkCount(capacity, "capacity", 1);
    const { settings } = this;
    const source = this.handOver({
      return: () => Promise.all(streams.map((stream) => stream.return())),
    });
    const tee = new Tee(openCursor(source, settings), capacity, settings);
    const streams = Array.from(
      { length: count },
      () => new Stream<T>(tee.createBranch(), settings),
    );
    return streams;
  }

  /**
   * Makes the same stream with other options.
   *
   * @internal
   */
  withOptions(options: StreamOptions): Stream<T> {
    const settings = toSettings(options, this.settings);
    return this.derive(
      { kind: MARK },
      (origin, _, plan) => new Stream<T>(origin, settings, plan),
    );
  }

  /**
   * Gives a view, to read a part of the stream with: to close it leaves the stream open.
   *
   * The view and the stream are read in turn. An item that the view has asked for and
   * was left without goes to whoever reads next. Once the stream has been handed over,
   * the view rejects with a `BusyError`. Holds one item at most.
   *
   * Source: Rust, `Iterator::by_ref`.
   *
   * @returns The view; it need not be closed.
   * @throws {BusyError} If another reads the stream already; at once.
   *
   * @example A header, and then the rest
   * ```ts
   * import { from } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const lines = from(["a: 1", "b: 2", "text"]);
   * const header = await lines.borrow().take(2).toArray();
   *
   * assert.deepEqual(header, ["a: 1", "b: 2"]);
   * assert.deepEqual(await lines.toArray(), ["text"]);
   * ```
   */
  borrow(): Stream<T> {
    return new Stream<T>(this.lend(), this.settings);
  }

  /**
   * Calls a callback with each item, to the end.
   *
   * One after the other; with `concurrency`, so many calls run at a time, and one that
   * is slow does not hold up the others, unless `ordered` is asked for. If a call
   * fails, the source is closed, the others are told by their signal and waited for,
   * and the promise rejects.
   *
   * Source: TC39, `AsyncIterator.prototype.forEach`, with the concurrency of the
   * concurrency control proposal (stage 1).
   *
   * @param callback Is given each item.
   * @param options How many calls run at a time.
   * @returns When everything is done and closed.
   * @throws {TypeError} If `callback` is not a function, or `concurrency` a semaphore that
   * one above is limited by; at once.
   * @throws {RangeError} If `concurrency` is not an integer of at least 1; at once.
   * @throws {BusyError} If another reads the stream already; at once.
   * @throws {CancelledError} If the stream is closed meanwhile.
   * @throws What the stream, or the callback, fails with.
   *
   * @example Store three at a time
   * ```ts
   * import { range, sleep } from "sluice";
   * import assert from "node:assert/strict";
   *
   * const stored = new Set<number>();
   * const store = async (item: number, { signal }: { signal: AbortSignal }) => {
   *   await sleep(1, signal);
   *   stored.add(item);
   * };
   * await range(6).forEach(store, { concurrency: 3 });
   *
   * assert.equal(stored.size, 6);
   * ```
   */
  forEach(
    callback: ItemCallback<T, unknown>,
    options?: ConcurrencyOptions,
  ): Promise<undefined> {
    const checked = toCallback(callback, "iterate with");
    if ((options?.concurrency ?? 1) === 1) return this.run(checked);
    return this.map(callback, { ordered: false, ...options }).run(ignore);
  }

  #derive<U>(operator: Plan["operator"]): Stream<U> {
    return this.derive(
      operator,
      (origin, settings, plan) => new Stream<U>(origin, settings, plan),
    );
  }

  #open<U>(open: (upstream: Stretch) => Cursor): Stream<U> {
    return this.#derive({ open });
  }

  #step<U>(kind: Kind, argument: unknown): Stream<U> {
    return this.#derive({ kind, argument });
  }

  #call<U>(kind: Kind, callback: unknown): Stream<U> {
    return this.#derive({ kind, callback: toCallback(callback, "call") });
  }

  #stepConcurrently<U>(
    kind: Kind,
    callback: unknown,
    options: ConcurrencyOptions | undefined,
  ): Stream<U> {
    const concurrency = options?.concurrency ?? 1;
    const limit = countLimit(concurrency, "concurrency");
    if (concurrency === 1) return this.#call(kind, callback);
    const plans: readonly StepPlan[] = [
      { kind, callback: toCallback(callback, "call") },
    ];
    return this.#derive({
      open: (upstream) =>
        new Concurrent(upstream, createWork(plans), {
          limit,
          semaphores: findSemaphores(concurrency),
          ordered: options?.ordered ?? true,
        }),
      limit: concurrency,
    });
  }
}

function ignore(): undefined {
  // The items were seen already.
}
