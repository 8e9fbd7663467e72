import { describe, expectTypeOf, it } from "vitest";
import { range, type Stream } from "sluice";

describe("chunks() and windows()", () => {
  it("give arrays of the items", () => {
    expectTypeOf(range(3).chunks(2)).toEqualTypeOf<Stream<number[]>>();
    expectTypeOf(range(3).chunks(2, { within: 10 })).toEqualTypeOf<
      Stream<number[]>
    >();
    expectTypeOf(range(3).windows(2)).toEqualTypeOf<Stream<number[]>>();
  });
});
