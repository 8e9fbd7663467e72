import { AsyncLocalStorage } from "node:async_hooks";
import { Readable } from "node:stream";
import { from, merge, range } from "sluice";
import { describe, expect, it } from "vitest";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";

describe("Readable.from()", () => {
  it("reads a stream to its end", async () => {
    expect(await Readable.from(range(3)).toArray()).toEqual([0, 1, 2]);
  });

  it("closes a stream when it is destroyed", async () => {
    const outcomes: string[] = [];
    const numbers = range(9).onClose(({ status }) => {
      outcomes.push(status);
    });
    const readable = Readable.from(numbers);
    readable.read();
    await loopTurns(2);

    readable.destroy();
    await loopTurns(3);

    expect(outcomes).toEqual(["unknown"]);
  });

  it("fails with what a stream fails with", async () => {
    const boom = new Error("boom");
    const failing = range(1).map(() => Promise.reject(boom));

    expect(await errorOf(Readable.from(failing).toArray())).toBe(boom);
  });
});

describe("from()", () => {
  it("reads a Node Readable, and destroys it when it is left", async () => {
    const readable = Readable.from([1, 2, 3]);

    const first = await from<number>(readable).take(1).toArray();

    expect(first).toEqual([1]);
    expect(readable.destroyed).toBe(true);
  });
});

describe("AsyncLocalStorage", () => {
  const storage = new AsyncLocalStorage<string>();

  it("gives callbacks the context of whoever reads, not of whoever made the stream", async () => {
    const seen: unknown[] = [];
    const numbers = storage.run("maker", () =>
      from(Readable.from([1, 2])).tap(async () => {
        seen.push(storage.getStore());
        await loopTurns();
        seen.push(storage.getStore());
      }),
    );

    await storage.run("reader", () => numbers.toArray());

    expect(seen).toEqual(["reader", "reader", "reader", "reader"]);
  });

  it.each([
    ["map() side by side", { concurrency: 2 }],
    ["map() out of order", { concurrency: 2, ordered: false }],
  ])("follows through %s", async (_, options) => {
    const numbers = range(3).map(async () => {
      await loopTurns();
      return storage.getStore();
    }, options);

    const seen = await storage.run("reader", () => numbers.toArray());

    expect(seen).toEqual(["reader", "reader", "reader"]);
  });

  it("follows through buffered() and merge()", async () => {
    const loaded = range(2)
      .map(async () => {
        await loopTurns();
        return storage.getStore();
      })
      .buffered(2);

    const seen = await storage.run("reader", () => merge(loaded).toArray());

    expect(seen).toEqual(["reader", "reader"]);
  });
});

describe("the stack of an error from a callback", () => {
  it("begins with the callback", async () => {
    const failing = range(1).map(function double(): never {
      throw new Error("boom");
    });

    const { stack } = (await errorOf(failing.toArray())) as Error;

    expect(stack?.split("\n")[1]).toContain("double");
  });
});
