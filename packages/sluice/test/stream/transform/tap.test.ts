import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";
import { loopTurns } from "../../support/loop-turns.ts";

describe("tap()", () => {
  it("gives every item as it is, whatever the callback gives", async () => {
    const items = from([1, 2]).tap((item) => item * 10);

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it("shows every item to the callback, in order", async () => {
    const seen: number[] = [];

    await from([1, 2])
      .tap((item) => seen.push(item))
      .toArray();

    expect(seen).toEqual([1, 2]);
  });

  it("waits for the callback before it gives the item", async () => {
    const log: string[] = [];

    await from(["a"])
      .tap(async (item) => {
        await loopTurns();
        log.push(`tapped ${item}`);
      })
      .forEach((item) => {
        log.push(`given ${item}`);
      });

    expect(log).toEqual(["tapped a", "given a"]);
  });

  it("shows an item before the next is asked for", async () => {
    const log: string[] = [];
    const [source] = tracked([1, 2], { log });

    await from(source)
      .tap((item) => log.push(`tapped ${item}`))
      .toArray();

    expect(log.indexOf("tapped 1")).toBeLessThan(log.indexOf("source gave 2"));
  });

  it("closes the source, and fails, when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2]);
    const items = from(source).tap(() => Promise.reject(failure));

    await expect(items.toArray()).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).tap(1 as never)).toThrow(
      new TypeError("Cannot call 1: it is not a function"),
    );
  });
});
