import { describe, expect, it } from "vitest";
import {
  CancelledError,
  channel,
  from,
  sleep,
  stream,
  type Stream,
} from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";

/** Gives each item at its time. */
function at<T>(...items: readonly [ms: number, item: T][]): AsyncIterable<T> {
  return stream(async function* () {
    let moment = 0;
    for (const [ms, item] of items) {
      await sleep(ms - moment);
      moment = ms;
      yield item;
    }
  });
}

describe("switchMap()", () => {
  it("gives all items of what is not replaced", async () => {
    const items = from([1]).switchMap(() => [1, 2]);

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it("leaves what it reads for what the newest item makes", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from(at([10, "a"], [35, "b"]))
        .switchMap((name) =>
          at([10, `${name}1`], [20, `${name}2`], [30, `${name}3`]),
        )
        .toArray(),
    );

    expect(items).toEqual(["a1", "a2", "b1", "b2", "b3"]);
  });

  it("goes on with the newest after the outer source has ended", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from([1])
        .switchMap(() => at([10, "late"]))
        .toArray(),
    );

    expect(items).toEqual(["late"]);
    expect(clock.steps).toEqual([10]);
  });

  it("waits for the next item where the newest has nothing more", async () => {
    const { send, close, receiver } = channel<string>();
    const all = receiver.switchMap((name) => [name]).toArray();

    await send("a");
    await loopTurns();
    await send("b");
    close();

    await expect(all).resolves.toEqual(["a", "b"]);
  });

  it("gives nothing for an empty source", async () => {
    const items = from([]).switchMap(() => [1]);

    await expect(items.toArray()).resolves.toEqual([]);
  });

  it("closes the one before, and waits for it, before it calls again", async () => {
    const clock = virtualClock();
    const log: string[] = [];
    const { send, close, receiver } = channel<string>();

    await clock.run(async () => {
      const all = receiver
        .switchMap((name) => {
          log.push(`call ${name}`);
          return tracked([name], {
            name,
            log,
            closeDelay: 10,
            stuck: name === "a",
          })[0];
        })
        .toArray();
      await send("a");
      await clock.waitUntilIdle();
      await send("b");
      close();
      await all;
    });

    expect(log.filter((event) => /call|closed|returned/.test(event))).toEqual([
      "call a",
      "a returned",
      "a closed",
      "call b",
    ]);
    expect(clock.steps).toEqual([10]);
  });

  it("has one source open at most", async () => {
    let open = 0;
    let most = 0;
    const clock = virtualClock();

    await clock.run(() =>
      from(at([0, 1], [5, 2], [10, 3]))
        .switchMap(() =>
          stream(async function* ({ signal }) {
            most = Math.max(most, ++open);
            try {
              yield 1;
              await sleep(100, signal);
            } finally {
              await sleep(1);
              open -= 1;
            }
          }),
        )
        .toArray(),
    );

    expect(most).toBe(1);
    expect(open).toBe(0);
  });

  it("calls the callback for the newest alone where several came meanwhile", async () => {
    const calls: string[] = [];
    const clock = virtualClock();
    const { send, close, receiver } = channel<string>({ capacity: 9 });

    await clock.run(async () => {
      const all = receiver
        .switchMap((name) => {
          calls.push(name);
          return tracked([name], { stuck: name === "a", closeDelay: 10 })[0];
        })
        .toArray();
      await send("a");
      await clock.waitUntilIdle();
      await send("b");
      await send("c");
      close();
      await all;
    });

    expect(calls).toEqual(["a", "c"]);
  });

  it("aborts the signal of the call before", async () => {
    const signals: AbortSignal[] = [];
    const { send, close, receiver } = channel<number>();
    const all = receiver
      .switchMap((_, { signal }) => {
        signals.push(signal);
        return signals.length === 1 ? tracked([], { stuck: true })[0] : [];
      })
      .toArray();
    await send(1);
    await loopTurns();

    await send(2);
    close();
    await all;

    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(signals[0]?.reason).toBeInstanceOf(CancelledError);
    expect(signals[0]?.reason).toMatchObject({
      message: "Cannot go on: a newer item has come",
    });
  });

  it("tells its callback how many calls there were before", async () => {
    const indices: number[] = [];
    const { send, close, receiver } = channel<number>();
    const all = receiver
      .switchMap((_, { index }) => {
        indices.push(index);
        return [];
      })
      .toArray();

    for (const item of [1, 2, 3]) {
      await send(item);
      await loopTurns();
    }
    close();
    await all;

    expect(indices).toEqual([0, 1, 2]);
  });

  it("tells its callback by the signal that the stream is left", async () => {
    let seen: AbortSignal | undefined;
    const items = from([1]).switchMap((_, { signal }) => {
      seen = signal;
      return [1, 2];
    });
    await items.next();

    await items.return();

    expect(seen?.reason).toMatchObject({
      message: "Cannot go on: the stream is closed",
    });
  });

  it("tells its callback by the signal that the stream fails", async () => {
    const failure = new Error("callback");
    let seen: AbortSignal | undefined;

    await errorOf(
      from([1])
        .switchMap((_, { signal }) => {
          seen = signal;
          throw failure;
        })
        .toArray(),
    );

    expect(seen?.reason).toMatchObject({
      message: "Cannot go on: the stream is closed",
      cause: failure,
    });
  });

  it("drops what a callback promised that is out of date, and closes it", async () => {
    const [late, track] = tracked(["late"], { form: "async-iterator" });
    const work = createDeferred<AsyncIterable<string>>();
    const { send, close, receiver } = channel<string>();
    const all = receiver
      .switchMap((name) => (name === "a" ? work.promise : [name]))
      .toArray();
    await send("a");
    await loopTurns();

    await send("b");
    work.resolve(late);
    close();

    await expect(all).resolves.toEqual(["b"]);
    expect(track).toMatchObject({ pulled: 0, returned: 1, open: 0 });
  });

  it("does not fail with what is out of date: it is reported", async () => {
    const failure = new Error("late");
    const { reports, onDetached } = recordDetached();
    const work = createDeferred<string[]>();
    const { send, close, receiver } = channel<string>({ onDetached });
    const all = receiver
      .switchMap((name) => (name === "a" ? work.promise : [name]))
      .toArray();
    await send("a");
    await loopTurns();

    await send("b");
    work.reject(failure);
    close();

    await expect(all).resolves.toEqual(["b"]);
    expect(reports).toMatchObject([{ cause: failure }]);
  });

  it("fails with what the outer source fails with, and closes the inner one", async () => {
    const failure = new Error("outer");
    const [inner, track] = tracked(["x"], { stuck: true });
    const { send, close, receiver } = channel<number>();
    const error = errorOf(receiver.switchMap(() => inner).toArray());
    await send(1);
    await loopTurns();

    close(failure);

    expect(await error).toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("fails with what the inner source fails with, and closes the outer one", async () => {
    const failure = new Error("inner");
    const [outer, track] = tracked([1], { stuck: true });

    const error = await errorOf(
      from(outer)
        .switchMap(() => tracked([], { error: failure })[0])
        .toArray(),
    );

    expect(error).toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("fails with what closing the one before fails with", async () => {
    const failure = new Error("close");
    const { send, receiver } = channel<number>();
    const error = errorOf(
      receiver
        .switchMap((item) =>
          item === 1
            ? tracked([], { stuck: true, closeError: failure })[0]
            : [item],
        )
        .toArray(),
    );
    await send(1);
    await loopTurns();
    await send(2);

    expect(await error).toBe(failure);
  });

  it("closes the inner source, and then the outer, when it is left", async () => {
    const log: string[] = [];
    const [outer] = tracked([1], { name: "outer", log, stuck: true });
    const items = from(outer).switchMap(
      () => tracked([1, 2], { name: "inner", log })[0],
    );
    await items.next();

    await items.return();

    expect(log.filter((event) => event.includes("closed"))).toEqual([
      "inner closed",
      "outer closed",
    ]);
  });

  it("closes a source that its callback gives after it has left", async () => {
    const [inner, track] = tracked([1], { form: "async-iterator" });
    const items: Stream<number> = from([0]).switchMap(() => {
      left = items.return();
      return inner;
    });
    let left: Promise<unknown> | undefined;

    await items.next();
    await left;

    expect(track).toMatchObject({ pulled: 0, returned: 1 });
  });

  it.each([1, undefined, "text"])(
    "fails where the callback gives %o",
    async (given) => {
      const items = from([1]).switchMap(() => given as never);

      await expect(items.toArray()).rejects.toThrow(TypeError);
    },
  );

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).switchMap(1 as never)).toThrow(
      new TypeError("Cannot switchMap with 1: it is not a function"),
    );
  });
});
