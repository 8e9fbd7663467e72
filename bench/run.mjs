/**
 * Measures what the built packages cost, and writes the figures into
 * `docs/benchmarks.md`, between the marks that are there for them.
 *
 * Options: `--only <group>` measures one group and prints it, `--dry` measures
 * all and prints them; neither writes.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundleContextlib } from "./contexts/bundle-contextlib.mjs";
import { measure } from "./contexts/measure.mjs";
import { formatReport } from "./contexts/report.mjs";
import { findRuntimes } from "./contexts/runtimes.mjs";

/** @import { Effort } from "./contexts/measure.mjs" */

/** @type {Effort} */
const effort = { passes: 5, rounds: 5, warmUpMs: 80, roundMs: 15 };

const page = "docs/benchmarks.md";
const start = "<!-- contexts: written by npm run bench -->\n";
const end = "<!-- contexts: end -->\n";

process.chdir(resolve(import.meta.dirname, ".."));
const { values } = parseArgs({
  options: { dry: { type: "boolean" }, only: { type: "string" } },
});
install();
copyPackage();
await bundleContextlib();
const report = await measureAll();
if (values.dry || values.only !== undefined) console.log(`\n${report}`);
else writePage();

/** The peers are no dependencies of the workspaces: who does not measure does without. */
function install() {
  const wanted = statSync("bench/package-lock.json");
  const found = "bench/node_modules/.package-lock.json";
  if (existsSync(found) && statSync(found).mtime >= wanted.mtime) return;
  const { status } = spawnSync("npm", ["ci", "--prefix", "bench"], {
    shell: process.platform === "win32",
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("Cannot install the peers: npm failed");
}

/** A build that begins meanwhile must not change what is measured. */
function copyPackage() {
  rmSync("bench/dist", { recursive: true, force: true });
  cpSync("packages/sluice/dist", "bench/dist/sluice", { recursive: true });
}

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
  return formatReport(measured, effort, listPackages());
}

/** What is measured, with versions. */
function listPackages() {
  return ["packages/sluice", "contextlib", "effect"].map((name) => {
    const folder = name.includes("/") ? name : `bench/node_modules/${name}`;
    return JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  });
}

function writePage() {
  const text = readFileSync(page, "utf8");
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`Cannot write ${page}: the marks are missing`);
  }
  const head = text.slice(0, from + start.length);
  writeFileSync(page, `${head}\n${report}\n\n${text.slice(to)}`);
  console.log(`Written to ${page}`);
}
