/**
 * The claim: to read a file's grains out of a store costs hardly more than to unwrap them,
 * or to take the file apart.
 */
import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatRatio, judge } from "../figures.mjs";
import { installPeers } from "../install.mjs";
import { median } from "../statistics.mjs";
import { formatTable } from "../table.mjs";
import { ask, startWorker } from "../worker.mjs";
import { findFiles, ingest } from "./material.mjs";

/** @import { MediaFile } from "./material.mjs" */

/**
 * @typedef {object} Row
 * @property {string} way
 * @property {number} ms Of the processor, for all of the file: the median of the rounds.
 * @property {number} ratio Ours to it in the same round: the median.
 */

/** How much longer ours may take than the faster of two. */
const limit = 1.25;

const child = new URL("reading-child.mjs", import.meta.url);

/** All ways, ours first. */
const names = {
  ours: "**Sluice**: `getGrains()`",
  unwrapping: "`ObjectFormat.decode()`, objects in memory",
  unwrappingFiles: "`ObjectFormat.decode()`, `readFile()` of each object",
  mediabunny: "mediabunny, the file",
  ffmpeg: "ffmpeg, the file",
};

const ways = Object.keys(names);

/** The name of its section. */
export const id = "store-reading";

/** Who else is measured. */
export const peers = ["mediabunny"];
export const usesFfmpeg = true;

/**
 * Measures all files.
 *
 * @param {boolean} isQuick In little time, and so imprecisely.
 */
export async function measure(isQuick) {
  installPeers();
  const effort = isQuick
    ? { warmUps: 2, rounds: 3 }
    : { warmUps: 3, rounds: 7 };
  const sections = [];
  for (const file of findFiles()) {
    sections.push(formatFile(file, await measureFile(file, effort)));
  }
  return [
    `All packets of both tracks with their times, each way in a process of its own, in turns; what counts is the processor's time, that of threads with it; the ratio is ours to another in the same round: the median of ${effort.rounds} rounds, after ${effort.warmUps} that warm up. The files are in the system's memory. To read an object's bytes out of a file is part of ours, and not of unwrapping what is in memory; \`readFile()\` is told for comparison. ffmpeg (\`-c copy -f null\`) takes its time to start with it.`,
    ...sections,
  ].join("\n\n");
}

/**
 * @param {MediaFile} file
 * @param {{ warmUps: number, rounds: number }} effort
 * @returns {Promise<Row[]>}
 */
async function measureFile({ path }, effort) {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  const workers = [];
  try {
    const ingested = join(folder, "ingested");
    await ingest(ingested, path);
    for (const way of ways) {
      // One process at a time has a store open.
      const store = join(folder, way);
      cpSync(ingested, store, { recursive: true });
      const place = JSON.stringify({ file: path, store });
      const runtime = { path: process.execPath };
      workers.push(await startWorker(child, [way, place], runtime));
    }
    return summarise(await measureRounds(workers, effort));
  } finally {
    for (const worker of workers) worker.kill();
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {readonly import("node:child_process").ChildProcess[]} workers
 * @param {{ warmUps: number, rounds: number }} effort
 */
async function measureRounds(workers, { warmUps, rounds }) {
  const measured = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    const order = [...workers.entries()];
    if (round % 2 === 1) order.reverse();
    const answers = [];
    for (const [place, worker] of order) answers[place] = await ask(worker, {});
    measured.push(answers);
  }
  return measured.slice(warmUps);
}

/**
 * @param {readonly (readonly { ms: number, count?: number }[])[]} rounds
 * @returns {Row[]}
 */
function summarise(rounds) {
  const counts = rounds.flat().flatMap(({ count }) => count ?? []);
  if (new Set(counts).size !== 1) {
    throw new Error(`Cannot compare: there are ${[...new Set(counts)]}`);
  }
  return ways.map((way, place) => ({
    way,
    ms: median(rounds.map((round) => round[place].ms)),
    ratio: median(rounds.map((round) => round[0].ms / round[place].ms)),
  }));
}

/**
 * @param {MediaFile} file
 * @param {readonly Row[]} rows
 */
function formatFile({ title, path }, rows) {
  const megabytes = statSync(path).size / 1e6;
  const find = (way) => rows.find((row) => row.way === way);
  // The faster one is that to which ours has the larger ratio.
  const worst = Math.max(find("unwrapping").ratio, find("mediabunny").ratio);
  return [
    `${title}, ${megabytes.toFixed(1)} MB: at most ${limit} times the faster of unwrapping in memory and of mediabunny: ${formatRatio(worst)}, ${judge(worst <= limit)}.`,
    formatTable([
      ["", "ms", "MB/s", "ours takes"],
      ...rows.map(({ way, ms, ratio }) => [
        names[way],
        ms.toFixed(1),
        (megabytes / (ms / 1000)).toFixed(0),
        way === "ours" ? "1" : `${formatRatio(ratio)} times`,
      ]),
    ]),
  ].join("\n\n");
}
