import { describe, expect, it } from "vitest";
import { operatorLaws, type Track } from "sluice/testing";
import { combinations } from "./combinations.ts";
import { listVariants, type Others } from "./variant.ts";

const KINDS: readonly Others[] = ["silent", "ended", "items"];

for (const combination of combinations) {
  for (const kind of KINDS) {
    for (const { title, create, options, unbound } of listVariants(
      combination,
      kind,
    )) {
      describe(`${combination.name}, ${title}`, () => {
        for (const law of operatorLaws(create([]), options)) {
          if (unbound.includes(law.title)) continue;
          it(law.title, async () => {
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
