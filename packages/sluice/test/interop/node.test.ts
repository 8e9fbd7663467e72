import { AsyncLocalStorage } from "node:async_hooks";
import { Readable } from "node:stream";
import { from, merge, range, type Stream } from "sluice";
import { describe, expect, it } from "vitest";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";
import { recordDetached } from "../support/record-detached.ts";

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

describe("from() over a Node Readable that fails while it closes", () => {
  const failure = new Error("close");

  function createReadable(count: number): Readable {
    let index = 0;
    return new Readable({
      objectMode: true,
      highWaterMark: 1,
      read() {
        this.push(index < count ? index++ : null);
      },
      destroy(_, done) {
        done(failure);
      },
    });
  }

  it.each<[string, (items: Stream<number>) => Promise<unknown>]>([
    ["left before it was read", (items) => items.return()],
    ["left while it is read", (items) => items.take(1).toArray()],
    ["read to its end", (items) => items.toArray()],
  ])("fails with that: %s", async (_, read) => {
    expect(await errorOf(read(from<number>(createReadable(3))))).toBe(failure);
  });

  it("fails with what it was told between two reads, too", async () => {
    const readable = new Readable({ objectMode: true, read: () => {} });
    readable.push(1);
    const items = from<number>(readable);
    await items.next();

    readable.emit("error", failure);

    expect(await errorOf(items.return())).toBe(failure);
  });

  it("fails with the error of one that keeps none, as an older one", async () => {
    const readable = createReadable(3);
    Object.defineProperty(readable, "errored", { value: undefined });
    const items = from<number>(readable);
    await items.next();

    expect(await errorOf(items.return())).toBe(failure);
  });

  it("reports what it fails with once it has been closed", async () => {
    const { reports, onDetached } = recordDetached();
    const readable = new Readable({ objectMode: true, read: () => {} });
    const items = from<number>(readable, { onDetached });
    await items.return();

    readable.emit("error", failure);

    expect(reports.map(({ cause }) => cause)).toEqual([failure]);
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
