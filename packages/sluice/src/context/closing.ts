import { closeAsyncGenerator } from "../core/close-generator.ts";
import { describe } from "../core/describe.ts";
import { refusePromise } from "../core/refuse-promise.ts";
import {
  asyncEnter,
  asyncExit,
  enter,
  exit,
  type AsyncContextManager,
  type ContextManager,
} from "./protocol.ts";
import { isMethod } from "./session.ts";

/** What `closing` closes: by `close()`, or else as a disposable. */
export type Closable =
  | {
      /** Closes it. */
      readonly close: () => unknown;
    }
  | Disposable;

/**
 * What `aclosing` closes: by the first that it has of `aclose()`, `return()` (of an
 * async generator), `[Symbol.asyncDispose]()`, `close()` and `[Symbol.dispose]()`.
 */
export type AsyncClosable =
  | {
      /** Closes it, and may wait. */
      readonly aclose: () => unknown;
    }
  | {
      /** Closes an async generator. */
      readonly return: (value?: undefined) => unknown;
    }
  | AsyncDisposable
  | Closable;

/**
 * Closes something at the end of a sync block.
 *
 * Source: Python, `contextlib.closing`.
 *
 * @param thing What the block is given, and what is closed after it.
 * @returns A manager that suppresses nothing.
 * @throws {TypeError} If there is no way to close it; at once.
 *
 * @example Close what knows nothing of managers
 * ```ts
 * import { closing, syncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const file = { open: true, close: () => (file.open = false) };
 * syncWith(closing(file), (file) => assert.ok(file.open));
 *
 * assert.ok(!file.open);
 * ```
 */
export function closing<T extends Closable>(thing: T): ContextManager<T, void> {
  const close = findClose(thing, "close", Symbol.dispose);
  return {
    [enter]: () => thing,
    [exit]() {
      refusePromise(close(), "close()");
    },
  };
}

/**
 * Closes something at the end of an async block, and waits for it.
 *
 * An async generator is closed by `return()`, whether it was started or not, so
 * that its `finally` blocks have run when the block is left, and not at some
 * later time.
 *
 * Source: Python, `contextlib.aclosing`.
 *
 * @param thing What the block is given, and what is closed after it.
 * @returns A manager that suppresses nothing.
 * @throws {TypeError} If there is no way to close it; at once.
 * @throws {GeneratorError} `SLUICE_YIELDED_ON_CLOSE`, on exit, if a generator
 * yields while it is closed.
 *
 * @example Leave a generator early
 * ```ts
 * import { aclosing, asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * let open = false;
 * async function* lines() {
 *   open = true;
 *   try {
 *     yield "first";
 *   } finally {
 *     open = await Promise.resolve(false);
 *   }
 * }
 *
 * const first = await asyncWith(aclosing(lines()), (lines) => lines.next());
 *
 * assert.deepEqual([first.value, open], ["first", false]);
 * ```
 */
export function aclosing<T extends AsyncClosable>(
  thing: T,
): AsyncContextManager<T, void> {
  const close = findClose(
    thing,
    "aclose",
    "return",
    Symbol.asyncDispose,
    "close",
    Symbol.dispose,
  );
  return {
    [asyncEnter]: () => thing,
    async [asyncExit]() {
      await close();
    },
  };
}

type Close = () => unknown;

/** Finds the first of some methods that a thing has; read once, before the block. */
function findClose(thing: object, ...names: readonly PropertyKey[]): Close {
  for (const name of names) {
    const method: unknown = Reflect.get(thing, name);
    if (!isMethod(method)) continue;
    return name === "return"
      ? () => closeAsyncGenerator(() => method.call(thing))
      : () => method.call(thing);
  }
  throw new TypeError(`Cannot close ${describe(thing)}: it is not closable`);
}
