import { describe, it } from "vitest";
import { operatorLaws } from "sluice/testing";
import { stepRows } from "../matrix/rows-of-steps.ts";
import { paceRows } from "../matrix/rows-of-pace.ts";
import { otherRows } from "../matrix/rows-of-several.ts";

for (const row of [...stepRows, ...paceRows, ...otherRows]) {
describe(row.name, () => {
  for (const { title, check } of operatorLaws(row.apply, row.options)) it(title, check);
});
}
