/**
 * How fast files are taken into an embedded store, beside copying them.
 */
import { execFileSync } from "node:child_process";
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
} from "node:fs";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { formatRatio } from "../figures.mjs";
import { median } from "../statistics.mjs";
import { formatTable } from "../table.mjs";
import { findFiles, ingest } from "./material.mjs";

/** @import { MediaFile } from "./material.mjs" */

/** What is done with a file, into a folder. */
const ways = {
  "**Sluice**: `ingest()`": (folder, path) =>
    ingest(join(folder, "store"), path),
  "`cp`, and `fsync` of the copy": (folder, path) => {
    const copy = join(folder, "copy");
    execFileSync("cp", [path, copy]);
    const file = openSync(copy, "r+");
    fsyncSync(file);
    closeSync(file);
  },
  "`cp` alone": (folder, path) => {
    execFileSync("cp", [path, join(folder, "copy")]);
  },
};

/** The name of its section. */
export const id = "store-ingest";

export const usesFfmpeg = true;

/**
 * Measures all files.
 *
 * @param {boolean} isQuick In little time, and so imprecisely.
 */
export async function measure(isQuick) {
  const rounds = isQuick ? 1 : 2;
  const sections = [];
  for (const file of findFiles()) {
    sections.push(formatFile(file, await measureFile(file, rounds)));
  }
  return [
    `A file becomes flows in a new embedded store: its tracks are taken apart, cut into objects of a second, each with its checksum, and all of it outlives a loss of power when it is done; opening the store and closing it count. \`cp\` alone leaves its copy in the system's memory; with \`fsync\` it lasts as well. ${isCold ? "The system forgets the file before each turn, so that it comes from the disk" : "The file is in the system's memory"}. In turns, by the clock: the medians of ${rounds} rounds, after one that warms up; the ratio is that of ours within one round.`,
    ...sections,
  ].join("\n\n");
}

/** Only GNU's `dd` has the system forget a file. */
const isCold = platform() === "linux";

/** @param {string} path */
function forget(path) {
  if (!isCold) return;
  const words = [`if=${path}`, "iflag=nocache", "count=0", "status=none"];
  execFileSync("dd", words);
}

/**
 * @param {MediaFile} file
 * @param {number} rounds
 * @returns {Promise<number[][]>} For each round what each way took, in milliseconds.
 */
async function measureFile({ path }, rounds) {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  try {
    const source = join(folder, "source");
    copyFileSync(path, source);
    // What is not on the disk yet cannot be forgotten.
    execFileSync("sync", [source]);
    const measured = [];
    for (let round = -1; round < rounds; round++) {
      const times = [];
      for (const run of Object.values(ways)) {
        times.push(await time(folder, source, run));
      }
      if (round >= 0) measured.push(times);
    }
    return measured;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} folder
 * @param {string} source
 * @param {(folder: string, path: string) => unknown} run
 */
async function time(folder, source, run) {
  const place = mkdtempSync(join(folder, "turn-"));
  forget(source);
  const start = performance.now();
  await run(place, source);
  const ms = performance.now() - start;
  rmSync(place, { recursive: true });
  return ms;
}

/**
 * @param {MediaFile} file
 * @param {readonly (readonly number[])[]} rounds
 */
function formatFile({ title, path }, rounds) {
  const megabytes = statSync(path).size / 1e6;
  return [
    `${title}, ${megabytes.toFixed(1)} MB:`,
    formatTable([
      ["", "ms", "MB/s", "ours takes"],
      ...Object.keys(ways).map((name, place) => {
        const ms = median(rounds.map((times) => times[place]));
        const ratio = median(rounds.map((times) => times[0] / times[place]));
        return [
          name,
          ms.toFixed(0),
          (megabytes / (ms / 1000)).toFixed(1),
          place === 0 ? "1" : `${formatRatio(ratio)} times`,
        ];
      }),
    ]),
  ].join("\n\n");
}
