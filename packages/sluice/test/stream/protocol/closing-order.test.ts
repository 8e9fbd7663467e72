import { describe, expect, it } from "vitest";
import { concat, from, merge, zip, type Stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";

/** Makes a source that takes 10 ms to close, and notes when it does. */
function slow(name: string, log: string[]): AsyncIterable<number> {
  const [source] = tracked([1, 2], { name, log, closeDelay: 10 });
  return source;
}

/** Reads one item, leaves the stream, and gives what was noted of closing. */
async function leaveAfterOne(
  create: (log: string[]) => Stream<unknown>,
): Promise<{ closed: string[]; steps: readonly number[] }> {
  const clock = virtualClock();
  const log: string[] = [];
  await clock.run(async () => {
    const items = create(log);
    await items.next();
    await items.return();
  });
  const closed = log.filter((event) => !/opened|pulled|gave/.test(event));
  return { closed, steps: clock.steps };
}

describe("closing", () => {
  it("goes from the reader to the source, and waits for each", async () => {
    const { closed, steps } = await leaveAfterOne((log) =>
      from(slow("outer", log))
        .flatMap(() => slow("middle", log))
        .flatMap(() => slow("inner", log)),
    );

    expect(closed).toEqual([
      "inner returned",
      "inner closed",
      "middle returned",
      "middle closed",
      "outer returned",
      "outer closed",
    ]);
    expect(steps).toEqual([10, 20, 30]);
  });

  it("goes from the reader to the source when a callback fails, too", async () => {
    const clock = virtualClock();
    const log: string[] = [];

    await clock.run(() =>
      from(slow("outer", log))
        .flatMap(() => slow("inner", log))
        .forEach(() => Promise.reject(new Error("callback")))
        .catch(() => log.push("failed")),
    );

    expect(log.slice(-5)).toEqual([
      "inner returned",
      "inner closed",
      "outer returned",
      "outer closed",
      "failed",
    ]);
  });

  it("goes from the reader to the source when a sink needs no more, too", async () => {
    const clock = virtualClock();
    const log: string[] = [];

    await clock.run(async () => {
      await from(slow("outer", log))
        .flatMap(() => slow("inner", log))
        .find(() => true);
      log.push("found");
    });

    expect(log.slice(-5)).toEqual([
      "inner returned",
      "inner closed",
      "outer returned",
      "outer closed",
      "found",
    ]);
  });

  it.each<[string, (...sources: AsyncIterable<number>[]) => Stream<unknown>]>([
    ["merge()", merge],
    ["zip()", (...sources) => zip(sources)],
  ])("closes the sources of %s side by side", async (_, combine) => {
    const { closed, steps } = await leaveAfterOne((log) =>
      combine(slow("first", log), slow("second", log)),
    );

    expect(closed).toEqual([
      "first returned",
      "second returned",
      "first closed",
      "second closed",
    ]);
    expect(steps).toEqual([10]);
  });

  it("closes in concat() what was never started, too", async () => {
    const log: string[] = [];
    const [second] = tracked([3], {
      form: "async-iterator",
      name: "second",
      log,
    });
    const items = concat(slow("first", log), from(second));

    await virtualClock().run(async () => {
      await items.next();
      await items.return();
    });

    expect(log).toContain("first closed");
    expect(log).toContain("second closed");
  });

  it("runs in this order: signals, hooks before, the source, hooks after", async () => {
    const { closed } = await leaveAfterOne((log) =>
      from(slow("source", log))
        .map((_, { signal }) => {
          signal.addEventListener("abort", () => log.push("aborted"));
        })
        .onClose(() => log.push("before"), { when: "before" })
        .onClose(() => log.push("after")),
    );

    expect(closed).toEqual([
      "aborted",
      "before",
      "source returned",
      "source closed",
      "after",
    ]);
  });

  it("runs the hooks that are nearer to the reader last, once what is above is closed", async () => {
    const { closed } = await leaveAfterOne((log) =>
      from(slow("source", log))
        .onClose(() => log.push("upper"))
        .map(String)
        .onClose(() => log.push("lower")),
    );

    expect(closed).toEqual([
      "source returned",
      "source closed",
      "upper",
      "lower",
    ]);
  });

  it("calls each source's return() once, whoever closes and how often", async () => {
    const [outer, outerTrack] = tracked([1, 2]);
    const [inner, innerTrack] = tracked([3, 4]);
    const items = from(outer).flatMap(() => inner);
    await items.next();

    await Promise.all([
      items.return(),
      items[Symbol.asyncDispose](),
      items.return(),
    ]);

    expect([outerTrack.returned, innerTrack.returned]).toEqual([1, 1]);
  });

  it("does not close what has ended beside what is open", async () => {
    const [outer, outerTrack] = tracked([1, 2]);
    const [inner, innerTrack] = tracked([3]);
    const items = from(outer).flatMap(() => inner);
    await items.next();
    await items.next();

    await items.return();

    expect([outerTrack.returned, innerTrack.returned]).toEqual([1, 1]);
    expect(innerTrack.opened).toBe(2);
  });
});
