import { describe, expectTypeOf, it } from "vitest";
import { tracked, virtualClock, type Track } from "sluice/testing";

describe("tracked()", () => {
  it("gives an async iterable of the items, and its track", () => {
    const pair = tracked([1, 2]);

    expectTypeOf(pair).toEqualTypeOf<
      [source: AsyncIterable<number, undefined>, track: Track]
    >();
  });

  it("gives one whatever its behaviour", () => {
    const [source] = tracked(["a"], { delay: 1, closeStuck: true });

    expectTypeOf(source).toEqualTypeOf<AsyncIterable<string, undefined>>();
  });

  it("gives what its form says", () => {
    expectTypeOf(tracked([1], { form: "async-iterator" })[0]).toEqualTypeOf<
      AsyncIterableIterator<number, undefined>
    >();
    expectTypeOf(tracked([1], { form: "iterable" })[0]).toEqualTypeOf<
      Iterable<number, undefined>
    >();
    expectTypeOf(tracked([1], { form: "iterator" })[0]).toEqualTypeOf<
      IterableIterator<number, undefined>
    >();
    expectTypeOf(tracked([1], { form: "readable-stream" })[0]).toEqualTypeOf<
      ReadableStream<number>
    >();
  });
});

describe("VirtualClock: run()", () => {
  it("gives what the function gives", () => {
    const clock = virtualClock();

    expectTypeOf(clock.run(() => 1)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(clock.run(async () => "a")).toEqualTypeOf<Promise<string>>();
  });
});
