import { describe, expect, it } from "vitest";
import type { Stream } from "sluice";
import {
  operatorLaws,
  type LawfulOperator,
  type OperatorLawsOptions,
} from "sluice/testing";

/** Gives the titles of the laws that an operator breaks. */
async function findBroken(
  operator: LawfulOperator,
  options?: OperatorLawsOptions,
): Promise<string[]> {
  const broken: string[] = [];
  for (const { title, check } of operatorLaws(operator, options)) {
    await check().catch(() => broken.push(title));
  }
  return broken;
}

async function* repeat(source: AsyncIterable<number>) {
  for await (const item of source) yield item;
}

/** An operator that hands everything on, but for what is replaced. */
function handOn(
  source: Stream<number>,
  replaced: Partial<AsyncIterator<number>>,
): AsyncIterator<number> {
  return {
    next: () => source.next(),
    return: () => source.return(),
    ...replaced,
  };
}

describe("operatorLaws()", () => {
  it("finds nothing in an iterator that keeps them", async () => {
    expect(await findBroken((source) => handOn(source, {}))).toEqual([]);
  });

  it("finds nothing in an async generator that is said to be one", async () => {
    expect(await findBroken(repeat, { isGenerator: true })).toEqual([]);
  });

  it("finds what an async generator cannot do", async () => {
    expect(await findBroken(repeat)).toEqual([
      "closes a source that is there, when it is left before its first next()",
      "can be left while its source is silent: next() is answered at once",
      "gives up a source that does not close in time, and reports it",
      "reports what its source fails with once it has been left",
    ]);
  });

  it("finds what is said to combine, and tells of a signal before all is closed", async () => {
    const options = { combines: true };

    expect(await findBroken((source) => handOn(source, {}), options)).toEqual([
      "fails with its source's signal's reason, once that is closed",
    ]);
  });

  it("finds an operator that does not close its source", async () => {
    const broken = await findBroken((source) =>
      handOn(source, {
        return: async () => ({ done: true, value: undefined }),
      }),
    );

    expect(broken).toContain(
      "closes its source once, and waits for it, when a loop breaks off",
    );
  });

  it("finds an operator that does not wait for closing", async () => {
    const broken = await findBroken((source) =>
      handOn(source, {
        return: async () => {
          source.return().catch(() => {});
          return { done: true, value: undefined };
        },
      }),
    );

    expect(broken).toContain(
      "closes its source once, and waits for it, when a loop breaks off",
    );
  });

  it("finds an operator that reads too far", async () => {
    const broken = await findBroken((source) => source.buffered(2), {
      readsAhead: 1,
    });

    expect(broken).toEqual(["reads no further than it should"]);
  });

  it("finds an operator that begins by itself", async () => {
    const broken = await findBroken(
      (source) => source.buffered(2, { eager: true }),
      { readsAhead: 2 },
    );

    expect(broken).toContain(
      "opens its source with the first next(), and not before",
    );
  });

  it("finds an operator that gives something else", async () => {
    const broken = await findBroken((source) => source.map((item) => -item));

    expect(broken).toContain(
      "gives what it should, and leaves nothing open at the end",
    );
  });

  it("finds an operator that loses the order", async () => {
    const broken = await findBroken(
      (source, callback) =>
        source.map(callback, { concurrency: 3, ordered: false }),
      { readsAhead: 3 },
    );

    expect(broken).toContain(
      "keeps the order of its items, however long its callback takes",
    );
  });

  it("finds an operator that swallows failures", async () => {
    const broken = await findBroken((source) => source.catch(() => {}));

    expect(broken).toContain(
      "fails with what its source fails with, which it does not close",
    );
  });

  it("refuses what is no function, and what gives too little", () => {
    // @ts-expect-error -- it is no function
    expect(() => operatorLaws("map")).toThrow(TypeError);
    expect(() =>
      operatorLaws((source) => source, { gives: () => [1] }),
    ).toThrow(
      new RangeError(
        "Cannot check the laws of an operator that gives 1 items for 12: after 2 more must be to come",
      ),
    );
  });
});
