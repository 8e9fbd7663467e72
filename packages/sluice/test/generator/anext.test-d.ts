import { describe, expectTypeOf, it } from "vitest";
import { aiter, anext, asend, athrow } from "sluice";

declare const letters: AsyncGenerator<string, number, undefined>;
declare const native: AsyncIterable<string, void, undefined>;
declare const echo: AsyncGenerator<string, void, boolean | undefined>;

describe("aiter()", () => {
  it("gives an iterator of the same types", () => {
    expectTypeOf(aiter(letters)).toEqualTypeOf<
      AsyncIterator<string, number, undefined>
    >();
  });

  it("gives what anext() takes, of any iterable", () => {
    expectTypeOf(anext(aiter(native))).toEqualTypeOf<Promise<string>>();
  });

  it("refuses sync iterables", () => {
    // @ts-expect-error An array is no async iterable.
    aiter([1, 2]);
  });
});

describe("anext()", () => {
  it("gives an item", () => {
    expectTypeOf(anext(letters)).toEqualTypeOf<Promise<string>>();
  });

  it("gives an item or the fallback", () => {
    expectTypeOf(anext(letters, 1)).toEqualTypeOf<Promise<string | number>>();
    expectTypeOf(anext(letters, undefined)).toEqualTypeOf<
      Promise<string | undefined>
    >();
  });
});

describe("asend() and athrow()", () => {
  it("give an item", () => {
    expectTypeOf(asend(echo, true)).toEqualTypeOf<Promise<string>>();
    expectTypeOf(athrow(echo, new Error())).toEqualTypeOf<Promise<string>>();
  });

  it("send what the generator hears", () => {
    // @ts-expect-error It hears no strings.
    asend(echo, "true").catch(() => undefined);
  });
});
