import { describe, expect, it } from "vitest";
import { errorContext, from, sleep } from "sluice";
import type { TrackedBehaviour } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { stateOf } from "../../support/state-of.ts";
import { combinations } from "./combinations.ts";
import { CLOSE_DELAY_MS, repeat, SILENT, tryOut } from "./trial.ts";
import {
  listPlaces,
  ORDINALS,
  putIn,
  type Combination,
  type Others,
} from "./variant.ts";

describe.each(combinations)("$name, left", (combination) => {
  it.each([2, 3])(
    "while %i sources are silent: next() is answered at once, and all are closed",
    (count) =>
      tryOut(
        combination,
        repeat(count, { ...SILENT, closeDelay: CLOSE_DELAY_MS }),
        async ({ applied, tracks, clock, reported }) => {
          const asked = applied.next();
          await clock.waitUntilIdle();
          const leaving = applied.return();
          await clock.waitUntilIdle();
          expect(await stateOf(asked)).toBe("fulfilled");
          await leaving;

          expect(await asked).toEqual({ done: true, value: undefined });
          expect(tracks.map(({ closed }) => closed)).toEqual(repeat(count, 1));
          // Side by side, so that it takes as long as one of them.
          expect(clock.steps).toEqual([CLOSE_DELAY_MS]);
          expect(reported()).toEqual([]);
        },
      ),
  );

  it.each([2, 3])("before the first next(): all %i are closed", (count) =>
    tryOut(
      combination,
      repeat(count, { ...SILENT, closeDelay: CLOSE_DELAY_MS }),
      async ({ applied, tracks }) => {
        await applied.return();

        expect(tracks.map(({ closed }) => closed)).toEqual(repeat(count, 1));
      },
    ),
  );

  it.each([2, 3])(
    "where closing fails in %i sources: with all errors",
    (count) => {
      const errors = createErrors(count);
      return tryOut(
        combination,
        errors.map((closeError) => ({ ...SILENT, closeError })),
        async ({ applied, reported }) => {
          const asked = applied.next();
          const failure = await errorOf(applied.return());

          expect(failure).toBeInstanceOf(AggregateError);
          expect(failure).toMatchObject({ errors });
          expect(await asked).toEqual({ done: true, value: undefined });
          expect(reported()).toEqual([]);
        },
      );
    },
  );

  it("where closing fails in one of them: with that error", () => {
    const [closeError] = createErrors(1);
    return tryOut(
      combination,
      [SILENT, { ...SILENT, closeError }],
      async ({ applied, tracks }) => {
        const asked = applied.next();

        expect(await errorOf(applied.return())).toBe(closeError);
        expect(await asked).toEqual({ done: true, value: undefined });
        expect(tracks.map(({ closed }) => closed)).toEqual([1, 1]);
      },
    );
  });
});

for (const combination of combinations) {
  for (const others of ["silent", "ended"] as const) {
    for (const { count, place } of listPlaces()) {
      const fate = combination.whenOneFails(others, place);
      it(`${combination.name} ${fate} where the ${ORDINALS[place]} of ${count} fails, others ${others}`, () =>
        checkOneFails(combination, others, place, count));
    }
  }
}

async function checkOneFails(
  combination: Combination,
  others: Others,
  place: number,
  count: number,
): Promise<void> {
  const error = new Error("of the source");
  const other = others === "silent" ? SILENT : {};
  const behaviours = putIn<TrackedBehaviour>(
    { error },
    place,
    repeat(count - 1, other),
  );
  await tryOut(
    combination,
    behaviours,
    async ({ applied, tracks, clock, reported }) => {
      const asked = applied.next();
      const failing = errorOf(asked);
      await clock.waitUntilIdle();
      const fate = combination.whenOneFails(others, place);
      expect(await stateOf(asked)).toBe(STATES[fate]);
      await applied.return();

      if (fate === "fails") expect(await failing).toBe(error);
      else expect(await asked).toEqual({ done: true, value: undefined });
      // What fails as the others end may be closed before that is known.
      const hasFailed = tracks[place]?.events.includes("failed") === true;
      if (fate === "fails") expect(tracks[place]?.returned).toBe(0);
      if (fate === "waits") expect(tracks[place]?.closed).toBe(1);
      expect(reported()).toEqual(hasFailed && fate !== "fails" ? [error] : []);
    },
  );
}

const STATES = {
  fails: "rejected",
  ends: "fulfilled",
  waits: "pending",
} as const;

describe.each(combinations)("$name, failing", (combination) => {
  const { asksAll } = combination;

  it("in a source, and in closing the others: with the first, and the other in its context", () => {
    const error = new Error("of the source");
    const closeError = new Error("of closing");
    return tryOut(
      combination,
      [{ error }, { ...SILENT, closeError }],
      async ({ applied, reported }) => {
        expect(await errorOf(applied.next())).toBe(error);
        expect(errorContext(error)).toBe(closeError);
        expect(reported()).toEqual([]);
      },
    );
  });

  it("in a source, and in closing two others: with the first, and both in its context", () => {
    const error = new Error("of the source");
    const errors = createErrors(2);
    return tryOut(
      combination,
      [{ error }, ...errors.map((closeError) => ({ ...SILENT, closeError }))],
      async ({ applied, reported }) => {
        expect(await errorOf(applied.next())).toBe(error);
        expect(errorContext(error)).toBeInstanceOf(AggregateError);
        expect(errorContext(error)).toMatchObject({ errors });
        expect(reported()).toEqual([]);
      },
    );
  });

  it.each([2, 3])(
    `in %i sources: with the first${asksAll ? ", and the others are reported" : ", as the others are not asked"}`,
    (count) => {
      const errors = createErrors(count);
      return tryOut(
        combination,
        errors.map((error) => ({ error })),
        async ({ applied, tracks, reported }) => {
          expect(await errorOf(applied.next())).toBe(errors[0]);
          expect(reported()).toEqual(asksAll ? errors.slice(1) : []);
          expect(tracks[0]?.returned).toBe(0);
          if (!asksAll) expect(tracks[1]?.closed).toBe(1);
        },
      );
    },
  );

  it("by the signal of one, whose reason comes out", () => {
    const reason = new Error("of the signal");
    const signal = AbortSignal.abort(reason);
    return tryOut(
      {
        ...combination,
        combine: ([first, ...rest]) =>
          combination.combine([from(first ?? [], { signal }), ...rest]),
      },
      [SILENT, SILENT],
      async ({ applied, tracks }) => {
        expect(await errorOf(applied.next())).toBe(reason);
        expect(tracks.map(({ closed }) => closed)).toEqual([1, 1]);
      },
    );
  });
});

describe.each(combinations.filter(({ asksAll }) => asksAll))(
  "$name, failing",
  (combination) => {
    it("in a second source once it has been left: that is reported", () => {
      const [early, late] = createErrors(2);
      return tryOut(
        combination,
        [
          { error: early },
          { error: late, delay: CLOSE_DELAY_MS, onReturn: "ignore" },
        ],
        async ({ applied, reported }) => {
          expect(await errorOf(applied.next())).toBe(early);
          await sleep(CLOSE_DELAY_MS);

          expect(reported()).toEqual([late]);
        },
      );
    });
  },
);

function createErrors(count: number): Error[] {
  return Array.from(
    { length: count },
    (_, index) => new Error(`of the ${ORDINALS[index]}`),
  );
}
