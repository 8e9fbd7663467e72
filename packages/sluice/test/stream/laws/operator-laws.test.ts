import { describe, it } from "vitest";
import { operatorLaws } from "sluice/testing";
import { rows } from "../matrix/rows.ts";

for (const { name, apply, options } of rows) {
  describe(name, () => {
    for (const { title, check } of operatorLaws(apply, options)) {
      it(title, check);
    }
  });
}
