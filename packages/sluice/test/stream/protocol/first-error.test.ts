import { describe, expect, it } from "vitest";
import { errorContext, from, merge, zip, type StreamSource } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";

const failure = new Error("first");
const closing = new Error("close");

function throwFailure(): never {
  throw failure;
}

describe("a stream that fails", () => {
  it.each<[string, () => StreamSource<number>]>([
    ["next() throws", () => ({ next: throwFailure })],
    ["next() rejects", () => tracked<number>([], { error: failure })[0]],
    [
      "a synchronous next() throws",
      () =>
        tracked<number, "iterable">([], {
          form: "iterable",
          error: failure,
        })[0],
    ],
    [
      "[Symbol.asyncIterator]() throws",
      () => ({ [Symbol.asyncIterator]: throwFailure }),
    ],
    ["[Symbol.iterator]() throws", () => ({ [Symbol.iterator]: throwFailure })],
    ["a promise that it gives rejects", () => [Promise.reject(failure)]],
  ])("gives the source's very error where %s", async (_, create) => {
    await expect(from(create()).toArray()).rejects.toBe(failure);
  });

  it.each([undefined, null, 0, "a string", Object.freeze(new Error("frozen"))])(
    "fails with whatever was thrown, as it is: %o",
    async (thrown) => {
      const items = from([1]).map(() => {
        throw thrown;
      });

      expect(await errorOf(items.toArray())).toBe(thrown);
    },
  );

  it("fails with the very error of a callback that throws", async () => {
    await expect(from([1]).map(throwFailure).toArray()).rejects.toBe(failure);
  });

  it("fails with the very error of a callback that rejects", async () => {
    const items = from([1]).map(() => Promise.reject(failure));

    await expect(items.toArray()).rejects.toBe(failure);
  });

  it("fails with what a callback's promise throws when it is looked at", async () => {
    const items = from([1]).map(() => ({
      get then(): never {
        throw failure;
      },
    }));

    await expect(items.toArray()).rejects.toBe(failure);
  });

  it("does not close a source that has thrown", async () => {
    const [source, track] = tracked([1], { error: failure });

    await errorOf(from(source).toArray());

    expect(track).toMatchObject({ returned: 0, open: 0 });
  });

  it("closes a source whose item a callback fails for, once", async () => {
    const [source, track] = tracked([1, 2]);

    await errorOf(from(source).map(throwFailure).toArray());

    expect(track).toMatchObject({ pulled: 1, returned: 1, closed: 1 });
  });

  it("closes a synchronous source that gives a promise which rejects", async () => {
    const [source, track] = tracked([Promise.reject(failure)], {
      form: "iterable",
    });

    await errorOf(from(source).toArray());

    expect(track).toMatchObject({ returned: 1, closed: 1 });
  });

  it("fails once the source has closed", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { closeDelay: 10 });

    const moment = await clock.run(async () => {
      await errorOf(from(source).map(throwFailure).toArray());
      return clock.now();
    });

    expect(moment).toBe(10);
  });

  it.each([1, undefined, null, "result"])(
    "fails with a TypeError where next() gives no result but %o",
    async (result) => {
      const items = from({ next: () => result } as never);

      await expect(items.next()).rejects.toThrow(TypeError);
    },
  );

  it("says what it was that next() gave", async () => {
    const items = from({ next: () => 1 } as never);

    await expect(items.next()).rejects.toThrow(
      new TypeError("Cannot iterate on 1: it is no result"),
    );
  });

  it.each<[string, StreamSource<number>]>([
    ["gives no object", { [Symbol.asyncIterator]: () => 1 } as never],
    [
      "gives what has no next()",
      { [Symbol.asyncIterator]: () => ({}) } as never,
    ],
  ])(
    "fails with a TypeError where [Symbol.asyncIterator]() %s",
    async (_, source) => {
      await expect(from(source).next()).rejects.toThrow(TypeError);
    },
  );
});

