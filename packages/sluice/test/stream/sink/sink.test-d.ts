import { describe, expectTypeOf, it } from "vitest";
import { from, range, type Stream } from "sluice";

declare const maybe: Stream<string | undefined>;

describe("toArray() and toSet()", () => {
  it("give the items", () => {
    expectTypeOf(range(3).toArray()).toEqualTypeOf<Promise<number[]>>();
    expectTypeOf(range(3).toSet()).toEqualTypeOf<Promise<Set<number>>>();
  });
});

describe("toMap()", () => {
  it("gives a map of pairs", () => {
    expectTypeOf(from([["a", 1] as const]).toMap()).toEqualTypeOf<
      Promise<Map<"a", 1>>
    >();
    expectTypeOf(from(new Map([["a", 1]])).toMap()).toEqualTypeOf<
      Promise<Map<string, number>>
    >();
    expectTypeOf(from(["a"]).indexed().toMap()).toEqualTypeOf<
      Promise<Map<number, string>>
    >();
  });

  it("is there for pairs alone", () => {
    // @ts-expect-error A number is no pair.
    expectTypeOf(range(3).toMap()).toBeObject();
  });
});

describe("reduce()", () => {
  it("gives a result of the type of the items where there is no initial value", () => {
    expectTypeOf(range(3).reduce((a, b) => a + b)).toEqualTypeOf<
      Promise<number>
    >();
  });

  it("gives a result of the type of the initial value", () => {
    expectTypeOf(
      range(3).reduce((text, item) => `${text}${item}`, ""),
    ).toEqualTypeOf<Promise<string>>();
  });

  it("takes promises of results", () => {
    expectTypeOf(
      range(3).reduce(async (sum, item) => sum + item, 0),
    ).toEqualTypeOf<Promise<number>>();
  });
});

describe("find()", () => {
  it("gives an item, or nothing", () => {
    expectTypeOf(range(3).find((item) => item > 1)).toEqualTypeOf<
      Promise<number | undefined>
    >();
  });

  it("narrows the type of the item by a guard", () => {
    expectTypeOf(
      maybe.find((item): item is string => item !== undefined),
    ).toEqualTypeOf<Promise<string | undefined>>();
  });
});

describe("some(), every() and forEach()", () => {
  it("give an answer, or nothing", () => {
    expectTypeOf(range(3).some((item) => item > 1)).toEqualTypeOf<
      Promise<boolean>
    >();
    expectTypeOf(range(3).every(async () => true)).toEqualTypeOf<
      Promise<boolean>
    >();
    expectTypeOf(range(3).forEach(() => 1)).toEqualTypeOf<Promise<undefined>>();
  });
});

describe("toWeb()", () => {
  it("gives a web stream of the items", () => {
    expectTypeOf(range(3).toWeb()).toEqualTypeOf<ReadableStream<number>>();
  });
});
