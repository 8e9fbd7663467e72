import { describe, expectTypeOf, it } from "vitest";
import {
  from,
  iterable,
  range,
  stream,
  type Stream,
  type StreamIterable,
  type StreamOptions,
} from "sluice";

declare const iterator: Iterator<number>;
declare const asyncIterator: AsyncIterator<string>;
declare const web: ReadableStream<Uint8Array>;
declare const generator: AsyncGenerator<number, string, undefined>;

describe("from()", () => {
  it("infers the items of an array, a string, a set and a map", () => {
    expectTypeOf(from([1, 2])).toEqualTypeOf<Stream<number>>();
    expectTypeOf(from("text")).toEqualTypeOf<Stream<string>>();
    expectTypeOf(from(new Set(["a"]))).toEqualTypeOf<Stream<string>>();
    expectTypeOf(from(new Map([["a", 1]]))).toEqualTypeOf<
      Stream<[string, number]>
    >();
  });

  it("infers what the promises of a synchronous source give", () => {
    expectTypeOf(from([Promise.resolve(1)])).toEqualTypeOf<Stream<number>>();
    expectTypeOf(from([1, Promise.resolve(2)])).toEqualTypeOf<Stream<number>>();
  });

  it("infers the items of async sources", () => {
    expectTypeOf(from(generator)).toEqualTypeOf<Stream<number>>();
    expectTypeOf(from(asyncIterator)).toEqualTypeOf<Stream<string>>();
    expectTypeOf(from(web)).toEqualTypeOf<Stream<Uint8Array>>();
  });

  it("infers the items of an iterator", () => {
    expectTypeOf(from(iterator)).toEqualTypeOf<Stream<number>>();
  });

  it("gives a stream as it is", () => {
    expectTypeOf(from(range(3))).toEqualTypeOf<Stream<number>>();
    expectTypeOf(from(range(3), { closeGrace: 1 })).toEqualTypeOf<
      Stream<number>
    >();
  });

  it("has items of any type for an empty array", () => {
    expectTypeOf(from<number>([])).toEqualTypeOf<Stream<number>>();
  });

  it("takes a wider type of items than those there are", () => {
    expectTypeOf(from<number | string>([1])).toEqualTypeOf<
      Stream<number | string>
    >();
  });

  it("refuses what cannot be iterated over", () => {
    // @ts-expect-error A number is no source.
    from(1);
    // @ts-expect-error Nor is a promise of one.
    from(Promise.resolve([1]));
    // @ts-expect-error Nor is nothing.
    from();
  });

  it("takes a controller for its options, as it has a signal", () => {
    expectTypeOf<AbortController>().toExtend<StreamOptions>();
  });

  it("refuses options of other types", () => {
    // @ts-expect-error A grace is a number of milliseconds.
    from([1], { closeGrace: "1" });
    // @ts-expect-error A controller is no signal.
    from([1], { signal: new AbortController() });
  });
});

describe("stream()", () => {
  it("infers what the generator yields", () => {
    const items = stream(async function* () {
      yield 1;
    });

    expectTypeOf(items).toEqualTypeOf<Stream<number>>();
  });

  it("gives the generator a signal and a guard", () => {
    stream(async function* ({ signal, guard }) {
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      expectTypeOf(await guard(Promise.resolve(1))).toEqualTypeOf<number>();
      expectTypeOf(await guard("now")).toEqualTypeOf<string>();
      yield 1;
    });
  });

  it("refuses a generator that is synchronous", () => {
    // @ts-expect-error It cannot wait.
    stream(function* () {
      yield 1;
    });
  });
});

describe("iterable()", () => {
  it("infers the items of what its function makes", () => {
    expectTypeOf(iterable(() => range(3))).toEqualTypeOf<
      StreamIterable<number>
    >();
    expectTypeOf(iterable(() => "text")).toEqualTypeOf<
      StreamIterable<string>
    >();
  });

  it("gives streams", () => {
    const items = iterable(() => [1])[Symbol.asyncIterator]();

    expectTypeOf(items).toEqualTypeOf<Stream<number>>();
  });
});

describe("Stream", () => {
  it("is an async iterator, its own iterable, and disposable", () => {
    expectTypeOf<Stream<number>>().toExtend<AsyncIterableIterator<number>>();
    expectTypeOf<Stream<number>>().toExtend<AsyncDisposable>();
  });

  it("is read by a loop", async () => {
    for await (const item of from([1])) {
      expectTypeOf(item).toEqualTypeOf<number>();
    }
  });

  it("is one of wider items, too", () => {
    expectTypeOf<Stream<number>>().toExtend<Stream<unknown>>();
    expectTypeOf<Stream<number>>().toExtend<Stream<number | string>>();
    expectTypeOf<Stream<unknown>>().not.toExtend<Stream<number>>();
  });
});
