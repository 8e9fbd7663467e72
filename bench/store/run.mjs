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
import { findFfmpeg, formatSetting, listPackages } from "../setting.mjs";
import * as indexGrowth from "./index-growth.mjs";
import * as ingest from "./ingest.mjs";
import * as prefetch from "./prefetch.mjs";
import * as reading from "./reading.mjs";

const claims = [reading, prefetch, ingest, indexGrowth];

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
for (const { id, measure, peers = [], usesFfmpeg = false } of chosen) {
  const figures = await measure(values.quick);
  const packages = listPackages(peers, "store");
  if (usesFfmpeg) packages.push(findFfmpeg());
  const report = `${formatSetting([runtime], packages)}\n\n${figures}`;
  if (values.dry || values.quick) console.log(`\n${report}`);
  else writeSection(id, "bench:store", report);
}
