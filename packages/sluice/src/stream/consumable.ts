import { checkFunction } from "../core/check-function.ts";
import type { Callback, CallContext, StepPlan } from "./engine/step.ts";
import { Pipeline } from "./pipeline.ts";
import { MARK } from "./pace/item-step.ts";
import { FIND, type Found } from "./sink/find.ts";
import { FOR_EACH } from "./sink/for-each.ts";
import { NOTHING, REDUCE, REDUCE_FIRST } from "./sink/reduce.ts";
import { toWeb } from "./sink/to-web.ts";

/** What looks at an item, its number and the stream's signal. */
export type ItemCallback<T, R> = (
  value: T,
  context: CallContext,
) => R | PromiseLike<R>;

/** What folds an item into a result. */
export type Reducer<T, A> = (
  accumulator: A,
  value: T,
  context: CallContext,
) => A | PromiseLike<A>;

/** A stream, as far as it can be read to its end. */
export class Consumable<T> extends Pipeline<T> {
  toArray(): Promise<T[]> {
    const items: T[] = [];
    return this.#feed((item) => {
      items.push(item);
    }, items);
  }

  toSet(): Promise<Set<T>> {
    const items = new Set<T>();
    return this.#feed((item) => {
      items.add(item);
    }, items);
  }

  toMap<K, V>(this: Consumable<readonly [K, V]>): Promise<Map<K, V>> {
    const items = new Map<K, V>();
    return this.#feed(([key, value]) => {
      items.set(key, value);
    }, items);
  }

  reduce(reducer: Reducer<T, T>): Promise<T>;
  reduce<A>(reducer: Reducer<T, A>, initial: A): Promise<A>;
  reduce(reducer: unknown, ...initial: readonly unknown[]): Promise<unknown> {
    const callback = toCallback(reducer, "reduce with");
    const [argument] = initial;
    const kind = initial.length === 0 ? REDUCE_FIRST : REDUCE;
    return this.drain({ kind, callback, argument }, ({ state }) => {
      if (state !== NOTHING) return state;
      throw new TypeError(
        "Cannot reduce an empty stream: it has no initial value",
      );
    });
  }

  some(predicate: ItemCallback<T, unknown>): Promise<boolean> {
    return this.#find(predicate, true, (found) => found !== undefined);
  }

  every(predicate: ItemCallback<T, unknown>): Promise<boolean> {
    return this.#find(predicate, false, (found) => found === undefined);
  }

  find<S extends T>(
    predicate: (value: T, context: CallContext) => value is S,
  ): Promise<S | undefined>;
  find(predicate: ItemCallback<T, unknown>): Promise<T | undefined>;
  find(predicate: ItemCallback<T, unknown>): Promise<T | undefined> {
    return this.#find(predicate, true, (found) => found?.value);
  }

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
    return this.drain({ kind: FOR_EACH, callback }, () => undefined);
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
    return this.drain({ kind: FIND, callback, argument }, ({ state }) =>
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
