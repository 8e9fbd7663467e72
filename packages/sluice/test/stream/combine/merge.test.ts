import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from, merge, sleep, stream, type Stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";

describe("merge()", () => {
  it("gives the items of all sources as they come", async () => {
    const clock = virtualClock();
    const [slow] = tracked(["s1", "s2"], { delay: 25 });
    const [quick] = tracked(["q1", "q2", "q3"], { delay: 10 });

    const items = await clock.run(() => merge(slow, quick).toArray());

    expect(items).toEqual(["q1", "q2", "s1", "q3", "s2"]);
  });

  it("takes sources in turn that are all ready: none is starved", async () => {
    const items = await merge([1, 2, 3], ["a", "b"], [true]).toArray();

    expect(items).toEqual([1, "a", true, 2, "b", 3]);
  });

  it("gives nothing for no source", async () => {
    await expect(merge().toArray()).resolves.toEqual([]);
  });

  it("gives nothing where all sources are empty", async () => {
    await expect(merge([], tracked([])[0]).toArray()).resolves.toEqual([]);
  });

  it("goes on with the others when one ends", async () => {
    const items = await merge([], tracked([1, 2])[0]).toArray();

    expect(items).toEqual([1, 2]);
  });

  it("asks every source at the same time, once", async () => {
    const [first, firstTrack] = tracked([1], { stuck: true });
    const [second, secondTrack] = tracked([2], { stuck: true });
    const items = merge(first, second);

    await items.next();
    await loopTurns();

    expect([firstTrack.pulled, secondTrack.pulled]).toEqual([1, 1]);
    await items.return();
  });

  it("holds one item of a source that nobody asks for", async () => {
    const [quick, track] = tracked([1, 2, 3, 4]);
    const items = merge(quick, tracked([5, 6, 7])[0]);

    await items.next();
    await loopTurns();

    expect(track.pulled).toBeLessThanOrEqual(2);
    await items.return();
  });

  it("awaits the promises of synchronous sources", async () => {
    const items = await merge([Promise.resolve(1)], [2]).toArray();

    expect(items.sort()).toEqual([1, 2]);
  });

  it("closes all sources when it is left", async () => {
    const [first, firstTrack] = tracked([1, 2]);
    const [second, secondTrack] = tracked<number>([], { stuck: true });
    const items = merge(first, second);
    await items.next();

    await items.return();

    expect([firstTrack.closed, secondTrack.closed]).toEqual([1, 1]);
  });

  it("closes what was never started, when it is left", async () => {
    const [source, track] = tracked([1], { form: "async-iterator" });

    await merge(from(source)).return();

    expect(track).toMatchObject({ pulled: 0, returned: 1 });
  });

  it("closes the others, and fails, when one fails", async () => {
    const failure = new Error("broken");
    const [bad] = tracked<number>([], { error: failure });
    const [other, track] = tracked<number>([], { stuck: true });

    await expect(merge(other, bad).toArray()).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("gives what was there before a failure", async () => {
    const clock = virtualClock();
    const failure = new Error("broken");
    const [bad] = tracked<number>([], { error: failure, delay: 10 });
    const [good] = tracked([1, 2, 3], { delay: 4 });
    const seen: number[] = [];

    const error = await clock.run(() =>
      errorOf(
        merge(bad, good).forEach((item) => {
          seen.push(item);
        }),
      ),
    );

    expect(error).toBe(failure);
    expect(seen).toEqual([1, 2]);
  });

  it("does not close sources that have ended", async () => {
    const [first, track] = tracked([1]);

    await merge(first, [2, 3]).toArray();

    expect(track.returned).toBe(0);
  });

  it("may be merged again", async () => {
    const items = await merge(merge([1, 2], [3]), merge([4])).toArray();

    expect(items.sort()).toEqual([1, 2, 3, 4]);
  });

  it("refuses what cannot be iterated over, at once", () => {
    expect(() => merge([1], 1 as never)).toThrow(
      new TypeError("Cannot make a stream of 1: it is not iterable"),
    );
  });

  it("gives every item once, each source's in order, however they are scheduled", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
        async (scheduler, lengths) => {
          const create = (length: number, name: number): Stream<number[]> =>
            stream(async function* () {
              for (let item = 0; item < length; item++) {
                await scheduler.schedule(Promise.resolve(), `${name}: ${item}`);
                yield [name, item];
              }
            });
          const all = merge(...lengths.map(create)).toArray();

          await scheduler.waitIdle();
          const items = await all;

          expect(
            lengths.map((_, name) =>
              items.filter(([of]) => of === name).map(([, item]) => item),
            ),
          ).toEqual(
            lengths.map((length) => Array.from({ length }, (_, item) => item)),
          );
        },
      ),
    );
  });

  it("lets a slow reader hold its sources up", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1, 2, 3, 4, 5, 6]);

    await clock.run(async () => {
      for await (const item of merge(source)) {
        await sleep(10);
        if (item === 3) break;
      }
    });

    expect(track.pulled).toBeLessThanOrEqual(4);
  });
});
