import { describe, expect, it } from "vitest";
import { channel, from, range, type Stream } from "sluice";
import { tracked } from "sluice/testing";
import { countTurns } from "../../support/count-turns.ts";

/** What awaiting takes by itself. */
const [, unit] = await Promise.all([
  countTurns(() => Promise.resolve()),
  countTurns(() => Promise.resolve()),
]);

async function* count(end: number): AsyncGenerator<number, void, undefined> {
  for (let item = 0; item < end; item++) yield item;
}

/** A source that is never paused for, however slow the machine is. */
function hundred(): Stream<number> {
  return from(range(100), { timeBudget: Infinity });
}

/** Pipelines of more and more synchronous steps. */
const steps: [string, (items: Stream<number>) => Stream<number>][] = [
  ["one step", (items) => items.map((item) => item + 1)],
  [
    "two steps",
    (items) => items.map((item) => item + 1).filter((item) => item >= 0),
  ],
  [
    "six steps",
    (items) =>
      items
        .map((item) => item + 1)
        .filter((item) => item >= 0)
        .tap(() => undefined)
        .scan((_, item) => item, 0)
        .drop(0)
        .takeWhile(() => true),
  ],
];

describe("a sink over a synchronous source", () => {
  it.each<[string, (items: Stream<number>) => Promise<unknown>]>([
    ["toArray()", (items) => items.toArray()],
    ["toSet()", (items) => items.toSet()],
    ["toMap()", (items) => items.map((item) => [item, item] as const).toMap()],
    ["reduce()", (items) => items.reduce((a, b) => a + b)],
    ["forEach()", (items) => items.forEach(() => undefined)],
    ["some()", (items) => items.some((item) => item < 0)],
    ["every()", (items) => items.every((item) => item >= 0)],
    ["find()", (items) => items.find((item) => item === 99)],
  ])("is done without a pause: %s", async (_, sink) => {
    const turns = await countTurns(() => sink(hundred()));

    expect(turns).toBe(unit);
  });

  it.each(steps)("is done without a pause through %s", async (_, pipe) => {
    const turns = await countTurns(() => pipe(hundred()).toArray());

    expect(turns).toBe(unit);
  });

  it("is done without a pause through operators of several items and sources", async () => {
    const turns = await countTurns(() =>
      hundred()
        .flatMap((item) => [item, item])
        .chunks(3)
        .flatMap((items) => range(items.length))
        .windows(2)
        .indexed()
        .toArray(),
    );

    expect(turns).toBe(unit);
  });

  it("is done inside of the call", () => {
    const seen: number[] = [];
    const done = range(3).forEach((item) => {
      seen.push(item);
    });

    expect(seen).toEqual([0, 1, 2]);
    return done;
  });

  it("rejects, and does not throw, where a callback fails", async () => {
    const failure = new Error("callback");

    const done = range(3).forEach(() => {
      throw failure;
    });

    await expect(done).rejects.toBe(failure);
  });

  it("is done inside of the call where it needs no more than a part", async () => {
    const [source, track] = tracked([1, 2, 3], { form: "iterable" });

    const found = from(source).find((item) => item === 2);

    expect(track).toMatchObject({ pulled: 2, returned: 1 });
    await expect(found).resolves.toBe(2);
  });
});

describe("a sink over an asynchronous source", () => {
  it.each(steps)(
    "spends as many turns through %s as through none",
    async (_, pipe) => {
      const none = await countTurns(() => from(count(50)).toArray());

      const some = await countTurns(() => pipe(from(count(50))).toArray());

      expect(some).toBe(none);
    },
  );

  it("spends no more turns for an item than a loop by hand", async () => {
    const byHand = async (end: number): Promise<void> => {
      for await (const _item of count(end));
    };
    const handTurns =
      (await countTurns(() => byHand(60))) -
      (await countTurns(() => byHand(10)));

    const turns =
      (await countTurns(() => from(count(60)).toArray())) -
      (await countTurns(() => from(count(10)).toArray()));

    expect(turns).toBeLessThanOrEqual(handTurns);
  });

  it("spends one turn for a callback's promise that is there", async () => {
    const turns =
      (await countTurns(() =>
        range(60)
          .map(async (item) => item)
          .toArray(),
      )) -
      (await countTurns(() =>
        range(10)
          .map(async (item) => item)
          .toArray(),
      ));

    expect(turns).toBe(50);
  });
});

describe("next()", () => {
  it("spends one turn where the item is there", async () => {
    const items = range(3);

    const turns = await countTurns(() => items.next());

    expect(turns).toBe(unit);
  });

  it.each(steps)(
    "spends as many turns through %s as through none",
    async (_, pipe) => {
      const none = from(count(3));
      const some = pipe(from(count(3)));

      const turns = await countTurns(() => none.next());

      expect(await countTurns(() => some.next())).toBe(turns);
    },
  );

  it("spends one turn where a buffer has the item", async () => {
    const items = from(count(9)).buffered(3);
    await items.next();
    await new Promise(setImmediate);

    const turns = await countTurns(() => items.next());

    expect(turns).toBe(unit);
  });

  it("spends one turn where a channel has the item", async () => {
    const { trySend, receiver } = channel<number>({ capacity: 2 });
    trySend(1);

    const turns = await countTurns(() => receiver.next());

    expect(turns).toBe(unit);
  });
});

describe("closing", () => {
  it.each<[string, () => Stream<number>]>([
    ["an array", () => from([1, 2, 3])],
    ["a generator", () => range(9)],
  ])("spends no turn on %s", async (_, create) => {
    const turns = await countTurns(() => create().take(2).toArray());

    expect(turns).toBe(unit);
  });

  it("waits for no timer where everything closes at once", async () => {
    const [source] = tracked([1, 2]);
    const items = from(source);
    await items.next();

    const turns = await countTurns(() => items.return());

    expect(turns).toBeLessThan(20);
  });
});
