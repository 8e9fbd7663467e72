import { describe } from "../../core/describe.ts";
import { toSettings } from "../engine/settings.ts";
import { Stream } from "../stream.ts";

/**
 * Gives the numbers from 0 up to an end, which is left out.
 *
 * Source: Python, `range`; TC39, `Iterator.range` (stage 2). Any finite number may be
 * counted with, fractions too, and `Infinity` is an end that never comes.
 *
 * @param end Where to stop; 0 or less gives nothing.
 * @returns The stream; it holds nothing, and never waits.
 * @throws {TypeError} If `end` is not a number; at once.
 *
 * @example Count
 * ```ts
 * import { range } from "sluice";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(await range(3).toArray(), [0, 1, 2]);
 * assert.deepEqual(await range(5, 0, -2).toArray(), [5, 3, 1]);
 * ```
 */
export function range(end: number): Stream<number>;
/**
 * Gives the numbers from a start up, or down, to an end, which is left out.
 *
 * Each is computed from the start, so that the errors of fractions do not add up.
 *
 * @param start The first number.
 * @param end Where to stop.
 * @param step From one to the next; 1 by default, negative to count down.
 * @returns The stream; it holds nothing, and never waits.
 * @throws {TypeError} If one of them is not a number; at once.
 * @throws {RangeError} If `step` is 0, or it or the start is infinite; at once.
 */
export function range(
  start: number,
  end: number,
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- one bound is the end, two begin with the start
  step?: number,
): Stream<number>;
export function range(
  first: number,
  second?: number,
  step = 1,
): Stream<number> {
  const [start, end] = second === undefined ? [0, first] : [first, second];
  for (const bound of [start, end, step]) {
    if (typeof bound !== "number" || Number.isNaN(bound)) {
      throw new TypeError(
        `Cannot count with ${describe(bound)}: it is not a number`,
      );
    }
  }
  if (!Number.isFinite(start) || !Number.isFinite(step)) {
    throw new RangeError(
      `Cannot count from ${start} in steps of ${step}: only the end may be infinite`,
    );
  }
  if (step === 0) {
    throw new RangeError("Cannot count in steps of 0: it would never end");
  }
  return new Stream<number>(
    { [Symbol.iterator]: () => count(start, end, step) },
    toSettings(undefined),
  );
}

function* count(
  start: number,
  end: number,
  step: number,
): Generator<number, void> {
  for (let index = 0; ; index++) {
    // Multiplied, and not added up: fractions would gather errors.
    const value = start + index * step;
    if (step > 0 ? value >= end : value <= end) return;
    yield value;
  }
}
