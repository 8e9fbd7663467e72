import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { from, merge, range, type Stream, type StreamOptions } from "sluice";
import { loopTurns } from "../../support/loop-turns.ts";

/** Counts how many items of a synchronous source come before the event loop turns. */
async function countItemsBeforeTurn(
  options: StreamOptions,
  msAnItem = 0,
): Promise<number> {
  let seen = 0;
  let seenAtTurn: number | undefined;
  setImmediate(() => {
    seenAtTurn = seen;
  });
  await from(range(1000), options).forEach(() => {
    seen += 1;
    vi.advanceTimersByTime(msAnItem);
  });
  await loopTurns();
  return seenAtTurn ?? NaN;
}

const options: StreamOptions = { timeBudget: 0 };

async function* count(): AsyncGenerator<number, void, undefined> {
  for (let item = 0; item < 1e5; item++) yield item;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  vi.advanceTimersByTime(1);
});
afterEach(() => {
  vi.useRealTimers();
});

describe("timeBudget", () => {
  it("is 10 ms: a source that never pauses gives way to the event loop after that", async () => {
    const seen = await countItemsBeforeTurn({}, 1);

    expect(seen).toBeGreaterThanOrEqual(10);
    expect(seen).toBeLessThan(1000);
  });

  it("is not used up by work that takes no time", async () => {
    const seen = await countItemsBeforeTurn({});

    expect(seen).toBe(1000);
  });

  it("is as long as it is said to be", async () => {
    const seen = await countItemsBeforeTurn({ timeBudget: 500 }, 1);

    expect(seen).toBeGreaterThanOrEqual(500);
    expect(seen).toBeLessThan(1000);
  });

  it("may be for ever", async () => {
    const seen = await countItemsBeforeTurn({ timeBudget: Infinity }, 1);

    expect(seen).toBe(1000);
  });

  it("may be no time at all: the event loop turns again and again", async () => {
    let turns = 0;
    const count = (): void => {
      turns += 1;
      immediate = setImmediate(count);
    };
    let immediate = setImmediate(count);

    await from(range(1000), { timeBudget: 0 }).forEach(() => undefined);
    clearImmediate(immediate);

    expect(turns).toBeGreaterThan(5);
  });

  it("lets a timer fire in the midst of the items", async () => {
    let hasFired = false;
    const timer = setTimeout(() => {
      hasFired = true;
    }, 0);

    const found = await from(range(1e6), { timeBudget: 0 }).find(
      () => hasFired,
    );

    clearTimeout(timer);
    expect(found).toBeDefined();
  });

  it.each<[string, () => Stream<number>]>([
    ["several sources", () => from(merge(range(1e6), range(1e6)), options)],
    ["inner sources", () => from([0, 1], options).flatMap(() => range(1e6))],
    ["a buffer", () => from(range(1e6), options).buffered(4)],
  ])("lets a timer fire in the midst of the items of %s", async (_, create) => {
    let hasFired = false;
    const timer = setTimeout(() => {
      hasFired = true;
    }, 0);

    const found = await create().find(() => hasFired);

    clearTimeout(timer);
    expect(found).toBeDefined();
  });

  it("lets a timer fire in the midst of an async source that is always ready", async () => {
    let hasFired = false;
    const timer = setTimeout(() => {
      hasFired = true;
    }, 0);

    const found = await from(count(), options).find(() => hasFired);

    clearTimeout(timer);
    expect(found).toBeDefined();
  });

  it("is inherited by what is made of the stream", async () => {
    let hasTurned = false;
    setImmediate(() => {
      hasTurned = true;
    });

    const found = await from(range(1e6), { timeBudget: 0 })
      .map(String)
      .filter(() => hasTurned)
      .take(1)
      .toArray();

    expect(found).toHaveLength(1);
  });

  it("does not change what comes out, nor in which order", async () => {
    const items = await from(range(1000), { timeBudget: 0 }).toArray();

    expect(items).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  });

  it("is shared with a loop of the reader's, which may leave in the midst", async () => {
    const seen: number[] = [];

    for await (const item of from(range(1e6), { timeBudget: 0 })) {
      seen.push(item);
      if (item === 500) break;
    }

    expect(seen).toHaveLength(501);
  });
});
