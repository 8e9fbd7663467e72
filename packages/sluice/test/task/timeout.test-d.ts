import { describe, expectTypeOf, it } from "vitest";
import { asyncWith, timeout, timeoutAt, type Timeout } from "sluice";

describe("timeout()", () => {
  it("gives the block's value, and nothing less", () => {
    const result = asyncWith(timeout(1), () => 1);

    expectTypeOf(result).toEqualTypeOf<Promise<number>>();
  });

  it("gives the deadline to its block", () => {
    const result = asyncWith(timeoutAt(1), (deadline) => {
      expectTypeOf(deadline).toEqualTypeOf<Timeout>();
      return "value";
    });

    expectTypeOf(result).toEqualTypeOf<Promise<string>>();
  });

  it("takes a number or null", () => {
    expectTypeOf(timeout).parameter(0).toEqualTypeOf<number | null>();
    // @ts-expect-error A time is a number.
    timeout("1");
  });
});
