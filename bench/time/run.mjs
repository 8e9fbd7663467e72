/**
 * Measures what `@sluice/time` costs beside plain `bigint` arithmetic written out by
 * hand, and writes the figures into `docs/benchmarks.md`, between the marks that are
 * there for them.
 *
 * Options, with each of which the figures are printed and not written: `--dry`
 * measures all, `--only <case>` one, and `--quick` in little time, and so imprecisely.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { copyPackage } from "../copy-package.mjs";
import { formatNs, formatRatio, nameRuntime } from "../figures.mjs";
import { installPeers } from "../install.mjs";
import { writeSection } from "../page.mjs";
import { findRuntimes } from "../runtimes.mjs";
import { listPackages } from "../setting.mjs";

/** @import { Effort } from "./measure.mjs" */

process.chdir(resolve(import.meta.dirname, "../.."));
const { values } = parseArgs({
  options: {
    dry: { type: "boolean" },
    only: { type: "string" },
    quick: { type: "boolean" },
  },
});

/** @type {Effort} */
const effort = values.quick
  ? { passes: 1, rounds: 5, warmUpMs: 150, roundMs: 10 }
  : { passes: 5, rounds: 9, warmUpMs: 250, roundMs: 15 };

// For the other Node that is among them.
installPeers();
copyPackage("time");
const report = await measureAll();
if (Object.keys(values).length > 0) console.log(`\n${report}`);
else writeSection("time", "bench:time", report);

async function measureAll() {
  // What it imports is there only now.
  const { cases } = await import("./cases.mjs");
  const { measure } = await import("./measure.mjs");
  const { formatReport } = await import("./report.mjs");
  const chosen = cases.filter(({ id }) => id === (values.only ?? id));
  if (chosen.length === 0) {
    throw new Error(`Cannot measure ${values.only}: there is no such case`);
  }
  const measured = [];
  for (const runtime of findRuntimes()) {
    for (const one of chosen) {
      const figure = await measure(one, runtime, effort);
      console.log(
        `${one.id}, ${nameRuntime(runtime)}: by hand ${formatNs(figure.byHand)}, ours ${formatNs(figure.ours)} (${formatRatio(figure.ratio)})`,
      );
      measured.push({ case: one, runtime, figure });
    }
  }
  return formatReport(measured, effort, listPackages([], "time"));
}
