import { describe, expectTypeOf, it } from "vitest";
import { range, type Stream } from "sluice";

declare const count: number;
declare const oneOrThree: 1 | 3;

describe("tee()", () => {
  type Numbers = Stream<number>;

  it("gives a pair of streams of the same items", () => {
    expectTypeOf(range(3).tee()).toEqualTypeOf<[Numbers, Numbers]>();
    expectTypeOf(range(3).tee(2, { capacity: 2 })).toEqualTypeOf<
      [Numbers, Numbers]
    >();
  });

  it("gives as many as it says", () => {
    expectTypeOf(range(3).tee(1)).toEqualTypeOf<[Numbers]>();
    expectTypeOf(range(3).tee(3, { capacity: 2 })).toEqualTypeOf<
      [Numbers, Numbers, Numbers]
    >();
    expectTypeOf(range(3).tee(16).length).toEqualTypeOf<16>();
  });

  it("gives as many as one of the numbers that it may be", () => {
    expectTypeOf(range(3).tee(oneOrThree)).toEqualTypeOf<
      [Numbers] | [Numbers, Numbers, Numbers]
    >();
  });

  it("gives an array where nobody knows how many, or they are many", () => {
    expectTypeOf(range(3).tee(count)).toEqualTypeOf<Numbers[]>();
    expectTypeOf(range(3).tee(17)).toEqualTypeOf<Numbers[]>();
    expectTypeOf(range(3).tee(10_000)).toEqualTypeOf<Numbers[]>();
  });

  it("gives an array for what it refuses", () => {
    expectTypeOf(range(3).tee(-1)).toEqualTypeOf<Numbers[]>();
    expectTypeOf(range(3).tee(1.5)).toEqualTypeOf<Numbers[]>();
  });

  it("gives streams that are there", () => {
    const [first, second] = range(3).tee();

    expectTypeOf(first.next).toBeFunction();
    expectTypeOf(second.next).toBeFunction();
    // @ts-expect-error -- there are two
    expectTypeOf(range(3).tee()[2]).toBeUndefined();
  });
});

describe("borrow()", () => {
  it("gives a stream of the same items", () => {
    expectTypeOf(range(3).borrow()).toEqualTypeOf<Stream<number>>();
  });
});
