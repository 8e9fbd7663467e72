import { createReadStream } from "node:fs";
import { createServer, connect, type Socket } from "node:net";
import { Duplex, PassThrough, Readable } from "node:stream";
import { once } from "node:events";
import { merge, type DetachedError, type Stream } from "sluice";
import { fromNode } from "sluice/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";
import { findUnhandledRejections } from "../support/unhandled-rejections.ts";

const boom = new Error("boom");

/** A Readable in object mode that is given its items from outside. */
function createOpen(...items: readonly unknown[]): Readable {
  const readable = new Readable({ objectMode: true, read() {} });
  for (const item of items) readable.push(item);
  return readable;
}

/** A Readable whose destroying fails, some time later. */
function createUnclosable(): Readable {
  return new Readable({
    objectMode: true,
    read() {},
    destroy(_, callback) {
      setImmediate(callback, boom);
    },
  });
}

describe("fromNode()", () => {
  it("gives the items of a Readable in object mode, in order", async () => {
    const readable = Readable.from([1, "two", undefined, { three: 3 }]);

    const items = await fromNode<unknown>(readable).toArray();

    expect(items).toEqual([1, "two", undefined, { three: 3 }]);
  });

  it("gives the bytes of a file, and ends when it is closed", async () => {
    const file = createReadStream(import.meta.filename, { highWaterMark: 100 });

    const chunks = await fromNode(file).toArray();

    expect(Buffer.concat(chunks).toString()).toContain("gives the bytes");
    expect(chunks.length).toBeGreaterThan(1);
    expect(file.closed).toBe(true);
  });

  it("gives strings, if the Readable has an encoding", async () => {
    const readable = Readable.from([Buffer.from("ü")], { objectMode: false });
    readable.setEncoding("utf8");

    expect(await fromNode<string>(readable).toArray()).toEqual(["ü"]);
  });

  it("reads nothing before it is asked, and no more than the Readable's buffer holds", async () => {
    let read = 0;
    const readable = new Readable({
      objectMode: true,
      highWaterMark: 2,
      read() {
        this.push(read++);
      },
    });
    const stream = fromNode<number>(readable);
    await loopTurns(3);
    const before = read;

    const first = await stream.next();
    await loopTurns(3);

    expect(before).toBe(0);
    expect(first.value).toBe(0);
    expect(read).toBeLessThanOrEqual(4);
    await stream.return();
  });

  it("waits for what comes later", async () => {
    const readable = createOpen();
    const stream = fromNode<string>(readable);

    const pending = stream.next();
    await loopTurns(2);
    readable.push("late");

    expect(await pending).toEqual({ value: "late", done: false });
    await stream.return();
  });

  it("destroys the Readable when it is left while a read is pending, and waits for it", async () => {
    const log: string[] = [];
    const readable = new Readable({
      read() {},
      destroy(_, callback) {
        setImmediate(() => {
          log.push("destroyed");
          callback(null);
        });
      },
    });
    readable.once("close", () => log.push("close"));
    const stream = fromNode(readable);
    const pending = stream.next();
    await loopTurns();

    await stream.return();
    log.push("returned");

    expect(log).toEqual(["destroyed", "close", "returned"]);
    expect(await pending).toEqual({ value: undefined, done: true });
  });

  it.each([
    ["return()", (stream: Stream<Buffer>) => stream.return()],
    ["take(0)", (stream: Stream<Buffer>) => stream.take(0).toArray()],
    ["merge()", (stream: Stream<Buffer>) => merge(stream, []).return()],
  ])("destroys a Readable that was never read: %s", async (_, leave) => {
    const readable = createOpen();

    await leave(fromNode(readable));

    expect(readable.closed).toBe(true);
  });

  it("stops when its signal aborts, and destroys the Readable", async () => {
    const controller = new AbortController();
    const readable = createOpen(1);
    const { signal } = controller;
    const stream = fromNode<number>(readable, { signal });
    await stream.next();

    const pending = errorOf(stream.next());
    controller.abort(boom);

    expect(await pending).toBe(boom);
    await stream.return();
    expect(readable.closed).toBe(true);
  });

  it.each([boom, "text", { not: "an error" }, true])(
    "throws what the Readable fails with, as it is: %s",
    async (failure) => {
      const readable = createOpen();
      const stream = fromNode(readable);
      const pending = errorOf(stream.next());

      readable.destroy(failure as Error);

      expect(await pending).toBe(failure);
      expect(await stream.next()).toEqual({ value: undefined, done: true });
    },
  );

  it("keeps an error that comes before the first read", async () => {
    const readable = createOpen();
    const stream = fromNode(readable);

    readable.destroy(boom);
    await loopTurns(2);

    expect(await errorOf(stream.next())).toBe(boom);
  });

  it("tells an error that nobody has read when it is closed", async () => {
    const readable = createOpen(1);
    const stream = fromNode(readable);
    await stream.next();
    readable.destroy(boom);
    await loopTurns(2);

    expect(await errorOf(stream.return())).toBe(boom);
  });

  it("tells that a Readable had failed before it was made", async () => {
    const readable = createOpen();
    readable.once("error", () => {});
    readable.destroy(boom);
    await loopTurns();

    expect(await errorOf(fromNode(readable).next())).toBe(boom);
  });

  it("takes a Readable that another destroys for one that fails", async () => {
    const readable = createOpen(1);
    const stream = fromNode(readable);
    await stream.next();

    readable.destroy();

    expect(await errorOf(stream.next())).toMatchObject({
      code: "ERR_STREAM_PREMATURE_CLOSE",
    });
  });

  it.each(["unread", "read", "pending"])(
    "throws what destroying fails with: %s",
    async (state) => {
      const readable = createUnclosable();
      const stream = fromNode(readable);
      if (state === "read") {
        readable.push(1);
        await stream.next();
      }
      const pending = state === "pending" ? stream.next() : undefined;

      expect(await errorOf(stream.return())).toBe(boom);
      expect((await pending)?.done ?? true).toBe(true);
    },
  );

  it("leaves the Readable alone at its end, if it does not destroy itself", async () => {
    const readable = new Readable({
      autoDestroy: false,
      read() {
        this.push(null);
      },
    });

    await fromNode(readable).toArray();

    expect(readable.destroyed).toBe(false);
  });

  it("destroys a Readable that fails and does not destroy itself", async () => {
    const readable = new Readable({ autoDestroy: false, read() {} });
    const pending = errorOf(fromNode(readable).next());

    readable.emit("error", boom);

    expect(await pending).toBe(boom);
    expect(readable.destroyed).toBe(true);
  });

  it("leaves the writing half of a Duplex open at the end of its reading half", async () => {
    const written: unknown[] = [];
    const duplex = new Duplex({
      read() {
        this.push(null);
      },
      write(chunk, _, callback) {
        written.push(String(chunk));
        callback();
      },
    });

    await fromNode(duplex).toArray();
    duplex.end("answer");
    await once(duplex, "close");

    expect(written).toEqual(["answer"]);
  });

  it("answers over a socket whose request has been read to its end", async () => {
    const server = createServer({ allowHalfOpen: true }, answer).listen(0);
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const client = connect({ port, allowHalfOpen: true });
    client.end("ping");

    const chunks = await fromNode(client).toArray();
    client.destroy();

    expect(Buffer.concat(chunks).toString()).toBe("PING");
  });

  it("reports what fails after the end, if nobody else listens", async () => {
    const reports: DetachedError[] = [];
    const duplex = new Duplex({ read() {}, write() {} });
    duplex.push(null);
    const onDetached = (error: DetachedError): void => void reports.push(error);
    await fromNode(duplex, { onDetached }).toArray();

    duplex.destroy(boom);
    await loopTurns();

    expect(reports.map(({ cause }) => cause)).toEqual([boom]);
  });

  it("says nothing of what fails after the end, if another listens", async () => {
    const reports: unknown[] = [];
    const heard: unknown[] = [];
    const duplex = new Duplex({ read() {}, write() {} });
    duplex.push(null);
    const onDetached = (error: DetachedError): void => void reports.push(error);
    await fromNode(duplex, { onDetached }).toArray();
    duplex.on("error", (error) => heard.push(error));

    duplex.destroy(boom);
    await loopTurns();

    expect([heard, reports]).toEqual([[boom], []]);
  });

  it("lets a Readable that does not close be after the grace", async () => {
    const reports: DetachedError[] = [];
    const readable = new Readable({ read() {}, destroy() {} });
    const onDetached = (error: DetachedError): void => void reports.push(error);
    const stream = fromNode(readable, { closeGrace: 1, onDetached });

    await stream.return();

    expect(reports).toHaveLength(1);
  });

  it("leaves no rejection unhandled", async () => {
    const reasons = await findUnhandledRejections(async () => {
      const failing = createOpen();
      const stream = fromNode(failing);
      failing.destroy(boom);
      await loopTurns(2);
      await errorOf(stream.return());
      await errorOf(fromNode(createUnclosable()).return());
    });

    expect(reasons).toEqual([]);
  });

  it("leaves no listener of its own that hinders", async () => {
    const through = new PassThrough({ objectMode: true });
    const stream = fromNode<number>(through);
    through.end(1);

    await stream.toArray();

    expect(through.listenerCount("readable")).toBe(0);
  });

  it.each([undefined, null, {}, "text", new Set()])(
    "refuses what is no Readable, at once: %s",
    (value) => {
      expect(() => fromNode(value as Readable)).toThrow(TypeError);
    },
  );

  it("says what it was given", () => {
    expect(() => fromNode("text" as unknown as Readable)).toThrow(
      'Cannot make a stream of "text": it is no Readable of Node',
    );
  });
});

/** Reads a request to its end, and then answers it. */
function answer(socket: Socket): void {
  fromNode(socket)
    .toArray()
    .then(
      (chunks) => socket.end(Buffer.concat(chunks).toString().toUpperCase()),
      (error: unknown) => socket.destroy(error as Error),
    );
}
