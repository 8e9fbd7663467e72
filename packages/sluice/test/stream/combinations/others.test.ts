import { expect, it } from "vitest";
import { errorOf } from "../../support/error-of.ts";
import { combinations } from "./combinations.ts";
import {
  CLOSE_DELAY_MS,
  repeat,
  SILENT,
  tryOut,
  type Trial,
  type TrialSource,
} from "./trial.ts";
import {
  listPlaces,
  ORDINALS,
  putIn,
  type Combination,
  type Lawless,
  type Others,
} from "./variant.ts";

type Given = ReturnType<Lawless["gives"]>;

for (const combination of combinations) {
  for (const kind of ["silent", "ended"] as const) {
    const how = combination.beside[kind];
    if ("others" in how) continue;
    for (const { count, place } of listPlaces()) {
      const given = how.gives(place);
      it(`${combination.name} gives ${given} where the ${ORDINALS[place]} of ${count} has an item, others ${kind}, and closes all`, () =>
        checkGives(combination, kind, count, place, given));
    }
  }
}

async function checkGives(
  combination: Combination,
  kind: Others,
  count: number,
  place: number,
  given: Given,
): Promise<void> {
  const other = kind === "silent" ? SILENT : {};
  const sources = putIn<TrialSource>(
    { ...SILENT, items: [1] },
    place,
    repeat(count - 1, other),
  ).map((source) => ({ ...source, closeDelay: CLOSE_DELAY_MS }));
  await tryOut(combination, sources, async (trial) => {
    await checks[given](trial);
    await trial.applied.return();

    // And what had not ended by itself, once: see tryOut().
    expect(trial.tracks[place]?.closed).toBe(1);
  });
}

const END = { done: true, value: undefined };

const checks: Readonly<Record<Given, (trial: Trial) => Promise<void>>> = {
  "an item": async ({ applied, clock }) => {
    expect(await applied.next()).toEqual({ done: false, value: 1 });
    expect(clock.steps).toEqual([]);
  },
  "the end": async ({ applied }) => {
    expect(await applied.next()).toEqual(END);
  },
  "an error": async ({ applied }) => {
    expect(await errorOf(applied.next())).toBeInstanceOf(TypeError);
  },
  nothing: async ({ applied, clock }) => {
    const asked = applied.next();
    await clock.waitUntilIdle();
    const leaving = applied.return();

    expect(await asked).toEqual(END);
    expect(clock.steps).toEqual([]);
    await leaving;
  },
};
