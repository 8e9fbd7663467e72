import { checkFunction } from "../../core/check-function.ts";
import { toSettings, type StreamOptions } from "../engine/settings.ts";
import { Stream } from "../stream.ts";
import { Generated, type StreamScope } from "./generated.ts";

/**
 * Makes a stream of an async generator that can be stopped while it waits.
 *
 * The function is called when the first item is asked for, and never for a stream
 * that is closed before. It is given a signal, which aborts when the stream is left
 * or fails, and `guard()`, which ends a wait then: what waits for either goes on to
 * its `finally` at once, and closing waits for that, at most for `closeGrace`. What
 * looks at neither is left alone after that time, and reported.
 *
 * Source: ours. A native async generator answers `return()` only when its own `await`
 * has ended.
 *
 * @param create The generator function.
 * @param options A signal, and what holds for closing; what is made of the stream
 * inherits them.
 * @returns The stream.
 * @throws {TypeError} If `create` is not a function; at once. On reading, if it gives
 * no async generator.
 *
 * @example A source that waits can be left
 * ```ts
 * import { stream } from "sluice";
 * import assert from "node:assert/strict";
 *
 * let isOpen = true;
 * const items = stream(async function* ({ guard }) {
 *   try {
 *     yield 1;
 *     yield await guard(new Promise<number>(() => {}));
 *   } finally {
 *     isOpen = false;
 *   }
 * });
 * await items.next();
 * void items.next();
 * await items.return();
 *
 * assert.equal(isOpen, false);
 * ```
 */
export function stream<T>(
  create: (scope: StreamScope) => AsyncGenerator<T, unknown, undefined>,
  options?: StreamOptions,
): Stream<T> {
  checkFunction(create, "make a stream with");
  return new Stream<T>(new Generated(create), toSettings(options));
}
