import { describe, expect, it } from "vitest";
import { concat, from, latest, merge, race, zip, type Stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";

type Combine = (...sources: AsyncIterable<number>[]) => Stream<unknown>;

const combinations: readonly [string, Combine][] = [
  ["merge()", merge],
  ["concat()", concat],
  ["race()", race],
  ["zip()", (...sources) => zip(sources)],
  ["latest()", latest],
];

describe.each(combinations)("the options of %s", (_, combine) => {
  it("hold for a source that is no stream", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeStuck: true });

    await clock.run(async () => {
      const items = from(combine(source), { onDetached, closeGrace: 50 });
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });

  it("are the defaults, if they were not given", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { closeDelay: 2000 });
    const warnings: unknown[] = [];
    const warn = (warning: unknown): void => {
      warnings.push(warning);
    };
    process.on("warning", warn);

    await clock.run(async () => {
      const items = combine(source);
      await items.next();
      await items.return();
    });
    await loopTurns();
    process.off("warning", warn);

    expect(clock.steps).toEqual([1000]);
    expect(warnings).toMatchObject([{ code: "SLUICE_DETACHED" }]);
  });

  it("are not a source's own, which waits as long as it may", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const options = { onDetached, closeGrace: 5000 };
    const [source, track] = tracked([1, 2], { closeDelay: 4000 });

    await clock.run(async () => {
      const items = combine(from(source, options));
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([4000]);
    expect(track.closed).toBe(1);
    expect(reports).toEqual([]);
  });

  it("bound what its sources may take, if they were given", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const options = { onDetached, closeGrace: Infinity };
    const [source] = tracked([1, 2], { closeStuck: true });

    await clock.run(async () => {
      const items = from(combine(from(source, options)), { closeGrace: 50 });
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });
});

describe("the options of a combination", () => {
  it("are asked for a failure that was loaded where its source has none", async () => {
    const failure = new Error("late");
    const [own, whole] = [recordDetached(), recordDetached()];
    const [failing] = tracked<number>([], { error: failure });
    const [other] = tracked<number>([], { error: failure });
    const items = from(
      merge([1, 2], from(failing, { onDetached: own.onDetached }), other),
      { onDetached: whole.onDetached },
    );

    await items.next();
    await items.next();
    await loopTurns();
    await items.return();

    expect(own.reports).toMatchObject([{ cause: failure }]);
    expect(whole.reports).toMatchObject([{ cause: failure }]);
  });
});
