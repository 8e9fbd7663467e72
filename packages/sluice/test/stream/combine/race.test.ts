import { describe, expect, it } from "vitest";
import { from, race, type Stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";

describe("race()", () => {
  it("gives all items of the source that gives one first", async () => {
    const clock = virtualClock();
    const [slow] = tracked(["s1", "s2"], { delay: 20 });
    const [quick] = tracked(["q1", "q2"], { delay: 10 });

    const items = await clock.run(() => race(slow, quick).toArray());

    expect(items).toEqual(["q1", "q2"]);
  });

  it("takes the first in order of those that answer at once", async () => {
    const [never, track] = tracked<number>([], { stuck: true });

    const items = await race(never, [1, 2], [3]).toArray();

    expect(items).toEqual([1, 2]);
    expect(track.closed).toBe(1);
  });

  it("does not ask those behind one that answers at once", async () => {
    const [other, track] = tracked([3]);

    await race([1], other).toArray();

    expect(track.events).toEqual([]);
  });

  it("ends where the first to answer ends", async () => {
    const clock = virtualClock();
    const [slow, track] = tracked(["s1"], { delay: 20 });
    const [quick] = tracked<string>([], { delay: 10 });

    const items = await clock.run(() => race(slow, quick).toArray());

    expect(items).toEqual([]);
    expect(track.closed).toBe(1);
  });

  it("fails where the first to answer fails", async () => {
    const clock = virtualClock();
    const failure = new Error("broken");
    const [slow, track] = tracked(["s1"], { delay: 20 });
    const [quick] = tracked<string>([], { delay: 10, error: failure });

    const error = await clock.run(() => errorOf(race(slow, quick).toArray()));

    expect(error).toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("closes the others when one has answered, and gives its item meanwhile", async () => {
    const clock = virtualClock();
    const [loser, track] = tracked(["s1"], { delay: 20, closeDelay: 100 });
    const [winner] = tracked(["q1", "q2"], { delay: 10 });

    const moments = await clock.run(async () => {
      const moments: number[] = [];
      await race(loser, winner).forEach(() => {
        moments.push(clock.now());
      });
      return [...moments, clock.now()];
    });

    expect(track).toMatchObject({ returned: 1, closed: 1 });
    expect(moments).toEqual([10, 20, 110]);
  });

  it("tells at the end what closing the others throws", async () => {
    const failure = new Error("close");
    const [loser] = tracked<number>([], { stuck: true, closeError: failure });
    const items = race(loser, tracked([1])[0]);

    await expect(items.next()).resolves.toEqual({ done: false, value: 1 });
    await expect(items.next()).rejects.toBe(failure);
  });

  it("tells what closing the others throws to the one who leaves", async () => {
    const failure = new Error("close");
    const [loser] = tracked<number>([], { stuck: true, closeError: failure });
    const items = race(loser, tracked([1, 2])[0]);
    await items.next();

    await expect(items.return()).rejects.toBe(failure);
  });

  it("reports what one of the others fails with afterwards", async () => {
    const clock = virtualClock();
    const failure = new Error("late");
    const { reports, onDetached } = recordDetached();
    const [loser] = tracked<number>([], {
      delay: 20,
      error: failure,
      onReturn: "ignore",
    });
    const [winner] = tracked([1], { delay: 10 });

    const items = await clock.run(() =>
      from<number>(race(loser, winner), { onDetached }).toArray(),
    );

    expect(items).toEqual([1]);
    expect(reports).toMatchObject([{ cause: failure }]);
  });

  it("gives nothing for no source", async () => {
    await expect(race().toArray()).resolves.toEqual([]);
  });

  it("gives the items of the only source", async () => {
    await expect(race([1, 2]).toArray()).resolves.toEqual([1, 2]);
  });

  it("closes all when it is left before one has answered", async () => {
    const tracks = [1, 2].map(() => tracked<number>([], { stuck: true }));
    const items: Stream<number> = race(...tracks.map(([source]) => source));
    const pending = items.next();

    await items.return();

    await expect(pending).resolves.toEqual({ done: true, value: undefined });
    expect(tracks.map(([, { closed }]) => closed)).toEqual([1, 1]);
  });

  it("closes the one that has won when it is left", async () => {
    const [winner, track] = tracked([1, 2]);
    const items = race(winner, tracked<number>([], { stuck: true })[0]);
    await items.next();

    await items.return();

    expect(track.closed).toBe(1);
  });

  it("loses nothing of the one that wins", async () => {
    const clock = virtualClock();
    const [winner, track] = tracked([1, 2, 3], { delay: 10 });
    const [loser] = tracked<number>([], { stuck: true });

    const items = await clock.run(() => race(loser, winner).toArray());

    expect(items).toEqual([1, 2, 3]);
    expect(track.pulled).toBe(4);
  });

  it("refuses what cannot be iterated over, at once", () => {
    expect(() => race([1], null as never)).toThrow(TypeError);
  });
});
