import { once } from "node:events";
import { PassThrough, Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  BusyError,
  channel,
  errorContext,
  from,
  range,
  stream,
  type Stream,
} from "sluice";
import { fromNode, toNode } from "sluice/node";
import { describe, expect, it } from "vitest";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";

const boom = new Error("boom");

/** A stream of 1, and then of nothing for ever, that notes how it is closed. */
function createStuck(log: string[]): Stream<number> {
  return stream(async function* ({ guard }) {
    try {
      yield 1;
      await guard(new Promise(() => {}));
    } finally {
      await loopTurns(2);
      log.push("closed");
    }
  });
}

describe("toNode()", () => {
  it("gives the items as they are, in order", async () => {
    const readable = toNode([1, undefined, { two: 2 }]);

    expect(await readable.toArray()).toEqual([1, undefined, { two: 2 }]);
  });

  it("gives bytes, if that is asked for", async () => {
    const readable = toNode(["a", Buffer.from("b"), new Uint8Array([99])], {
      objectMode: false,
    });

    const chunks = (await readable.toArray()) as Buffer[];

    expect(Buffer.concat(chunks).toString()).toBe("abc");
  });

  it("goes on after empty pieces, and after halves of a character", async () => {
    const [first, ...rest] = Buffer.from("ü");
    const readable = toNode(
      ["", Buffer.from([first ?? 0]), "", Buffer.from(rest), "!"],
      { objectMode: false },
    );
    readable.setEncoding("utf8");

    const text = (await readable.toArray()).join("");

    expect(text).toBe("ü!");
  });

  it("reads an item when it is asked for one, and none ahead", async () => {
    let read = 0;
    const readable = toNode(range(5).tap(() => ++read));
    await loopTurns(3);
    const before = read;

    const iterator = readable[Symbol.asyncIterator]();
    await iterator.next();
    await loopTurns(3);

    expect([before, read]).toEqual([0, 1]);
    readable.destroy();
  });

  it("reads ahead as far as highWaterMark says", async () => {
    let read = 0;
    const readable = toNode(
      range(9).tap(() => ++read),
      { highWaterMark: 3 },
    );

    readable.read(0);
    await loopTurns(3);

    expect(read).toBe(3);
    readable.destroy();
  });

  it("is held back by a slow Writable", async () => {
    let read = 0;
    let most = 0;
    let written = 0;
    const writable = new Writable({
      objectMode: true,
      highWaterMark: 1,
      write(_chunk, _encoding, callback) {
        most = Math.max(most, read - written++);
        setImmediate(callback);
      },
    });

    await pipeline(toNode(range(50).tap(() => ++read)), writable);

    expect(written).toBe(50);
    expect(most).toBeLessThanOrEqual(3);
  });

  it("closes the stream when it is destroyed, and then emits close", async () => {
    const log: string[] = [];
    const readable = toNode(createStuck(log));
    readable.once("close", () => log.push("close"));
    readable.read(0);
    await loopTurns();

    readable.destroy();
    await once(readable, "close");

    expect(log).toEqual(["closed", "close"]);
  });

  it("closes the stream while an item is waited for", async () => {
    const log: string[] = [];
    const readable = toNode(createStuck(log));
    const iterator = readable[Symbol.asyncIterator]();
    await iterator.next();
    const pending = errorOf(iterator.next());
    await loopTurns();

    readable.destroy();
    await once(readable, "close");

    expect(log).toEqual(["closed"]);
    expect(await pending).toMatchObject({ code: "ERR_STREAM_PREMATURE_CLOSE" });
  });

  it("closes a stream that was never read", async () => {
    const numbers = channel<number>();
    const readable = toNode(numbers.receiver);

    readable.destroy();
    await once(readable, "close");

    expect(await errorOf(numbers.send(1))).toMatchObject({
      code: "SLUICE_CLOSED",
    });
  });

  it("emits close after the end", async () => {
    const readable = toNode([1]);

    readable.resume();
    await once(readable, "close");

    expect(readable.readableEnded).toBe(true);
  });

  it.each([boom, "text", { not: "an error" }])(
    "fails with what the stream fails with, as it is: %s",
    async (failure) => {
      const failing = range(1).map(() => Promise.reject(failure));

      expect(await errorOf(toNode(failing).toArray())).toBe(failure);
    },
  );

  it.each([undefined, null, 0, ""])(
    "fails with an error whose cause is what Node takes for none: %s",
    async (failure) => {
      const failing = range(1).map(() => Promise.reject(failure));

      const error = await errorOf(toNode(failing).toArray());

      expect(error).toBeInstanceOf(Error);
      expect((error as Error).cause).toBe(failure);
    },
  );

  it("fails with what it is destroyed with, once the stream is closed", async () => {
    const log: string[] = [];
    const readable = toNode(createStuck(log));
    readable.read(0);
    await loopTurns();
    readable.once("error", (error) => log.push(error.message));

    readable.destroy(boom);
    await loopTurns(5);

    expect(log).toEqual(["closed", "boom"]);
  });

  it("fails with what closing fails with", async () => {
    const readable = toNode(range(3).onClose(() => Promise.reject(boom)));

    const failed = errorOf(once(readable, "end"));
    readable.destroy();

    expect(await failed).toBe(boom);
  });

  it("keeps what closing fails with reachable from the error before it", async () => {
    const first = new Error("first");
    const readable = toNode(range(3).onClose(() => Promise.reject(boom)));

    const failed = errorOf(once(readable, "end"));
    readable.destroy(first);

    expect(await failed).toBe(first);
    expect(errorContext(first)).toBe(boom);
  });

  it("refuses null, which stands for the end, and closes the stream", async () => {
    const outcomes: string[] = [];
    const items = from([1, null]).onClose(({ status }) => {
      outcomes.push(status);
    });

    const error = await errorOf(toNode(items).toArray());

    expect(error).toEqual(
      new TypeError(
        "Cannot put null into a Readable of Node: it stands for its end",
      ),
    );
    expect(outcomes).toEqual(["unknown"]);
  });

  it.each([undefined, null, 1, {}])(
    "refuses what is no bytes, where it gives bytes: %s",
    async (item) => {
      const readable = toNode(["a", item], { objectMode: false });

      expect(await errorOf(readable.toArray())).toBeInstanceOf(TypeError);
    },
  );

  it("takes the stream over", async () => {
    const items = range(3);

    const readable = toNode(items);

    expect(() => items.map((item) => item)).toThrow(BusyError);
    expect(await errorOf(items.next())).toBeInstanceOf(BusyError);
    expect(() => toNode(items)).toThrow(BusyError);
    expect(await readable.toArray()).toEqual([0, 1, 2]);
  });

  it("refuses what cannot be iterated over, at once", () => {
    expect(() => toNode(1 as unknown as Iterable<never>)).toThrow(TypeError);
  });

  it("gives back a stream that fromNode() reads, and the other way round", async () => {
    const there = toNode(fromNode<number>(Readable.from([1, 2, 3])));

    expect(await fromNode<number>(there).toArray()).toEqual([1, 2, 3]);
  });
});

