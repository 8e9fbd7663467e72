/**
 * Measures how fast containers are read and written, beside other libraries and ffmpeg,
 * and writes the figures into `docs/benchmarks.md`, between the marks that are there for
 * them. ffmpeg has to be installed.
 *
 * Options, with each of which the figures are printed and not written: `--dry` measures
 * all, `--only <case>` one, and `--quick` in little time, and so imprecisely.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { copyPackage } from "../copy-package.mjs";
import { formatRatio, nameRuntime } from "../figures.mjs";
import { installPeers } from "../install.mjs";
import { writeSection } from "../page.mjs";
import { findRuntimes } from "../runtimes.mjs";
import { findFfmpeg, listPackages } from "../setting.mjs";
import { cases } from "./cases.mjs";
import { makeFiles } from "./files.mjs";
import { measure } from "./measure.mjs";
import { formatReport } from "./report.mjs";

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
  ? { passes: 1, warmUps: 4, rounds: 3 }
  : { passes: 2, warmUps: 5, rounds: 7 };

installPeers();
copyPackage("media");
const report = await measureAll();
if (Object.keys(values).length > 0) console.log(`\n${report}`);
else writeSection("containers", "bench:containers", report);

async function measureAll() {
  const chosen = cases.filter(({ id }) => id === (values.only ?? id));
  if (chosen.length === 0) {
    throw new Error(`Cannot measure ${values.only}: there is no such case`);
  }
  const paths = makeFiles();
  const measured = [];
  for (const runtime of findRuntimes()) {
    for (const one of chosen) {
      const figures = await measure(one, paths, runtime, effort);
      const cells = figures.map(
        ({ way, megabytes, speed }) =>
          `${way} ${megabytes.toFixed(0)} MB/s (${formatRatio(speed)})`,
      );
      console.log(`${one.id}, ${nameRuntime(runtime)}: ${cells.join(", ")}`);
      measured.push({ case: one, runtime, figures });
    }
  }
  const peers = listPackages(["mediabunny", "mux.js"], "media");
  return formatReport(measured, effort, [...peers, findFfmpeg()]);
}
