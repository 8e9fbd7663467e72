import { describe, expect, it } from "vitest";
import {
  CancelledError,
  isCancelled,
  sleep,
  stream,
  type StreamScope,
} from "sluice";
import { virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";

const never = new Promise<never>(() => {});

describe("stream()", () => {
  it("gives what the generator yields", async () => {
    const items = stream(async function* () {
      yield 1;
      yield 2;
    });

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it("calls the function when the first item is asked for, once", async () => {
    let calls = 0;
    const items = stream(async function* () {
      calls += 1;
      yield 1;
    });
    const before = calls;

    await items.toArray();

    expect([before, calls]).toEqual([0, 1]);
  });

  it("never calls the function of a stream that is left before", async () => {
    let calls = 0;
    const items = stream(async function* () {
      calls += 1;
      yield 1;
    });

    await items.return();
    await items.next();

    expect(calls).toBe(0);
  });

  it("fails with what the generator throws", async () => {
    const failure = new Error("generator");
    const items = stream(async function* () {
      yield 1;
      throw failure;
    });

    await expect(items.toArray()).rejects.toBe(failure);
  });

  it("fails with what the function throws", async () => {
    const failure = new Error("no generator");
    const items = stream(() => {
      throw failure;
    });

    await expect(items.next()).rejects.toBe(failure);
  });

  it("runs the generator's `finally` when it is left, and waits for it", async () => {
    const clock = virtualClock();

    await clock.run(async () => {
      const items = stream(async function* () {
        try {
          yield 1;
        } finally {
          await sleep(10);
        }
      });
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([10]);
  });

  it.each([1, undefined, null, "generator", {}])(
    "refuses %o, at once",
    (create) => {
      expect(() => stream(create as never)).toThrow(TypeError);
    },
  );

  it("says what it refuses", () => {
    expect(() => stream(1 as never)).toThrow(
      new TypeError("Cannot make a stream with 1: it is not a function"),
    );
  });

  it("fails with a TypeError where the function gives no generator", async () => {
    const items = stream(function numbers() {
      return [1];
    } as never);

    await expect(items.next()).rejects.toThrow(TypeError);
  });
});

describe("the guard of stream()", () => {
  it("gives what the promise gives", async () => {
    const items = stream(async function* ({ guard }) {
      yield await guard(Promise.resolve(1));
      yield await guard(2);
    });

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it("passes on what the promise fails with", async () => {
    const failure = new Error("work");
    const items = stream(async function* ({ guard }) {
      yield await guard(Promise.reject(failure));
    });

    await expect(items.toArray()).rejects.toBe(failure);
  });

  it("ends the wait when the stream is left: the generator cleans up at once", async () => {
    const clock = virtualClock();
    const log: unknown[] = [];

    await clock.run(async () => {
      const items = stream(async function* ({ guard }) {
        try {
          yield await guard(never);
        } catch (error) {
          log.push(isCancelled(error));
          throw error;
        } finally {
          log.push("cleaned up");
        }
      });
      const pending = items.next();
      await items.return();
      await pending;
    });

    expect(log).toEqual([true, "cleaned up"]);
    expect(clock.steps).toEqual([]);
  });

  it("reports nothing when it has ended a wait", async () => {
    const { reports, onDetached } = recordDetached();
    const items = stream(
      async function* ({ guard }) {
        yield await guard(never);
      },
      { onDetached },
    );
    const pending = items.next();

    await items.return();
    await pending;

    expect(reports).toEqual([]);
  });

  it("leaves alone, after the grace, what does not use it", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();

    await clock.run(async () => {
      const items = stream(
        async function* () {
          yield await never;
        },
        { onDetached },
      );
      const pending = items.next();
      await items.return();
      await pending;
    });

    expect(clock.steps).toEqual([1000]);
    expect(reports.length).toBeGreaterThan(0);
  });
});

describe("the signal of stream()", () => {
  async function read(
    use: (scope: StreamScope) => unknown,
    leave: "end" | "leave" | "fail",
  ): Promise<AbortSignal | undefined> {
    let seen: AbortSignal | undefined;
    const items = stream(async function* (scope) {
      seen = scope.signal;
      yield use(scope);
    });
    if (leave === "end") await items.toArray();
    else if (leave === "fail")
      await errorOf(items.forEach(() => Promise.reject(new Error("below"))));
    else {
      await items.next();
      await items.return();
    }
    return seen;
  }

  it("aborts when the stream is left", async () => {
    const signal = await read(() => 1, "leave");

    expect(signal?.reason).toBeInstanceOf(CancelledError);
    expect(signal?.reason).toMatchObject({
      message: "Cannot go on: the stream is closed",
    });
  });

  it("aborts when what is below fails, and tells why", async () => {
    const signal = await read(() => 1, "fail");

    expect(signal?.reason).toMatchObject({ cause: new Error("below") });
  });

  it("does not abort at the end", async () => {
    const signal = await read(() => 1, "end");

    expect(signal?.aborted).toBe(false);
  });

  it("ends what it is given to", async () => {
    const clock = virtualClock();

    await clock.run(async () => {
      const items = stream(async function* ({ signal }) {
        await sleep(1e6, signal);
        yield 1;
      });
      const pending = items.next();
      await items.return();
      await pending;
    });

    expect(clock.steps).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
