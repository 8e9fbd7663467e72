/**
 * Measures what is claimed of `@sluice/store`, one claim a file, and writes the figures into
 * `docs/benchmarks.md`, each between the marks that are there for it.
 *
 * Options: `--only <claim>` measures one of them; with `--dry` the figures are printed and
 * not written, and with `--quick` they are measured in little time, and printed too.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeSection } from "../page.mjs";
import { formatSetting, listPackages } from "../setting.mjs";
import * as indexGrowth from "./index-growth.mjs";

const claims = [indexGrowth];

process.chdir(resolve(import.meta.dirname, "../.."));
const { values } = parseArgs({
  options: {
    dry: { type: "boolean", default: false },
    only: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});

const chosen = claims.filter(({ id }) => id === (values.only ?? id));
if (chosen.length === 0) {
  throw new Error(`Cannot measure ${values.only}: there is no such claim`);
}
const runtime = { version: process.version.slice(1) };
for (const { id, measure } of chosen) {
  const setting = formatSetting([runtime], listPackages([], "store"));
  const report = `${setting}\n\n${await measure(values.quick)}`;
  if (values.dry || values.quick) console.log(`\n${report}`);
  else writeSection(id, "bench:store", report);
}
