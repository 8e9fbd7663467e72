import { describe, expect, it } from "vitest";
import { operatorLaws, type Track } from "sluice/testing";
import { combinations } from "./combinations.ts";
import { listVariants, type Others } from "./variant.ts";

const KINDS: readonly Others[] = ["silent", "ended", "items"];

/**
 * The signal of one of several sources: that source is closed before `next()` is
 * answered, which should not wait.
 */
const FALLS_SHORT = [
  "fails with a signal's reason at once, and closes its source",
];

for (const combination of combinations) {
  for (const kind of KINDS) {
    for (const { title, create, options, unbound } of listVariants(
      combination,
      kind,
    )) {
      describe(`${combination.name}, ${title}`, () => {
        for (const law of operatorLaws(create([]), options)) {
          if (unbound.includes(law.title)) continue;
          const run = FALLS_SHORT.includes(law.title) ? it.fails : it;
          run(law.title, async () => {
            const tracks: Track[] = [];
            const laws = operatorLaws(create(tracks), options);

            await laws.find(({ title }) => title === law.title)?.check();

            expect(tracks.filter(({ open }) => open > 0)).toEqual([]);
            expect(tracks.filter(({ returned }) => returned > 1)).toEqual([]);
          });
        }
      });
    }
  }
}
