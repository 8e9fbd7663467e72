import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channel, ClosedError, OverflowError, SluiceError } from "sluice";
import { errorOf } from "../../support/error-of.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";
import { stateOf } from "../../support/state-of.ts";

const end = { done: true, value: undefined };
const reason = new Error("enough");

describe("OverflowError", () => {
  it("has a name and a code", () => {
    const error = new OverflowError("Full");

    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({
      name: "OverflowError",
      code: "SLUICE_OVERFLOW",
      message: "Full",
    });
    expect(Object.hasOwn(error, "name")).toBe(false);
  });
});

describe("channel()", () => {
  it("gives what is sent, in order", async () => {
    const { send, close, receiver } = channel<number>();
    const all = receiver.toArray();

    await send(1);
    await send(2);
    close();

    await expect(all).resolves.toEqual([1, 2]);
  });

  it("gives the values of several senders in the order of their calls", async () => {
    const { send, receiver } = channel<string>();
    const sent = Promise.all([send("a"), send("b"), send("c")]);

    const items = await receiver.take(3).toArray();

    expect(items).toEqual(["a", "b", "c"]);
    await sent;
  });

  it("gives `undefined` as a value like any other", async () => {
    const { trySend, close, receiver } = channel<undefined>({ capacity: 1 });

    trySend(undefined);
    close();

    await expect(receiver.toArray()).resolves.toEqual([undefined]);
  });

  it("gives a promise as it is", async () => {
    const { trySend, receiver } = channel<{ item: Promise<number> }>({
      capacity: 1,
    });
    const item = { item: Promise.resolve(1) };

    trySend(item);

    expect((await receiver.next()).value).toBe(item);
  });

  it("has methods that need no object", async () => {
    const { send, trySend, close, receiver } = channel<number>({ capacity: 2 });

    await send(1);
    trySend(2);
    close();

    await expect(receiver.toArray()).resolves.toEqual([1, 2]);
  });

  it("does not run the reader inside of the sender's call", async () => {
    const log: string[] = [];
    const { trySend, receiver } = channel<number>();
    const all = receiver.take(1).forEach(() => {
      log.push("received");
    });

    trySend(1);
    log.push("sent");
    await all;

    expect(log).toEqual(["sent", "received"]);
  });

  it.each([-1, 1.5, NaN, "1", null])("refuses a capacity of %o", (capacity) => {
    expect(() => channel({ capacity: capacity as never })).toThrow(RangeError);
  });

  it("says why it refuses a capacity", () => {
    expect(() => channel({ capacity: -1 })).toThrow(
      new RangeError(
        "Cannot use -1 as 'capacity': it is not an integer of 0 or more",
      ),
    );
  });

  it("refuses a policy that there is not", () => {
    expect(() => channel({ overflow: "drop" as never })).toThrow(
      new RangeError(`Cannot use "drop" as 'overflow': it is no such policy`),
    );
  });
});

describe("channel() without capacity", () => {
  it("hands a value over: send() waits until it is taken", async () => {
    const { send, receiver } = channel<number>();
    const sent = send(1);

    const before = await stateOf(sent);
    const result = await receiver.next();

    expect(before).toBe("pending");
    expect(result.value).toBe(1);
    await sent;
  });

  it("takes no value that must not wait, unless the reader waits", async () => {
    const { trySend, receiver } = channel<number>();
    const before = trySend(1);
    const pending = receiver.next();

    const after = [trySend(2), trySend(3)];

    expect([before, ...after]).toEqual([false, true, false]);
    await expect(pending).resolves.toEqual({ done: false, value: 2 });
  });

  it("lets one value in for each time that the reader waits", async () => {
    const { send, receiver } = channel<number>();
    const [first, second] = [send(1), send(2)];

    await receiver.next();

    expect([await stateOf(first), await stateOf(second)]).toEqual([
      "fulfilled",
      "pending",
    ]);
    await receiver.next();
  });

  it("hands over what waits before the end", async () => {
    const { send, close, receiver } = channel<number>();
    const sent = send(1);
    close();

    const items = await receiver.toArray();

    expect(items).toEqual([1]);
    await sent;
  });
});

