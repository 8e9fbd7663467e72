import { describe, expectTypeOf, it } from "vitest";
import { range, type Stream } from "sluice";

describe("tee()", () => {
  it("gives streams of the same items", () => {
    expectTypeOf(range(3).tee()).toEqualTypeOf<Stream<number>[]>();
    expectTypeOf(range(3).tee(3, { capacity: 2 })).toEqualTypeOf<
      Stream<number>[]
    >();
  });
});

describe("borrow()", () => {
  it("gives a stream of the same items", () => {
    expectTypeOf(range(3).borrow()).toEqualTypeOf<Stream<number>>();
  });
});
