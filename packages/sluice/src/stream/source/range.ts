import { describe } from "../../core/describe.ts";
import { toSettings } from "../engine/settings.ts";
import { Stream } from "../stream.ts";

export function range(end: number): Stream<number>;
export function range(
  start: number,
  end: number,
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
