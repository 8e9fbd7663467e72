/**
 * Measures what streams cost, beside the same by hand and beside other
 * libraries, and writes the figures into `docs/benchmarks.md`, between the marks
 * that are there for them.
 *
 * Options, with each of which the figures are printed and not written:
 *
 * - `--dry`: all of it;
 * - `--only <case or group>`: a part, `memory` being one too;
 * - `--ours`: what is by hand and ours;
 * - `--with <libraries>`: what is by hand and these, with commas between;
 * - `--runtime <version>`: on this Node, such as 24;
 * - `--processor`: by the processor's time also where the event loop is waited
 *   for, which is the same while nobody else is at work, and steadier if somebody is;
 * - `--quick`: in little time, and so imprecisely.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { copyPackage } from "../copy-package.mjs";
import { formatNs, formatRatio, nameRuntime } from "../figures.mjs";
import { installPeers } from "../install.mjs";
import { writeSection } from "../page.mjs";
import { findRuntimes } from "../runtimes.mjs";
import { listPackages } from "../setting.mjs";
import { countBytes, countedCases } from "./bytes.mjs";
import { groups } from "./cases.mjs";
import { hand, libraries, ours } from "./libraries.mjs";
import { measure } from "./measure.mjs";
import { formatReport } from "./report.mjs";

/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Case, Group } from "./cases.mjs" */
/** @import { Library } from "./libraries.mjs" */
/** @import { Effort } from "./measure.mjs" */
/** @import { Counted, Measured } from "./report.mjs" */

process.chdir(resolve(import.meta.dirname, "../.."));
const { values } = parseArgs({
  options: {
    dry: { type: "boolean" },
    only: { type: "string" },
    ours: { type: "boolean" },
    processor: { type: "boolean" },
    quick: { type: "boolean" },
    runtime: { type: "string" },
    with: { type: "string" },
  },
});

/** @type {Effort} */
const effort = values.quick
  ? {
      passes: 1,
      peerPasses: 1,
      rounds: 7,
      warmUpMs: 150,
      mostWarmUpMs: 300,
      roundMs: 3,
    }
  : {
      passes: 3,
      peerPasses: 1,
      rounds: 17,
      warmUpMs: 200,
      mostWarmUpMs: 400,
      roundMs: 4,
    };

checkPart();
installPeers();
copyPackage();
const chosen = chooseLibraries();
const runtimes = chooseRuntimes();
const has = await listCases();
const report = formatReport(
  await measureAll(),
  await countAll(),
  effort,
  listPackages(chosen.flatMap(({ packages }) => packages)),
);
if (Object.keys(values).length > 0) console.log(`\n${report}`);
else writeSection("streams", "bench:streams", report);

function checkPart() {
  const parts = groups.flatMap(({ id, cases }) => [
    id,
    ...cases.map((one) => one.id),
  ]);
  if ([undefined, "memory", ...parts].includes(values.only)) return;
  throw new Error(`Cannot measure ${values.only}: there is no such part`);
}

function chooseLibraries() {
  if (values.ours) return [hand, ours];
  const ids = values.with?.split(",");
  return libraries.filter(
    (one) => one === hand || ids === undefined || ids.includes(one.id),
  );
}

function chooseRuntimes() {
  const found = findRuntimes().filter(({ version }) =>
    [undefined, version.split(".")[0]].includes(values.runtime),
  );
  if (found.length > 0) return found;
  throw new Error(`Cannot measure on Node ${values.runtime}: it is not here`);
}

/** Which cases each library has. */
async function listCases() {
  const loaded = await Promise.all(
    chosen.map(async (library) => {
      const { cases } = await library.load();
      return /** @type {const} */ ([library, new Set(Object.keys(cases))]);
    }),
  );
  return new Map(loaded);
}

/** @returns {Promise<Measured[]>} */
async function measureAll() {
  const measured = [];
  for (const group of groups) {
    for (const one of chooseCases(group)) {
      for (const runtime of runtimes) {
        measured.push(...(await measureCase(group, one, runtime)));
      }
    }
  }
  return measured;
}

/** @param {Group} group */
function chooseCases(group) {
  return group.cases
    .filter(({ id }) => isAsked(id, group))
    .map((one) => (values.processor ? { ...one, clock: undefined } : one));
}

/**
 * @param {Group} group
 * @param {Case} one
 * @param {Runtime} runtime
 * @returns {Promise<Measured[]>}
 */
async function measureCase(group, one, runtime) {
  const those = chosen.filter(
    (library) =>
      has.get(library).has(one.id) && (runtime.hasUsing || !library.isNew),
  );
  const measured = [];
  for (const mode of group.modes) {
    const figures = await measure(one, mode, those, runtime, effort);
    const cells = [...figures].map(
      ([{ id }, { ns, ratio }]) =>
        `${id} ${formatNs(ns)} (${formatRatio(ratio)})`,
    );
    console.log(
      `${one.id}, ${mode}, ${nameRuntime(runtime)}: ${cells.join(", ")}`,
    );
    measured.push({ group, case: one, mode, runtime, figures });
  }
  return measured;
}

/** @returns {Promise<Counted[]>} */
async function countAll() {
  if (!isAsked("memory") || !chosen.includes(ours)) return [];
  const counted = [];
  for (const runtime of runtimes) {
    for (const caseId of countedCases) {
      const bytes = await countBytes(caseId, runtime);
      counted.push({ caseId, runtime, bytes });
    }
  }
  return counted;
}

/**
 * @param {string} id
 * @param {Group} [group]
 */
function isAsked(id, group) {
  return [undefined, id, group?.id].includes(values.only);
}
