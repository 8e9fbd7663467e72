import { closeAsyncGenerator } from "../core/close-generator.ts";
import { giveItem } from "./anext.ts";

/**
 * Sends a value to a generator, where its paused `yield` gives it, and waits
 * for the next item: Python's `asend`, for any async generator.
 *
 * A native generator takes calls in a queue and overlooks a value sent before it
 * has started; one made with {@linkcode asyncGenerator} refuses both.
 *
 * Source: Python, `agen.asend`.
 *
 * @param generator The generator.
 * @param value What the paused `yield` gives.
 * @returns The next item.
 * @throws {StopAsyncIteration} If the generator ends or has ended.
 * @throws What the generator throws.
 *
 * @example Talk to a native generator
 * ```ts
 * import { asend } from "sluice";
 * import assert from "node:assert/strict";
 *
 * async function* echo(): AsyncGenerator<string, void, string | undefined> {
 *   let heard = yield "ready";
 *   while (heard !== undefined) heard = yield `heard ${heard}`;
 * }
 *
 * const generator = echo();
 * assert.equal(await asend(generator, undefined), "ready");
 * assert.equal(await asend(generator, "hello"), "heard hello");
 * ```
 */
export async function asend<T, N>(
  generator: AsyncGenerator<T, unknown, N>,
  value: N,
): Promise<T> {
  return giveItem(await generator.next(value));
}

/**
 * Throws an error into a generator, at its paused `yield`, and waits for the
 * next item: Python's `athrow`, for any async generator.
 *
 * Source: Python, `agen.athrow`. There a generator that has ended gives `None`;
 * here it throws the error, as `throw()` does.
 *
 * @param generator The generator.
 * @param error What the paused `yield` throws.
 * @returns The next item, if the generator catches the error and yields.
 * @throws {StopAsyncIteration} If it catches the error and ends.
 * @throws What the generator throws; the error itself, if it does not catch it.
 *
 * @example Tell a generator of a failure
 * ```ts
 * import { athrow } from "sluice";
 * import assert from "node:assert/strict";
 *
 * async function* work(): AsyncGenerator<string, void> {
 *   try {
 *     yield "working";
 *   } catch {
 *     yield "recovered";
 *   }
 * }
 *
 * const generator = work();
 * await generator.next();
 * assert.equal(await athrow(generator, new Error("jam")), "recovered");
 * ```
 */
export async function athrow<T>(
  generator: AsyncGenerator<T, unknown, never>,
  error: unknown,
): Promise<T> {
  return giveItem(await generator.throw(error));
}

/**
 * Closes a generator and waits for its `finally` blocks: Python's `aclose`, for
 * any async generator.
 *
 * One that has not started ends without running, one that has ended stays so.
 *
 * Source: Python, `agen.aclose`.
 *
 * @param generator The generator.
 * @throws {GeneratorError} `SLUICE_YIELDED_ON_CLOSE` if it yields meanwhile,
 * which `return()` and `for await` overlook.
 * @throws What the generator throws meanwhile.
 *
 * @example Close what was not read to its end
 * ```ts
 * import { aclose } from "sluice";
 * import assert from "node:assert/strict";
 *
 * let closed = false;
 * async function* numbers(): AsyncGenerator<number, void> {
 *   try {
 *     yield 1;
 *   } finally {
 *     closed = await Promise.resolve(true);
 *   }
 * }
 *
 * const generator = numbers();
 * await generator.next();
 * await aclose(generator);
 * assert.ok(closed);
 * ```
 */
export async function aclose(
  generator: AsyncGenerator<unknown, unknown, never>,
): Promise<void> {
  await closeAsyncGenerator(() => generator.return(undefined));
}