describe("channel() with a capacity", () => {
  it("holds so many values before send() waits", async () => {
    const { send, receiver } = channel<number>({ capacity: 2 });

    const sent = [send(1), send(2), send(3)];

    expect(await Promise.all(sent.map((promise) => stateOf(promise)))).toEqual([
      "fulfilled",
      "fulfilled",
      "pending",
    ]);
    await receiver.take(3).toArray();
  });

  it("lets the sender in that has waited longest when a value is read", async () => {
    const { send, receiver } = channel<number>({ capacity: 1 });
    const sent = [send(1), send(2), send(3)];

    await receiver.next();

    expect(await Promise.all(sent.map((promise) => stateOf(promise)))).toEqual([
      "fulfilled",
      "fulfilled",
      "pending",
    ]);
    await receiver.take(2).toArray();
  });

  it("takes no value that must not wait while it is full", async () => {
    const { trySend, receiver } = channel<number>({ capacity: 1 });

    const taken = [trySend(1), trySend(2)];
    await receiver.next();
    taken.push(trySend(3));

    expect(taken).toEqual([true, false, true]);
  });

  it("may be without bound", async () => {
    const { trySend, close, receiver } = channel<number>({
      capacity: Infinity,
    });

    for (let item = 0; item < 5000; item++) trySend(item);
    close();

    await expect(receiver.toArray()).resolves.toHaveLength(5000);
  });

  it("keeps the order over many values, read and sent in turn", async () => {
    const { trySend, receiver } = channel<number>({ capacity: 3000 });
    const seen: unknown[] = [];
    for (let item = 0; item < 3000; item++) trySend(item);

    for (let item = 3000; item < 6000; item++) {
      seen.push((await receiver.next()).value);
      trySend(item);
    }

    expect(seen).toEqual(Array.from({ length: 3000 }, (_, item) => item));
  });
});

describe("the overflow of a channel", () => {
  it('"error" rejects send(), takes nothing, and lets the channel go on', async () => {
    const { send, close, receiver } = channel<number>({
      capacity: 1,
      overflow: "error",
    });
    await send(1);

    const error = await errorOf(send(2));
    close();

    expect(error).toBeInstanceOf(OverflowError);
    expect(error).toMatchObject({
      message: "Cannot take in more: it is full, with 1 values",
    });
    await expect(receiver.toArray()).resolves.toEqual([1]);
  });

  it('"error" makes trySend() answer false', () => {
    const { trySend } = channel<number>({ capacity: 1, overflow: "error" });

    expect([trySend(1), trySend(2)]).toEqual([true, false]);
  });

  it('"error" hands over to a reader that waits, without capacity', async () => {
    const { send, receiver } = channel<number>({ overflow: "error" });
    const refused = await errorOf(send(1));
    const pending = receiver.next();

    await send(2);

    expect(refused).toBeInstanceOf(OverflowError);
    await expect(pending).resolves.toEqual({ done: false, value: 2 });
  });

  it('"drop-oldest" makes room by dropping what has waited longest', async () => {
    const { send, close, receiver } = channel<number>({
      capacity: 2,
      overflow: "drop-oldest",
    });

    await Promise.all([send(1), send(2), send(3)]);
    close();

    await expect(receiver.toArray()).resolves.toEqual([2, 3]);
  });

  it('"drop-oldest" makes trySend() answer true, as the value is in', () => {
    const { trySend } = channel<number>({
      capacity: 1,
      overflow: "drop-oldest",
    });

    expect([trySend(1), trySend(2)]).toEqual([true, true]);
  });

  it('"drop-oldest" drops the new one where nothing is ever held', async () => {
    const { send, trySend, close, receiver } = channel<number>({
      overflow: "drop-oldest",
    });

    await send(1);
    const taken = trySend(2);
    close();

    expect(taken).toBe(false);
    await expect(receiver.toArray()).resolves.toEqual([]);
  });

  it('"drop-newest" drops what does not fit, without an error', async () => {
    const { send, close, receiver } = channel<number>({
      capacity: 2,
      overflow: "drop-newest",
    });

    await Promise.all([send(1), send(2), send(3)]);
    close();

    await expect(receiver.toArray()).resolves.toEqual([1, 2]);
  });

  it('"drop-newest" makes trySend() answer false, as the value is dropped', () => {
    const { trySend } = channel<number>({
      capacity: 1,
      overflow: "drop-newest",
    });

    expect([trySend(1), trySend(2)]).toEqual([true, false]);
  });

  it('"block" waits, and drops nothing', async () => {
    const { send, close, receiver } = channel<number>({
      capacity: 1,
      overflow: "block",
    });
    const sent = Promise.all([send(1), send(2), send(3)]);
    close();

    await expect(receiver.toArray()).resolves.toEqual([1, 2, 3]);
    await sent;
  });
});