describe("pipeline() of Node with toNode()", () => {
  it("writes a stream into a Writable, and ends it", async () => {
    const target = new PassThrough({ encoding: "utf8" });

    await pipeline(toNode(["a", "b"], { objectMode: false }), target);

    expect(target.read()).toBe("ab");
  });

  it("closes the stream when the Writable fails while an item is waited for", async () => {
    const log: string[] = [];
    const items = createStuck(log);
    const writable = new Writable({
      objectMode: true,
      write(_chunk, _encoding, callback) {
        callback();
        setImmediate(() => this.destroy(boom));
      },
    });

    const error = await errorOf(pipeline(toNode(items), writable));
    // Node 20 does not wait.
    await items.return();

    expect(error).toBe(boom);
    expect(log).toEqual(["closed"]);
  });

  it("rejects with what the stream fails with, and destroys the Writable", async () => {
    const writable = new PassThrough({ objectMode: true });
    const failing = range(1).map(() => Promise.reject(boom));

    const error = await errorOf(pipeline(toNode(failing), writable));

    expect(error).toBe(boom);
    expect(writable.destroyed).toBe(true);
  });

  it("stops when its signal aborts", async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const { signal } = controller;
    const items = createStuck(log);

    const failed = errorOf(
      pipeline(toNode(items), new PassThrough({ objectMode: true }), {
        signal,
      }),
    );
    await loopTurns(2);
    controller.abort(boom);

    expect(await failed).toMatchObject({ name: "AbortError", cause: boom });
    await items.return();
    expect(log).toEqual(["closed"]);
  });
});
