import { describe, expect, it } from "vitest";
import { CancelledError, from, type CallContext, type Stream } from "sluice";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";

type Look = (context: CallContext) => void;
type Wait = (context: CallContext) => Promise<void>;

/** Every callback that is given a context, to be called for each item. */
const callbacks: [
  string,
  (items: Stream<string>, look: Look) => Promise<unknown>,
][] = [
  [
    "map()",
    (items, look) => items.map((_, context) => look(context)).toArray(),
  ],
  [
    "filter()",
    (items, look) => items.filter((_, context) => look(context)).toArray(),
  ],
  [
    "tap()",
    (items, look) => items.tap((_, context) => look(context)).toArray(),
  ],
  [
    "takeWhile()",
    (items, look) =>
      items
        .takeWhile((_, context) => {
          look(context);
          return true;
        })
        .toArray(),
  ],
  [
    "dropWhile()",
    (items, look) =>
      items
        .dropWhile((_, context) => {
          look(context);
          return true;
        })
        .toArray(),
  ],
  [
    "flatMap()",
    (items, look) =>
      items
        .flatMap((_, context) => {
          look(context);
          return [];
        })
        .toArray(),
  ],
  [
    "scan()",
    (items, look) =>
      items
        .scan<unknown>((_, __, context) => look(context), undefined)
        .toArray(),
  ],
  [
    "reduce()",
    (items, look) =>
      items.reduce<unknown>((_, __, context) => look(context), undefined),
  ],
  ["forEach()", (items, look) => items.forEach((_, context) => look(context))],
  ["some()", (items, look) => items.some((_, context) => look(context))],
  [
    "every()",
    (items, look) =>
      items.every((_, context) => {
        look(context);
        return true;
      }),
  ],
  ["find()", (items, look) => items.find((_, context) => look(context))],
  [
    "map() with concurrency",
    (items, look) =>
      items.map((_, context) => look(context), { concurrency: 2 }).toArray(),
  ],
  [
    "filter() with concurrency",
    (items, look) =>
      items.filter((_, context) => look(context), { concurrency: 2 }).toArray(),
  ],
  [
    "flatMap() with concurrency",
    (items, look) =>
      items
        .flatMap(
          (_, context) => {
            look(context);
            return [];
          },
          { concurrency: 2 },
        )
        .toArray(),
  ],
  [
    "forEach() with concurrency",
    (items, look) =>
      items.forEach((_, context) => look(context), { concurrency: 2 }),
  ],
  [
    "map() right before buffered()",
    (items, look) =>
      items
        .map((_, context) => look(context))
        .buffered(2)
        .toArray(),
  ],
];

describe.each(callbacks)("the context of a callback of %s", (_, run) => {
  it("tells how many items the callback was given before", async () => {
    const indices: number[] = [];

    await run(from(["a", "b", "c"]), ({ index }) => {
      indices.push(index);
    });

    expect(indices).toEqual([0, 1, 2]);
  });

  it("has a signal that does not abort when the stream ends by itself", async () => {
    let seen: AbortSignal | undefined;

    await run(from(["a"]), ({ signal }) => {
      seen = signal;
    });

    expect(seen?.aborted).toBe(false);
  });

  it("has a signal that aborts when the callback fails, with a cancellation that tells why", async () => {
    const failure = new Error("callback");
    let seen: AbortSignal | undefined;

    const error = await errorOf(
      run(from(["a"]), ({ signal }) => {
        seen = signal;
        throw failure;
      }),
    );

    expect(error).toBe(failure);
    expect(seen?.reason).toBeInstanceOf(CancelledError);
    expect(seen?.reason).toMatchObject({
      name: "AbortError",
      message: "Cannot go on: the stream is closed",
      cause: failure,
    });
  });
});

