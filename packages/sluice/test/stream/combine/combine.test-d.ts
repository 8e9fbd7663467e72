import { describe, expectTypeOf, it } from "vitest";
import {
  concat,
  from,
  latest,
  merge,
  race,
  range,
  zip,
  type Stream,
} from "sluice";

declare const texts: AsyncIterable<string>;

describe("merge(), concat() and race()", () => {
  it("give the items of all sources", () => {
    type Item = number | string | boolean;

    expectTypeOf(merge(range(3), texts, [true])).toEqualTypeOf<Stream<Item>>();
    expectTypeOf(concat(range(3), texts, [true])).toEqualTypeOf<Stream<Item>>();
    expectTypeOf(race(range(3), texts, [true])).toEqualTypeOf<Stream<Item>>();
  });

  it("give what the promises of a synchronous source give", () => {
    expectTypeOf(merge([Promise.resolve(1)])).toEqualTypeOf<Stream<number>>();
  });

  it("take sources that are spread", () => {
    const sources: Stream<number>[] = [range(3)];

    expectTypeOf(merge(...sources)).toEqualTypeOf<Stream<number>>();
  });

  it("refuse what cannot be iterated over", () => {
    // @ts-expect-error A number is no source.
    merge([1], 1);
  });
});

describe("zip()", () => {
  it("gives rows of the items, in the order of the sources", () => {
    expectTypeOf(zip([range(3), texts, new Set([true])])).toEqualTypeOf<
      Stream<[number, string, boolean]>
    >();
  });

  it("gives rows of any length for an array of sources", () => {
    const sources: Stream<number>[] = [range(3)];

    expectTypeOf(zip(sources)).toEqualTypeOf<Stream<number[]>>();
  });

  it("gives what the promises of a synchronous source give", () => {
    expectTypeOf(zip([[Promise.resolve(1)], "text"])).toEqualTypeOf<
      Stream<[number, string]>
    >();
  });

  it("refuses a mode that there is not", () => {
    // @ts-expect-error There is none.
    zip([[1]], { mode: "widest" });
  });
});

describe("latest()", () => {
  it("gives arrays of the newest, in the order of the sources", () => {
    expectTypeOf(latest(range(3), from(texts))).toEqualTypeOf<
      Stream<[number, string]>
    >();
  });
});