describe("the first error", () => {
  it("is given before one that closing throws, which is its context", async () => {
    const [source] = tracked([1, 2], { closeError: closing });

    const error = await errorOf(from(source).map(throwFailure).toArray());

    expect(error).toBe(failure);
    expect(errorContext(error)).toBe(closing);
  });

  it("is given by next(), too, before one that closing throws", async () => {
    const [source] = tracked([1, 2], { closeError: closing });

    const error = await errorOf(from(source).map(throwFailure).next());

    expect(error).toBe(failure);
    expect(errorContext(error)).toBe(closing);
  });

  it("has an AggregateError for its context where closing throws several", async () => {
    const failure = new Error("first, too");
    const [outer, inner] = [new Error("outer"), new Error("inner")];
    const [source] = tracked([1, 2], { closeError: outer });

    const error = await errorOf(
      from(source)
        .flatMap(() => tracked([3, 4], { closeError: inner })[0])
        .map(() => {
          throw failure;
        })
        .toArray(),
    );

    expect(error).toBe(failure);
    expect(errorContext(error)).toBeInstanceOf(AggregateError);
    expect(errorContext(error)).toMatchObject({
      message: "Cannot close the stream: 2 of its parts failed",
      errors: [inner, outer],
    });
  });

  it("cannot have a context where it is no object: the other is reported", async () => {
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeError: closing });

    const error = await errorOf(
      from(source, { onDetached })
        .map(() => {
          throw "a string";
        })
        .toArray(),
    );

    expect(error).toBe("a string");
    expect(reports).toMatchObject([{ cause: closing }]);
  });

  it("has no context where closing throws the same again", async () => {
    const failure = new Error("the same");
    const [source] = tracked([1, 2], { closeError: failure });

    const error = await errorOf(
      from(source)
        .map(() => {
          throw failure;
        })
        .toArray(),
    );

    expect(error).toBe(failure);
    expect(errorContext(error)).toBeUndefined();
  });

  it("is the first by time, of several sources", async () => {
    const clock = virtualClock();
    const { onDetached } = recordDetached();
    const later = new Error("later");
    const [slow] = tracked<number>([], { error: later, delay: 20 });
    const [quick] = tracked<number>([], { error: failure, delay: 10 });

    const error = await clock.run(() =>
      errorOf(from(merge(slow, quick), { onDetached }).toArray()),
    );

    expect(error).toBe(failure);
  });

  it("is not replaced by what fails while it closes: that is not lost", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const later = new Error("later");
    const options = { delay: 20, onReturn: "ignore" } as const;
    const [slow] = tracked<number>([], { error: later, ...options });
    const [quick] = tracked<number>([], { error: failure, delay: 10 });

    const error = await clock.run(() =>
      errorOf(from(merge(slow, quick), { onDetached }).toArray()),
    );

    expect(error).toBe(failure);
    expect(clock.steps).toEqual([10, 20]);
    expect([
      errorContext(error),
      ...reports.map(({ cause }) => cause),
    ]).toContain(later);
  });

  it("leaves no other unhandled", async () => {
    const { onDetached } = recordDetached();
    const [first] = tracked<number>([], { error: failure });
    const [second] = tracked<number>([], { error: new Error("second") });

    const unhandled = await findUnhandledRejections(() =>
      errorOf(from(zip([first, second]), { onDetached }).toArray()),
    );

    expect(unhandled).toEqual([]);
  });
});

describe("an error of closing", () => {
  it("fails a sink that has all it needs", async () => {
    const [source] = tracked([1, 2], { closeError: closing });

    await expect(from(source).take(1).toArray()).rejects.toBe(closing);
  });

  it("fails the reader of a loop that is left", async () => {
    const [source] = tracked([1, 2], { closeError: closing });
    const items = from(source);
    await items.next();

    await expect(items.return()).rejects.toBe(closing);
  });

  it("does not keep other sources from being closed", async () => {
    const [first, firstTrack] = tracked([1, 2], { closeError: closing });
    const [second, secondTrack] = tracked([1, 2]);
    const items = zip([first, second]);
    await items.next();

    await errorOf(items.return());

    expect([firstTrack.closed, secondTrack.closed]).toEqual([1, 1]);
  });

  it("is one of an AggregateError where there are several", async () => {
    const [one, two] = [new Error("one"), new Error("two")];
    const [first] = tracked([1, 2], { closeError: one });
    const [second] = tracked([1, 2], { closeError: two });
    const items = zip([first, second]);
    await items.next();

    const error = await errorOf(items.return());

    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({
      message: "Cannot close the stream: 2 of its parts failed",
      errors: [one, two],
    });
  });

  it("is told to the first who closes, and to nobody else", async () => {
    const [source] = tracked([1, 2], { closeError: closing });
    const items = from(source);
    await items.next();

    const results = await Promise.allSettled([items.return(), items.return()]);

    expect(results).toMatchObject([
      { status: "rejected", reason: closing },
      { status: "fulfilled" },
    ]);
  });
});