describe("close() of a channel", () => {
  it("ends the receiver after what is held", async () => {
    const { trySend, close, receiver } = channel<number>({ capacity: 2 });
    trySend(1);
    trySend(2);

    close();

    await expect(receiver.toArray()).resolves.toEqual([1, 2]);
  });

  it("ends a receiver that waits", async () => {
    const { close, receiver } = channel<number>();
    const pending = receiver.next();

    close();

    await expect(pending).resolves.toEqual(end);
  });

  it("with an error fails the receiver with it, after what is held", async () => {
    const { trySend, close, receiver } = channel<number>({ capacity: 1 });
    trySend(1);

    close(reason);

    await expect(receiver.next()).resolves.toEqual({ done: false, value: 1 });
    await expect(receiver.next()).rejects.toBe(reason);
    await expect(receiver.next()).resolves.toEqual(end);
  });

  it("with an error fails a receiver that waits", async () => {
    const { close, receiver } = channel<number>();
    const pending = receiver.next();

    close(reason);

    await expect(pending).rejects.toBe(reason);
  });

  it("with `undefined` for an error fails all the same", async () => {
    const { close, receiver } = channel<number>();

    close(undefined);

    await expect(receiver.next()).rejects.toBeUndefined();
  });

  it("lets those who wait to send have their turn", async () => {
    const { send, close, receiver } = channel<number>();
    const sent = Promise.all([send(1), send(2)]);

    close(reason);

    await expect(receiver.next()).resolves.toEqual({ done: false, value: 1 });
    await expect(receiver.next()).resolves.toEqual({ done: false, value: 2 });
    await sent;
    await expect(receiver.next()).rejects.toBe(reason);
  });

  it("lets nothing more in", async () => {
    const { send, trySend, close } = channel<number>({ capacity: 2 });

    close();

    const error = await errorOf(send(1));
    expect(error).toBeInstanceOf(ClosedError);
    expect(error).toHaveProperty(
      "message",
      "Cannot send to the channel: it is closed",
    );
    expect(trySend(1)).toBe(false);
  });

  it("a second time does nothing", async () => {
    const { close, receiver } = channel<number>();
    close();

    close(reason);

    await expect(receiver.next()).resolves.toEqual(end);
  });

  it("leaves no rejection unhandled where nobody reads", async () => {
    const unhandled = await findUnhandledRejections(() => {
      channel().close(reason);
    });

    expect(unhandled).toEqual([]);
  });
});

describe("send() with a signal", () => {
  it("rejects with the reason where it has aborted before, and sends nothing", async () => {
    const { send, close, receiver } = channel<number>({ capacity: 1 });

    const error = await errorOf(send(1, AbortSignal.abort(reason)));
    close();

    expect(error).toBe(reason);
    await expect(receiver.toArray()).resolves.toEqual([]);
  });

  it("ends the wait with the reason, and sends nothing", async () => {
    const controller = new AbortController();
    const { send, close, receiver } = channel<number>();
    const sent = errorOf(send(1, controller.signal));

    controller.abort(reason);
    close();

    expect(await sent).toBe(reason);
    await expect(receiver.toArray()).resolves.toEqual([]);
  });

  it("does not disturb those who wait behind it", async () => {
    const controller = new AbortController();
    const { send, receiver } = channel<number>();
    const first = errorOf(send(1, controller.signal));
    const second = send(2);

    controller.abort(reason);
    await first;

    await expect(receiver.next()).resolves.toEqual({ done: false, value: 2 });
    await second;
  });

  it("does nothing once the value is in", async () => {
    const controller = new AbortController();
    const { send, receiver } = channel<number>({ capacity: 1 });
    await send(1, controller.signal);

    controller.abort(reason);

    await expect(receiver.next()).resolves.toEqual({ done: false, value: 1 });
  });
});

