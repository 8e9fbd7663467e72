/**
 * Measures what the built packages cost, and writes the figures into
 * `docs/benchmarks.md`, between the marks that are there for them.
 *
 * Options: `--only <group>` measures one group and prints it, `--dry` measures
 * all and prints them; neither writes.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundleContextlib } from "./contexts/bundle-contextlib.mjs";
import { measure } from "./contexts/measure.mjs";
import { formatReport } from "./contexts/report.mjs";
import { copyPackage } from "./copy-package.mjs";
import { installPeers } from "./install.mjs";
import { writeSection } from "./page.mjs";
import { findRuntimes } from "./runtimes.mjs";
import { listPackages } from "./setting.mjs";

/** @import { Effort } from "./contexts/measure.mjs" */

/** @type {Effort} */
const effort = { passes: 5, rounds: 5, warmUpMs: 80, roundMs: 15 };

process.chdir(resolve(import.meta.dirname, ".."));
const { values } = parseArgs({
  options: { dry: { type: "boolean" }, only: { type: "string" } },
});
installPeers();
copyPackage();
await bundleContextlib();
const report = await measureAll();
if (values.dry || values.only !== undefined) console.log(`\n${report}`);
else writeSection("contexts", "bench", report);

async function measureAll() {
  // What it imports is there only now.
  const { groups } = await import("./contexts/groups.mjs");
  const chosen = groups.filter(({ id }) => id === (values.only ?? id));
  const runtimes = findRuntimes();
  const measured = [];
  for (const group of chosen) {
    for (const runtime of runtimes) {
      console.log(`${group.id}, Node ${runtime.version}`);
      const figures = await measure(group, runtime, effort);
      measured.push({ group, runtime, figures });
    }
  }
  return formatReport(measured, effort, listPackages(["contextlib", "effect"]));
}