describe("the context of a callback", () => {
  it("counts what that callback was given, and not what others were", async () => {
    const indices: [string, number][] = [];

    await from([1, 2, 3, 4])
      .map((item, { index }) => {
        indices.push(["first", index]);
        return item;
      })
      .filter((item) => item % 2 === 0)
      .tap((_, { index }) => {
        indices.push(["last", index]);
      })
      .toArray();

    expect(indices.filter(([name]) => name === "last")).toEqual([
      ["last", 0],
      ["last", 1],
    ]);
  });

  it("counts from 0 for each of two that are neighbours", async () => {
    const indices: number[] = [];

    await from(["a", "b", "c"])
      .filter((item) => item !== "a")
      .filter((_, { index }) => {
        indices.push(index);
        return true;
      })
      .toArray();

    expect(indices).toEqual([0, 1]);
  });

  it("is the same until the callback's promise has settled", async () => {
    const indices: number[] = [];

    await from(["a", "b"])
      .map(async (_, context) => {
        await Promise.resolve();
        indices.push(context.index);
      })
      .toArray();

    expect(indices).toEqual([0, 1]);
  });

  it.each<[string, (items: Stream<number>, run: Wait) => Stream<unknown>]>([
    [
      "map()",
      (items, run) =>
        items.map((_, context) => run(context), { concurrency: 3 }),
    ],
    [
      "a map() right before buffered()",
      (items, run) => items.map((_, context) => run(context)).buffered(3),
    ],
  ])("belongs to its call where several run at once: %s", async (_, runAll) => {
    const indices: number[] = [];

    await runAll(from([0, 1, 2]), async (context) => {
      await Promise.resolve();
      indices.push(context.index);
    }).toArray();

    expect(indices).toEqual([0, 1, 2]);
  });

  it("has the same signal for every item", async () => {
    const signals = new Set<AbortSignal>();

    await from([1, 2])
      .map((_, { signal }) => signals.add(signal))
      .toArray();

    expect(signals.size).toBe(1);
  });

  it("has a signal that aborts when the stream is left", async () => {
    let seen: AbortSignal | undefined;
    const items = from([1, 2]).map((_, { signal }) => {
      seen = signal;
    });
    await items.next();

    await items.return();

    expect(seen?.reason).toBeInstanceOf(CancelledError);
    expect(seen?.reason).toMatchObject({
      message: "Cannot go on: the stream is closed",
    });
    expect(seen?.reason).not.toHaveProperty("cause");
  });

  it("has a signal that aborts at once, while the callback runs", async () => {
    const work = createDeferred();
    let seen: AbortSignal | undefined;
    const items = from([1]).map((_, { signal }) => {
      seen = signal;
      return work.promise;
    });
    const pending = items.next();

    const left = items.return();

    expect(seen?.aborted).toBe(true);
    work.resolve();
    await Promise.all([left, pending]);
  });

  it("has a signal that aborts when what comes after the callback fails", async () => {
    const failure = new Error("later");
    let seen: AbortSignal | undefined;

    await errorOf(
      from([1, 2, 3, 4])
        .map((_, { signal }) => {
          seen = signal;
        })
        .chunks(1)
        .buffered(1)
        .forEach(() => Promise.reject(failure)),
    );

    expect(seen?.aborted).toBe(true);
    expect(seen?.reason).toMatchObject({ cause: failure });
  });

  it("has a signal that aborts when the source fails", async () => {
    const failure = new Error("source");
    let seen: AbortSignal | undefined;

    await errorOf(
      from([1, Promise.reject(failure)])
        .map((_, { signal }) => {
          seen = signal;
        })
        .toArray(),
    );

    expect(seen?.reason).toMatchObject({ cause: failure });
  });

  it("has a signal that tells the other calls that run at once of a failure", async () => {
    const failure = new Error("one of them");
    const signals: AbortSignal[] = [];

    await errorOf(
      from([1, 2])
        .map(
          (item, { signal }) => {
            signals.push(signal);
            if (item === 1) return Promise.reject(failure);
            return new Promise((resolve) => {
              signal.addEventListener("abort", resolve);
            });
          },
          { concurrency: 2 },
        )
        .toArray(),
    );

    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});
