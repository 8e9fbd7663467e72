import { describe, expect, it } from "vitest";
import {
  CancelledError,
  DetachedError,
  from,
  merge,
  SluiceError,
  type StreamOptions,
} from "sluice";
import { tracked, virtualClock, type TrackedOptions } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";

/** Reads one item of a source, leaves it, and tells the steps of time and the reports. */
async function leaveAfterOne(
  behaviour: TrackedOptions<"async-iterable">,
  options: StreamOptions = {},
): Promise<{ steps: readonly number[]; reports: readonly DetachedError[] }> {
  const clock = virtualClock();
  const { reports, onDetached } = recordDetached();
  const [source] = tracked([1, 2], behaviour);
  await clock.run(async () => {
    const items = from(source, { onDetached, ...options });
    await items.next();
    await items.return();
  });
  return { steps: clock.steps, reports };
}

describe("DetachedError", () => {
  it("has a name, a code and a cause", () => {
    const cause = new Error("late");

    const error = new DetachedError("Left alone", { cause });

    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({
      name: "DetachedError",
      code: "SLUICE_DETACHED",
      message: "Left alone",
      cause,
    });
  });

  it("does not have its name as a property of its own", () => {
    expect(Object.hasOwn(new DetachedError("Left alone"), "name")).toBe(false);
  });
});

describe("closeGrace", () => {
  it("is a second: what has not closed by then is left alone, and reported", async () => {
    const { steps, reports } = await leaveAfterOne({ closeStuck: true });

    expect(steps).toEqual([1000]);
    expect(reports).toMatchObject([
      {
        name: "DetachedError",
        code: "SLUICE_DETACHED",
        message:
          "Cannot wait for the stream to close: it has not stopped after 1000 ms",
      },
    ]);
  });

  it("is as long as it is said to be", async () => {
    const { steps, reports } = await leaveAfterOne(
      { closeStuck: true },
      { closeGrace: 50 },
    );

    expect(steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });

  it("may be no time at all", async () => {
    const { steps, reports } = await leaveAfterOne(
      { closeDelay: 1 },
      { closeGrace: 0 },
    );

    expect(steps).toEqual([]);
    expect(reports).toHaveLength(1);
  });

  it("may be for ever", async () => {
    const { steps, reports } = await leaveAfterOne(
      { closeDelay: 1e9 },
      { closeGrace: Infinity },
    );

    expect(steps).toEqual([1e9]);
    expect(reports).toEqual([]);
  });

  it("is not waited out by what closes in time", async () => {
    const { steps, reports } = await leaveAfterOne({ closeDelay: 999 });

    expect(steps).toEqual([999]);
    expect(reports).toEqual([]);
  });

  it.each([NaN, "1000", null])("cannot be %o", (closeGrace) => {
    expect(() => from([1], { closeGrace: closeGrace as never })).toThrow(
      TypeError,
    );
  });

  it("leaves no timer behind", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { closeDelay: 10 });

    await clock.run(async () => {
      const items = from(source);
      await items.next();
      await items.return();
    });

    expect(clock.pending).toBe(0);
  });

  it("bounds the wait for a pull that goes on although the source was told to return", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked<number>([], { stuck: true, onReturn: "ignore" });

    await clock.run(async () => {
      const items = from(source, { onDetached });
      const pending = items.next();
      await items.return();
      await pending;
    });

    expect(clock.steps).toEqual([1000]);
    expect(reports).toHaveLength(1);
  });

  it("bounds the wait for a source whose return() waits for its own pull", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked<number>([], { stuck: true, onReturn: "queue" });

    await clock.run(async () => {
      const items = from(source, { onDetached });
      const pending = items.next();
      await items.return();
      await pending;
    });

    expect(clock.steps).toEqual([1000]);
    expect(new Set(reports.map(({ message }) => message)).size).toBe(1);
  });

  it("is waited no longer than a pull takes that was under way", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1], { delay: 30, onReturn: "queue" });

    await clock.run(async () => {
      const items = from(source);
      const pending = items.next();
      await items.return();
      await pending;
    });

    expect(clock.steps).toEqual([30]);
    expect(track.closed).toBe(1);
  });

  it("bounds the wait for a callback that runs", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source, track] = tracked([1, 2], { form: "iterable" });

    await clock.run(async () => {
      const items = from(source, { onDetached }).map(
        () => new Promise<never>(() => {}),
      );
      const pending = items.next();
      await items.return();
      await pending;
    });

    expect(clock.steps).toEqual([1000]);
    expect(reports).toHaveLength(1);
    expect(track.closed).toBe(1);
  });

  it("bounds the whole: a callback and a source that do not stop take one grace", async () => {
    const clock = virtualClock();
    const { onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeStuck: true });

    await clock.run(async () => {
      const items = from(source, { onDetached }).map(
        () => new Promise<never>(() => {}),
      );
      const pending = items.next();
      await clock.waitUntilIdle();
      await items.return();
      await pending;
    });

    expect(clock.steps).toEqual([1000]);
  });

  it("bounds the whole across operators that close one after the other", async () => {
    const clock = virtualClock();
    const { onDetached } = recordDetached();
    const [source, track] = tracked([1, 2], { closeStuck: true });

    await clock.run(async () => {
      const items = from(source, { onDetached })
        .buffered(1)
        .flatMap(() => tracked([3, 4], { closeStuck: true })[0])
        .chunks(1, { within: 5 })
        .map(() => new Promise<never>(() => {}));
      const pending = items.next();
      await clock.waitUntilIdle();
      await items.return();
      await pending;
    });

    expect(clock.steps).toEqual([1000]);
    expect(track.returned).toBe(1);
  });

  it("is the same for sources that close side by side", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [first] = tracked([1, 2], { closeStuck: true });
    const [second] = tracked([3, 4], { closeStuck: true });

    await clock.run(async () => {
      const items = merge(
        from(first, { onDetached }),
        from(second, { onDetached }),
      );
      await items.next();
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([1000]);
    expect(reports).toHaveLength(2);
  });

  it("is inherited by what is made of the stream", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeStuck: true });

    await clock.run(async () => {
      const items = from(source, { onDetached, closeGrace: 50 })
        .map(String)
        .buffered(1)
        .chunks(1);
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });

  it("bounds how long a sink waits that needs no more", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeStuck: true });

    const items = await clock.run(() =>
      from(source, { onDetached }).take(1).toArray(),
    );

    expect(items).toEqual([1]);
    expect(clock.steps).toEqual([1000]);
    expect(reports).toHaveLength(1);
  });

  it("bounds how long a failure waits for the source", async () => {
    const clock = virtualClock();
    const failure = new Error("callback");
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeStuck: true });

    const error = await clock.run(() =>
      errorOf(
        from(source, { onDetached })
          .map(() => {
            throw failure;
          })
          .toArray(),
      ),
    );

    expect(error).toBe(failure);
    expect(clock.steps).toEqual([1000]);
    expect(reports).toHaveLength(1);
  });
});