describe("the receiver of a channel that is left", () => {
  it("rejects those who wait to send", async () => {
    const { send, receiver } = channel<number>();
    const sent = Promise.all([errorOf(send(1)), errorOf(send(2))]);

    await receiver.return();

    expect(await sent).toMatchObject([
      { code: "SLUICE_CLOSED" },
      { code: "SLUICE_CLOSED" },
    ]);
  });

  it("lets nothing more in", async () => {
    const { send, trySend, receiver } = channel<number>({ capacity: 1 });

    await receiver.return();

    expect(await errorOf(send(1))).toBeInstanceOf(ClosedError);
    expect(trySend(1)).toBe(false);
  });

  it("lets nothing more in when it was left by what was made of it", async () => {
    const { send, trySend, receiver } = channel<number>({ capacity: 2 });
    trySend(1);

    await receiver.map(String).take(1).toArray();

    expect(await errorOf(send(2))).toBeInstanceOf(ClosedError);
  });

  it("drops what is held", async () => {
    const { trySend, receiver } = channel<number>({ capacity: 1 });
    trySend(1);

    await receiver.return();

    await expect(receiver.next()).resolves.toEqual(end);
  });

  it("may be left while it waits", async () => {
    const { receiver } = channel<number>();
    const pending = receiver.next();

    await receiver.return();

    await expect(pending).resolves.toEqual(end);
  });
});

describe("the signal of a channel", () => {
  it("fails the receiver that waits, and those who wait to send", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const { send, receiver } = channel<number>({ signal });
    const pending = errorOf(receiver.next());
    await send(1);
    await pending;
    const sent = errorOf(send(2));
    const next = receiver.next();
    await next;
    const refused = errorOf(send(3));
    const last = errorOf(receiver.drop(1).next());

    controller.abort(reason);

    expect(await last).toBe(reason);
    expect(await sent).toBe("It did not reject");
    expect(await refused).toBe("It did not reject");
    expect(await errorOf(send(4))).toBeInstanceOf(ClosedError);
  });
});

describe("channel() in any interleaving", () => {
  it("gives every value that was sent once, each sender's in order, and never holds more than its capacity", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 0, max: 3 }),
        fc.array(fc.integer({ min: 1, max: 4 }), {
          minLength: 1,
          maxLength: 3,
        }),
        async (scheduler, capacity, counts) => {
          const { send, close, receiver } = channel<[number, number]>({
            capacity,
          });
          let sent = 0;
          let received = 0;
          let most = 0;
          const seen: [number, number][] = [];
          const sending = Promise.all(
            counts.map(async (count, sender) => {
              for (let value = 0; value < count; value++) {
                await scheduler.schedule(
                  Promise.resolve(),
                  `sender ${sender} sends ${value}`,
                );
                await send([sender, value]);
                most = Math.max(most, ++sent - received);
              }
            }),
          ).then(() => {
            close();
          });
          const reading = receiver.forEach(async (item) => {
            received += 1;
            seen.push(item);
            await scheduler.schedule(Promise.resolve(), "it is worked on");
          });

          await scheduler.waitIdle();
          await Promise.all([sending, reading]);

          expect(most).toBeLessThanOrEqual(capacity + 1);
          expect(
            counts.map((_, sender) =>
              seen.filter(([of]) => of === sender).map(([, value]) => value),
            ),
          ).toEqual(
            counts.map((count) =>
              Array.from({ length: count }, (_, value) => value),
            ),
          );
        },
      ),
    );
  });
});
