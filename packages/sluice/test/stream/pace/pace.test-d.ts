import { describe, expectTypeOf, it } from "vitest";
import { range, Semaphore, type Stream } from "sluice";

describe("buffered(), limit(), unordered(), timeout(), debounce() and throttle()", () => {
  it("keep the type of the items", () => {
    const items = range(3);

    expectTypeOf(items.buffered(2)).toEqualTypeOf<Stream<number>>();
    expectTypeOf(items.limit(new Semaphore(2))).toEqualTypeOf<Stream<number>>();
    expectTypeOf(items.unordered()).toEqualTypeOf<Stream<number>>();
    expectTypeOf(items.timeout(1)).toEqualTypeOf<Stream<number>>();
    expectTypeOf(items.debounce(1)).toEqualTypeOf<Stream<number>>();
    expectTypeOf(items.throttle(1)).toEqualTypeOf<Stream<number>>();
  });

  it("measure items of their type", () => {
    range(3).buffered(2, {
      maxBytes: 10,
      sizeOf: (item) => {
        expectTypeOf(item).toEqualTypeOf<number>();
        return item;
      },
    });
  });
});
