import { checkDuration } from "../core/check-duration.ts";
import { describe } from "../core/describe.ts";
import { AsyncPass, SyncPass, type TrackedBehaviour } from "./pass.ts";
import { Recorder, type Track } from "./track.ts";

/** What a tracked source can be, by the name of its form. */
export interface TrackedForms<T> {
  /** Each call of `[Symbol.asyncIterator]()` opens it anew. */
  readonly "async-iterable": AsyncIterable<T, undefined>;
  /** Open from the beginning, and its own iterable, as a generator is. */
  readonly "async-iterator": AsyncIterableIterator<T, undefined>;
  /** Each call of `[Symbol.iterator]()` opens it anew. */
  readonly iterable: Iterable<T, undefined>;
  /** Open from the beginning, and its own iterable, as a generator is. */
  readonly iterator: IterableIterator<T, undefined>;
  /** A web stream that reads nothing ahead; open from the beginning. */
  readonly "readable-stream": ReadableStream<T>;
}

/**
 * Options of {@linkcode tracked}.
 *
 * A synchronous form cannot wait: of what it does, only the errors can be chosen.
 */
export interface TrackedOptions<
  F extends keyof TrackedForms<unknown> = keyof TrackedForms<unknown>,
> extends TrackedBehaviour {
  /** What the source is; an async iterable if absent. */
  readonly form?: F;
  /** What it is called in `log`; `source` if absent. */
  readonly name?: string;
  /**
   * Is told of the source's events, each behind its name: `source pulled`. Give one
   * log to several sources, and note what else happens in it, to see the order of
   * it all.
   */
  readonly log?: string[];
}

/**
 * Makes a source that keeps track of what is done with it, to test what reads it.
 *
 * It gives the items in order, as they are, and ends; or it fails, falls silent,
 * is slow, or cannot be closed well, as its options tell. It takes an item when it
 * is asked for it, so there may be no end of them. `return()` closes it: whoever
 * reads it is to call that once, if it leaves early, and to wait for it. A second
 * call is answered and counted as the first. After the end, and after closing,
 * `next()` answers that it is done.
 *
 * Several calls of `next()` may wait at the same time. Holds its events, so it
 * grows with each call.
 *
 * @param items What it gives; gone through anew each time that it is opened.
 * @param options What it is, and how it behaves.
 * @returns The source, and its track.
 * @throws {TypeError} If there is no such form, if a time is not a number, if a
 * synchronous form is to wait, or if it is to be stuck and to fail.
 *
 * @example See that a reader closes what it leaves
 * ```ts
 * import { tracked } from "sluice/testing";
 * import assert from "node:assert/strict";
 *
 * const [source, track] = tracked([1, 2, 3]);
 *
 * for await (const item of source) if (item === 2) break;
 *
 * assert.equal(track.pulled, 2);
 * assert.equal(track.closed, 1);
 * ```
 *
 * @example See in what order two sources are closed, and that it is waited for
 * ```ts
 * import { AsyncExitStack, asyncWith } from "sluice";
 * import { tracked, virtualClock } from "sluice/testing";
 * import assert from "node:assert/strict";
 *
 * const clock = virtualClock();
 * const log: string[] = [];
 * const options = { form: "async-iterator", closeDelay: 10, log } as const;
 * const [first] = tracked([1, 2], { ...options, name: "first" });
 * const [second] = tracked([3, 4], { ...options, name: "second" });
 *
 * await clock.run(() =>
 *   asyncWith(new AsyncExitStack(), (stack) => {
 *     for (const source of [first, second]) stack.callback(() => source.return?.());
 *   }),
 * );
 *
 * assert.deepEqual(log, ["second returned", "second closed", "first returned", "first closed"]);
 * assert.deepEqual(clock.steps, [10, 20]);
 * ```
 */
export function tracked<T, F extends keyof TrackedForms<T> = "async-iterable">(
  items: Iterable<T>,
  options: TrackedOptions<F> = {},
): [source: TrackedForms<T>[F], track: Track] {
  const { name = "source", log } = options;
  // It is the default of the type as well.
  const form = options.form ?? ("async-iterable" as F);
  checkOptions(form, options);
  const track = new Recorder(name, log);
  return [createForms(items, track, options)[form](), track];
}

type Makers<T> = {
  readonly [F in keyof TrackedForms<T>]: () => TrackedForms<T>[F];
};

function createForms<T>(
  items: Iterable<T>,
  track: Recorder,
  behaviour: TrackedBehaviour,
): Makers<T> {
  const createAsync = (): AsyncPass<T> =>
    new AsyncPass(items, track, behaviour);
  const createSync = (): SyncPass<T> => new SyncPass(items, track, behaviour);
  return {
    "async-iterable": () => ({
      [Symbol.asyncIterator]() {
        track.note("opened");
        return createAsync();
      },
    }),
    "async-iterator": createAsync,
    iterable: () => ({
      [Symbol.iterator]() {
        track.note("opened");
        return createSync();
      },
    }),
    iterator: createSync,
    "readable-stream": () => createStream(createAsync()),
  };
}

function createStream<T>(pass: AsyncPass<T>): ReadableStream<T> {
  let isCancelled = false;
  return new ReadableStream<T>(
    {
      async pull(controller) {
        const result = await pass.next();
        if (isCancelled) return;
        if (result.done === true) controller.close();
        else controller.enqueue(result.value);
      },
      async cancel() {
        isCancelled = true;
        await pass.return();
      },
    },
    { highWaterMark: 0 },
  );
}

const isSynchronous: Readonly<Record<keyof TrackedForms<unknown>, boolean>> = {
  "async-iterable": false,
  "async-iterator": false,
  iterable: true,
  iterator: true,
  "readable-stream": false,
};

const waits = [
  "closeDelay",
  "closeStuck",
  "delay",
  "onReturn",
  "stuck",
] as const;

function checkOptions(
  form: keyof TrackedForms<unknown>,
  options: TrackedOptions,
): void {
  if (!Object.hasOwn(isSynchronous, form)) {
    throw new TypeError(
      `Cannot make a source of the form ${describe(form)}: there is none`,
    );
  }
  for (const option of waits) {
    if (isSynchronous[form] && (options[option] ?? false) !== false) {
      throw new TypeError(
        `Cannot make a source with '${option}': it is synchronous, and cannot wait`,
      );
    }
  }
  if (options.stuck === true && "error" in options) {
    throw new TypeError(
      "Cannot make a source with 'error': it is stuck, and does not get there",
    );
  }
  checkDuration(options.delay ?? 0);
  checkDuration(options.closeDelay ?? 0);
}
