import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked, virtualClock } from "sluice/testing";

describe("find()", () => {
  it("gives the first item for which the callback answers true", async () => {
    await expect(from([1, 2, 3]).find((item) => item > 1)).resolves.toBe(2);
  });

  it("gives `undefined` if there is none", async () => {
    await expect(from([1, 2]).find(() => false)).resolves.toBeUndefined();
  });

  it("gives `undefined` for an empty source", async () => {
    await expect(from([]).find(() => true)).resolves.toBeUndefined();
  });

  it.each([false, null, 0, ""])("gives %o, if it is that", async (item) => {
    await expect(from([item]).find(() => true)).resolves.toBe(item);
  });

  it("awaits a promised answer", async () => {
    const found = from([1, 2, 3]).find(async (item) => item > 1);

    await expect(found).resolves.toBe(2);
  });

  it("reads no further, and closes the source", async () => {
    const [source, track] = tracked([1, 2, 3]);

    await from(source).find((item) => item === 2);

    expect(track).toMatchObject({ pulled: 2, closed: 1 });
  });

  it("waits until the source is closed", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { closeDelay: 10 });

    await clock.run(() => from(source).find(() => true));

    expect(clock.steps).toEqual([10]);
  });

  it("closes the source when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2]);

    const found = from(source).find(() => Promise.reject(failure));

    await expect(found).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).find(1 as never)).toThrow(TypeError);
  });
});
