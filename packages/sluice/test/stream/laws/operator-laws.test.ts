import { describe, it } from "vitest";
import { operatorLaws } from "sluice/testing";
import { rows } from "../matrix/rows.ts";

for (const { name, apply, options, fallsShort = [] } of rows) {
  describe(name, () => {
    for (const { title, check } of operatorLaws(apply, options)) {
      if (fallsShort.includes(title)) it.fails(title, check);
      else it(title, check);
    }
  });
}
