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
import { Tee } from "./share/tee.ts";
import { Catch } from "./transform/catch.ts";
import { FLAT_MAP } from "./transform/flat-map.ts";
import { INDEXED } from "./transform/indexed.ts";
import { MAP } from "./transform/map.ts";
import { OnClose } from "./transform/on-close.ts";
import { SCAN, SCAN_FIRST } from "./transform/scan.ts";
import { TAP } from "./transform/tap.ts";

/** What a stream can go on with. */
export type Many<T> = AsyncIterable<T> | Iterable<T | PromiseLike<T>>;

export class Stream<T>
  extends Consumable<T>
  implements AsyncIteratorObject<T, undefined, unknown>
{
  map<U>(
    callback: ItemCallback<T, U>,
    options?: ConcurrencyOptions,
  ): Stream<U> {
    return this.#stepConcurrently(MAP, callback, options);
  }

  filter<S extends T>(
    predicate: (value: T, context: CallContext) => value is S,
  ): Stream<S>;
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

  take(limit: number): Stream<T> {
    checkCount(limit, "limit", 0);
    return this.#step(TAKE, limit);
  }

  drop(limit: number): Stream<T> {
    checkCount(limit, "limit", 0);
    return this.#step(DROP, limit);
  }

  takeWhile(predicate: ItemCallback<T, unknown>): Stream<T> {
    return this.#call(TAKE_WHILE, predicate);
  }

  dropWhile(predicate: ItemCallback<T, unknown>): Stream<T> {
    return this.#call(DROP_WHILE, predicate);
  }

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
      return this.#open((upstream) => new MergeMap(upstream, permitted, limit));
    }
    // One of them is read, and the others wait for it, opened, with an item each.
    return this.#open<Many<U>>(
      (upstream) =>
        new Concurrent(upstream, createPreload(permitted, upstream.settings), {
          limit: limit - 1,
          semaphores: [],
          ordered,
          opens: true,
        }),
    ).flatMap((source) => source);
  }

  switchMap<U>(callback: ItemCallback<T, Many<U>>): Stream<U> {
    const checked = toCallback(callback, "switchMap with");
    return this.#open((upstream) => new Switch(upstream, checked));
  }

  scan(reducer: Reducer<T, T>): Stream<T>;
  scan<A>(reducer: Reducer<T, A>, initial: A): Stream<A>;
  scan<A>(reducer: unknown, ...initial: readonly A[]): Stream<A> {
    const callback = toCallback(reducer, "scan with");
    const kind = initial.length === 0 ? SCAN_FIRST : SCAN;
    return this.#derive({ kind, callback, argument: initial[0] });
  }

  indexed(): Stream<[index: number, value: T]> {
    return this.#step(INDEXED, undefined);
  }

  tap(callback: ItemCallback<T, unknown>): Stream<T> {
    return this.#call(TAP, callback);
  }

  chunks(size: number, options?: { readonly within?: number }): Stream<T[]> {
    checkCount(size, "size", 1);
    const within = options?.within;
    if (within === undefined) return this.#step(CHUNKS, size);
    checkDuration(within);
    return this.#open((upstream) => new ChunksWithin(upstream, within, size));
  }

  windows(size: number): Stream<T[]> {
    checkCount(size, "size", 1);
    return this.#step(WINDOWS, size);
  }

  catch<U = never>(
    // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- nothing ends the stream
    callback: ItemCallback<unknown, Many<U> | undefined | void>,
  ): Stream<T | U> {
    const checked = toCallback(callback, "catch with");
    return this.#open((upstream) => new Catch(upstream, checked));
  }

  onClose(
    hook: (outcome: Outcome) => unknown,
    options?: { readonly when?: "before" | "after" },
  ): Stream<T> {
    toCallback(hook, "call on close");
    return this.#open(
      (upstream) => new OnClose(upstream, hook, options?.when === "before"),
    );
  }

  buffered(limit: Limit, options?: BufferOptions<T>): Stream<T> {
    countLimit(limit, "limit");
    const stream = this.#derive<T>({
      open: (upstream) => openBuffer(upstream, limit, options),
      absorbs: true,
    });
    if (options?.eager === true) stream.start();
    return stream;
  }

  limit(limit: Limit): Stream<T> {
    countLimit(limit, "limit");
    const mark: Mark & CursorPlan = {
      kind: MARK,
      limit,
      open: (upstream) => openBuffer(upstream, limit, undefined),
    };
    return this.#derive(mark);
  }

  unordered(): Stream<T> {
    const mark: Mark = { kind: MARK, unordered: true };
    return this.#derive(mark);
  }

  timeout(ms: number): Stream<T> {
    checkDuration(ms);
    return this.#open((upstream) => new TimeLimit(upstream, ms));
  }

  debounce(ms: number): Stream<T> {
    checkDuration(ms);
    return this.#open((upstream) => new Debounce(upstream, ms));
  }

  throttle(ms: number): Stream<T> {
    checkDuration(ms);
    return this.#step(THROTTLE, ms);
  }

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

  /** @internal */
  withOptions(options: StreamOptions): Stream<T> {
    const settings = toSettings(options, this.settings);
    return this.derive(
      { kind: MARK },
      (origin, _, plan) => new Stream<T>(origin, settings, plan),
    );
  }

  borrow(): Stream<T> {
    return new Stream<T>(this.lend(), this.settings);
  }

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
    return this.#open(
      (upstream) =>
        new Concurrent(upstream, createWork(plans), {
          limit,
          semaphores: findSemaphores(concurrency),
          ordered: options?.ordered ?? true,
        }),
    );
  }
}

function ignore(): undefined {
  // The items were seen already.
}
