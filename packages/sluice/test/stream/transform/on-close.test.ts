import { describe, expect, it } from "vitest";
import { errorContext, from, type Outcome } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";

const failure = new Error("broken");

describe.each(["before", "after"] as const)('onClose() of "%s"', (when) => {
  it("is told `ok` at the end", async () => {
    const outcomes: Outcome[] = [];

    const items = await from([1, 2])
      .onClose((outcome) => outcomes.push(outcome), { when })
      .toArray();

    expect(items).toEqual([1, 2]);
    expect(outcomes).toEqual([{ status: "ok" }]);
  });

  it("is told the error of what is above", async () => {
    const outcomes: Outcome[] = [];
    const [source] = tracked([1], { error: failure });

    const error = await errorOf(
      from(source)
        .onClose((outcome) => outcomes.push(outcome), { when })
        .toArray(),
    );

    expect(error).toBe(failure);
    expect(outcomes).toEqual([{ status: "error", error: failure }]);
  });

  it("is told `unknown` when the stream is left", async () => {
    const outcomes: Outcome[] = [];
    const items = from([1, 2]).onClose((outcome) => outcomes.push(outcome), {
      when,
    });
    await items.next();

    await items.return();

    expect(outcomes).toEqual([{ status: "unknown" }]);
  });

  it("is told `unknown` when what is below fails, or needs no more", async () => {
    const outcomes: Outcome[] = [];
    const create = (): ReturnType<typeof from<number>> =>
      from([1, 2]).onClose((outcome) => outcomes.push(outcome), { when });

    await errorOf(create().forEach(() => Promise.reject(failure)));
    await create().take(1).toArray();

    expect(outcomes).toEqual([{ status: "unknown" }, { status: "unknown" }]);
  });

  it("is called when the stream is closed that was never started", async () => {
    const outcomes: Outcome[] = [];
    const items = from([1]).onClose((outcome) => outcomes.push(outcome), {
      when,
    });

    await items.return();

    expect(outcomes).toEqual([{ status: "unknown" }]);
  });

  it("is called once, however often the stream is closed", async () => {
    let calls = 0;
    const items = from([1]).onClose(
      () => {
        calls += 1;
      },
      { when },
    );
    await items.toArray();

    await items.return();
    await items.return();

    expect(calls).toBe(1);
  });

  it("is waited for at the end", async () => {
    const clock = virtualClock();

    const moment = await clock.run(async () => {
      const [source] = tracked<number>([], { delay: 5 });
      await from(source)
        .onClose(() => from(tracked([1], { delay: 10 })[0]).next(), { when })
        .toArray();
      return clock.now();
    });

    expect(moment).toBe(15);
  });

  it("is waited for when the stream is left", async () => {
    const clock = virtualClock();

    const moment = await clock.run(async () => {
      const items = from([1, 2]).onClose(
        () => from(tracked([1], { delay: 10 })[0]).next(),
        { when },
      );
      await items.next();
      await items.return();
      return clock.now();
    });

    expect(moment).toBe(10);
  });

  it("is waited for no longer than the grace", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();

    await clock.run(() =>
      from([1], { onDetached, closeGrace: 50 })
        .onClose(() => new Promise(() => {}), { when })
        .toArray(),
    );

    expect(clock.steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });

  it.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw failure;
      },
    ],
    ["rejects", () => Promise.reject(failure)],
  ])("fails the stream with what it %s, at the end", async (_, hook) => {
    const items = from([1]).onClose(hook, { when });

    await expect(items.toArray()).rejects.toBe(failure);
  });

  it("fails the one who leaves with what it throws", async () => {
    const items = from([1, 2]).onClose(() => Promise.reject(failure), { when });
    await items.next();

    await expect(items.return()).rejects.toBe(failure);
  });

  it("does not replace the error of the stream: what it throws is its context", async () => {
    const first = new Error("first");
    const [source] = tracked<number>([], { error: first });

    const error = await errorOf(
      from(source)
        .onClose(() => Promise.reject(failure), { when })
        .toArray(),
    );

    expect(error).toBe(first);
    expect(errorContext(error)).toBe(failure);
  });

  it("does not keep the source from being closed where it throws", async () => {
    const [source, track] = tracked([1, 2]);
    const items = from(source).onClose(
      () => {
        throw failure;
      },
      { when },
    );
    await items.next();

    await errorOf(items.return());

    expect(track.closed).toBe(1);
  });
});

describe("onClose()", () => {
  it("is called after the source has closed, by default", async () => {
    const log: string[] = [];
    const [source] = tracked([1, 2], { log });
    const items = from(source).onClose(() => log.push("hook"));
    await items.next();

    await items.return();

    expect(log.slice(-3)).toEqual(["source returned", "source closed", "hook"]);
  });

  it("is called just before the source is closed, if that is asked for", async () => {
    const log: string[] = [];
    const [source] = tracked([1, 2], { log });
    const items = from(source).onClose(() => log.push("hook"), {
      when: "before",
    });
    await items.next();

    await items.return();

    expect(log.slice(-3)).toEqual(["hook", "source returned", "source closed"]);
  });

  it("gives the end only after the hook", async () => {
    const log: string[] = [];

    await from([1])
      .onClose(async () => {
        await Promise.resolve();
        log.push("hook");
      })
      .toArray();
    log.push("end");

    expect(log).toEqual(["hook", "end"]);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).onClose(1 as never)).toThrow(
      new TypeError("Cannot call on close 1: it is not a function"),
    );
  });
});
