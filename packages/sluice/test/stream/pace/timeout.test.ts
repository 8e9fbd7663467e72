import { describe, expect, it } from "vitest";
import { from, sleep, TimeoutError } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";

describe("timeout() of a stream", () => {
  it("lets items pass that come in time", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2, 3], { delay: 10 });

    const items = await clock.run(() => from(source).timeout(11).toArray());

    expect(items).toEqual([1, 2, 3]);
    expect(clock.steps).toEqual([10, 20, 30, 40]);
    expect(clock.pending).toBe(0);
  });

  it("fails where one takes longer from being asked for", async () => {
    const clock = virtualClock();
    const [source] = tracked([1], { stuck: true });

    const error = await clock.run(() =>
      errorOf(from(source).timeout(20).toArray()),
    );

    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      code: "SLUICE_TIMEOUT",
      message: "Cannot wait for the next item: it did not come within 20 ms",
    });
    expect(clock.steps).toEqual([20]);
  });

  it("does not count the time in which nobody asks", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { delay: 5 });

    const items = await clock.run(async () => {
      const items = from(source).timeout(10);
      const first = await items.next();
      await sleep(1000);
      return [first, await items.next(), await items.next()];
    });

    expect(items).toMatchObject([{ value: 1 }, { value: 2 }, { done: true }]);
    expect(clock.steps).toEqual([5, 1005, 1010, 1015]);
  });

  it("has no timer while nobody asks", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { delay: 5 });

    await clock.run(async () => {
      const items = from(source).timeout(10);
      await items.next();
      expect(clock.pending).toBe(0);
      await items.return();
    });
  });

  it("counts the time until the end as well", async () => {
    const clock = virtualClock();
    const [source] = tracked<number>([], { delay: 50 });

    const error = await clock.run(() =>
      errorOf(from(source).timeout(20).toArray()),
    );

    expect(error).toBeInstanceOf(TimeoutError);
  });

  it("closes the source, and waits for that", async () => {
    const clock = virtualClock();
    const [source, track] = tracked<number>([], {
      stuck: true,
      closeDelay: 5,
    });

    await clock.run(() => errorOf(from(source).timeout(20).toArray()));

    expect(track.closed).toBe(1);
    expect(clock.steps).toEqual([20, 25]);
  });

  it("waits for a source that does not stop no longer than the grace", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked<number>([], { stuck: true, onReturn: "queue" });

    const error = await clock.run(() =>
      errorOf(from(source, { onDetached }).timeout(20).toArray()),
    );

    expect(error).toBeInstanceOf(TimeoutError);
    expect(clock.steps).toEqual([20, 1020]);
    expect(reports.length).toBeGreaterThan(0);
  });

  it("counts the whole of the steps above it for an item", async () => {
    const clock = virtualClock();

    const error = await clock.run(() =>
      errorOf(
        from([6, 6, 6])
          .tap((ms, { signal }) => sleep(ms, signal))
          .filter((_, { index }) => index === 2)
          .timeout(10)
          .toArray(),
      ),
    );

    expect(error).toBeInstanceOf(TimeoutError);
    expect(clock.steps).toEqual([6, 10]);
  });

  it("counts anew for each item", async () => {
    const clock = virtualClock();

    const items = await clock.run(() =>
      from([6, 6, 6])
        .tap((ms) => sleep(ms))
        .timeout(10)
        .toArray(),
    );

    expect(items).toEqual([6, 6, 6]);
  });

  it("passes on what the source fails with", async () => {
    const clock = virtualClock();
    const failure = new Error("broken");
    const [source] = tracked<number>([], { error: failure, delay: 5 });

    const error = await clock.run(() =>
      errorOf(from(source).timeout(20).toArray()),
    );

    expect(error).toBe(failure);
    expect(clock.pending).toBe(0);
  });

  it("takes its timer back when it is left", async () => {
    const clock = virtualClock();
    const [source] = tracked<number>([], { stuck: true });

    await clock.run(async () => {
      const items = from(source).timeout(20);
      const pending = items.next();
      await items.return();
      await pending;
    });

    expect(clock.steps).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("of 0 ms lets pass what is there without a pause", async () => {
    const clock = virtualClock();

    const items = await clock.run(() => from([1, 2]).timeout(0).toArray());

    expect(items).toEqual([1, 2]);
  });

  it("of `Infinity` never fails", async () => {
    const clock = virtualClock();
    const [source] = tracked([1], { delay: 1e12 });

    const items = await clock.run(() =>
      from(source).timeout(Infinity).toArray(),
    );

    expect(items).toEqual([1]);
  });

  it.each([NaN, "10", null, undefined])("refuses %o, at once", (ms) => {
    expect(() => from([1]).timeout(ms as never)).toThrow(TypeError);
  });
});
