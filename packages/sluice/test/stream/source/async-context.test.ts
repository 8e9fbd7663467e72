import { AsyncLocalStorage } from "node:async_hooks";
import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { channel, from, fromEvent } from "sluice";
import { loopTurns } from "../../support/loop-turns.ts";

const context = new AsyncLocalStorage<string>();

describe("the async context of a reader that waits", () => {
  it("is its callbacks', and not that of who sends", async () => {
    const { send, close, receiver } = channel<number>();
    const seen: unknown[] = [];
    const reading = context.run("reader", () =>
      receiver.map(() => seen.push(context.getStore())).toArray(),
    );

    await context.run("sender", async () => {
      await send(1);
      await loopTurns();
      await send(2);
      close();
    });
    await reading;

    expect(seen).toEqual(["reader", "reader"]);
  });

  it("is that of the code behind its next()", async () => {
    const { send, receiver } = channel<number>();
    const reading = context.run("reader", async () => {
      await receiver.next();
      return context.getStore();
    });

    await context.run("sender", () => send(1));

    await expect(reading).resolves.toBe("reader");
    await receiver.return();
  });

  it("is that of each call, where calls come from several", async () => {
    const { send, receiver } = channel<number>();
    const seen: unknown[] = [];
    const items = receiver.map(() => seen.push(context.getStore()));
    const first = context.run("first", () => items.next());
    await context.run("sender", () => send(1));
    await first;

    const second = context.run("second", () => items.next());
    await context.run("sender", () => send(2));
    await second;

    expect(seen).toEqual(["first", "second"]);
    await items.return();
  });

  it("is not the sender's where the channel ends or fails", async () => {
    const { close, receiver } = channel<number>();
    let seen: unknown;
    const reading = context.run("reader", () =>
      receiver
        .catch(() => {
          seen = context.getStore();
        })
        .toArray(),
    );

    context.run("sender", () => {
      close(new Error("broken"));
    });
    await reading;

    expect(seen).toBe("reader");
  });

  it("is its callbacks', and not that of an emitter", async () => {
    const emitter = new EventEmitter();
    const seen: unknown[] = [];
    const reading = context.run("reader", () =>
      fromEvent(emitter, "item")
        .map(() => seen.push(context.getStore()))
        .take(2)
        .toArray(),
    );

    for (const item of [1, 2]) {
      context.run("emitter", () => emitter.emit("item", item));
      await loopTurns();
    }
    await reading;

    expect(seen).toEqual(["reader", "reader"]);
  });

  it("is each branch's own in a tee()", async () => {
    const [first, second] = from([1, 2, 3]).tee();
    const seen: Record<string, unknown[]> = { first: [], second: [] };

    await Promise.all([
      context.run("first", () =>
        first.forEach(() => seen["first"]?.push(context.getStore())),
      ),
      context.run("second", () =>
        second.forEach(() => seen["second"]?.push(context.getStore())),
      ),
    ]);

    expect(seen).toEqual({
      first: ["first", "first", "first"],
      second: ["second", "second", "second"],
    });
  });
});

describe("the async context of a sender that waits", () => {
  it("is its own when it goes on", async () => {
    const { send, receiver } = channel<number>();
    const sending = context.run("sender", async () => {
      await send(1);
      return context.getStore();
    });

    await context.run("reader", () => receiver.next());

    await expect(sending).resolves.toBe("sender");
    await receiver.return();
  });
});