describe("onDetached", () => {
  it("is told of what a source fails with that was left alone", async () => {
    const failure = new Error("late");
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const late = createDeferred<IteratorResult<number>>();

    await clock.run(async () => {
      const items = from({ next: () => late.promise }, { onDetached });
      const pending = items.next();
      await items.return();
      await pending;
      late.reject(failure);
      await clock.waitUntilIdle();
    });

    expect(reports).toMatchObject([
      { message: expect.stringContaining("has not stopped") as unknown },
      {
        message: "Cannot pass an error on: its stream is closed",
        cause: failure,
      },
    ]);
  });

  it("is told of what closing fails with after the grace", async () => {
    const failure = new Error("late");
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1, 2], {
      closeDelay: 20,
      closeError: failure,
    });

    await clock.run(async () => {
      const items = from(source, { onDetached, closeGrace: 10 });
      await items.next();
      await items.return();
      await clock.waitUntilIdle();
      expect(reports).toHaveLength(1);
    });
    await clock.run(() => from(tracked([1], { delay: 20 })[0]).toArray());

    expect(reports[1]?.cause).toBe(failure);
  });

  it.each([
    ["ours", new CancelledError()],
    ["the platform's", new DOMException("Stopped", "AbortError")],
  ])("is not told of a cancellation: %s", async (_, cancellation) => {
    const { reports, onDetached } = recordDetached();
    const items = from([1], { onDetached }).map(
      (_, { signal }) =>
        new Promise<never>((_, reject) => {
          signal.addEventListener("abort", () => {
            reject(cancellation);
          });
        }),
    );
    const pending = items.next();

    await items.return();
    await pending;

    expect(reports).toEqual([]);
  });
});
