import { checkDuration } from "../../core/check-duration.ts";
import { CursorSource } from "../engine/base-cursor.ts";
import { toSettings, type StreamOptions } from "../engine/settings.ts";
import { Stream } from "../stream.ts";
import { Ticks } from "./ticks.ts";

/**
 * Gives 0, 1, 2 and so on, one for each time that passes.
 *
 * The time begins when the first item is asked for. Ticks keep to it however long the
 * reader takes: one that is late does not move the others, and those that nobody asked
 * for are left out, not made up for. Holds one timer while an item is awaited.
 *
 * Source: RxJS, `interval`, which does not leave any out.
 *
 * @param ms The time from one to the next, in milliseconds, more than 0.
 * @param options A signal, and what holds for closing.
 * @returns The stream; it never ends by itself.
 * @throws {TypeError} If `ms` is not a number; at once.
 * @throws {RangeError} If `ms` is not more than 0; at once.
 *
 * @example Look three times
 * ```ts
 * import { interval } from "sluice";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(await interval(1).take(3).toArray(), [0, 1, 2]);
 * ```
 */
export function interval(ms: number, options?: StreamOptions): Stream<number> {
  checkDuration(ms);
  if (!(ms > 0)) {
    throw new RangeError(`Cannot tick every ${ms} ms: it is not more than 0`);
  }
  return new Stream<number>(
    new CursorSource((settings) => new Ticks(ms, settings)),
    toSettings(options),
  );
}
