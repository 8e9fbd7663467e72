import { describe, expect, it } from "vitest";
import { anext, asyncGenerator } from "sluice";
import { collectGarbage } from "../support/heap.ts";

describe("asyncGenerator(): generators that nobody closes", () => {
  it("2.5.30 a generator that becomes garbage is not closed: its `finally` never runs, and nobody is told (differs)", async () => {
    const log: string[] = [];
    const create = asyncGenerator(async function* () {
      try {
        yield 1;
      } finally {
        log.push("finally");
      }
    });

    const abandoned = await startOne(create);
    await collectGarbage();

    expect(abandoned.deref()).toBeUndefined();
    expect(log).toEqual([]);
  });
});

async function startOne(
  create: () => AsyncIterator<number, void, undefined>,
): Promise<WeakRef<object>> {
  const generator = create();
  await anext(generator);
  return new WeakRef(generator);
}
