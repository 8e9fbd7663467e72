/**
 * The claim: however many segments a flow has, to find a range of it and to add one to it
 * takes the same time, and the same memory.
 */
import { openSqliteIndex } from "@sluice/store";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AsyncExitStack, asyncWith } from "sluice";
import { formatRatio, judge } from "../figures.mjs";
import { median } from "../statistics.mjs";
import { formatTable } from "../table.mjs";
import { fillDatabase } from "./index-database.mjs";
import { append, queryRanges, segmentsOfRange } from "./index-work.mjs";

/**
 * @typedef {object} Row
 * @property {number} count How many segments there are.
 * @property {number} queryUs Microseconds of a range: the median of the rounds.
 * @property {number} appendUs Microseconds of an append: the same.
 * @property {number} queryRatio A range to that of the first size in the same round: the median.
 * @property {number} appendRatio An append: the same.
 * @property {number} megabytes What a process has had at most that asks for ranges.
 */

/** How much longer it may take with the most segments than with the fewest. */
const limit = 1.5;

/** The name of its section. */
export const id = "store-index";

/**
 * Measures all sizes in one process, in turns.
 *
 * @param {boolean} isQuick In little time, and so imprecisely, and without the largest.
 */
export async function measure(isQuick) {
  const sizes = isQuick ? [1e4, 1e5] : [1e4, 1e5, 1e6, 1e7];
  const rounds = isQuick ? 5 : 15;
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  try {
    const databases = [];
    for (const count of sizes) {
      const path = join(folder, `${count}.sqlite`);
      await fillDatabase(path, count);
      console.log(`${formatCount(count)} segments are there`);
      databases.push({ count, path });
    }
    const times = await measureTimes(databases, rounds);
    const rows = databases.map(({ count, path }, at) => ({
      count,
      ...summarise(times, at),
      megabytes: measureMemory(path, count),
    }));
    return formatReport(rows, rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {readonly { count: number, path: string }[]} databases
 * @param {number} rounds
 */
function measureTimes(databases, rounds) {
  return asyncWith(new AsyncExitStack(), (stack) =>
    measureOpened(stack, databases, rounds),
  );
}

/**
 * @param {AsyncExitStack} stack
 * @param {readonly { count: number, path: string }[]} databases
 * @param {number} rounds
 */
async function measureOpened(stack, databases, rounds) {
  const opened = [];
  for (const { count, path } of databases) {
    opened.push({ count, index: await stack.enter(openSqliteIndex(path)) });
  }
  /** @type {{ query: number, append: number }[][]} */
  const times = [];
  for (let round = -2; round < rounds; round++) {
    const ofRound = [];
    for (const one of opened) {
      const query = await time(300, (n) =>
        queryRanges(one.index, one.count, n),
      );
      const appended = await time(100, (n) => append(one.index, one.count, n));
      one.count += 100;
      ofRound.push({ query, append: appended });
    }
    // The first two are for warming up.
    if (round >= 0) times.push(ofRound);
  }
  return times;
}

/**
 * @param {number} count
 * @param {(count: number) => Promise<void>} work
 */
async function time(count, work) {
  const start = performance.now();
  await work(count);
  return ((performance.now() - start) * 1000) / count;
}

/**
 * @param {readonly (readonly { query: number, append: number }[])[]} times
 * @param {number} at Which size.
 */
function summarise(times, at) {
  return {
    queryUs: median(times.map((round) => round[at].query)),
    appendUs: median(times.map((round) => round[at].append)),
    queryRatio: median(times.map((round) => round[at].query / round[0].query)),
    appendRatio: median(
      times.map((round) => round[at].append / round[0].append),
    ),
  };
}

/**
 * @param {string} path
 * @param {number} count
 */
function measureMemory(path, count) {
  const child = join(import.meta.dirname, "index-memory.mjs");
  const printed = execFileSync(process.execPath, [
    child,
    path,
    String(count),
    "5000",
  ]);
  return Number(printed) / 1024;
}

/**
 * @param {readonly Row[]} rows
 * @param {number} rounds
 */
function formatReport(rows, rounds) {
  const [first] = rows;
  const last = rows[rows.length - 1];
  const memoryRatio = last.megabytes / first.megabytes;
  const worst = Math.max(last.queryRatio, last.appendRatio, memoryRatio);
  return [
    `An index in SQLite (\`openSqliteIndex\`), one flow, segments of two seconds in objects with random ids. A range has ${segmentsOfRange} segments, at a random place; an append looks for an overlap, adds one segment, and waits until it outlives a loss of power. Each is a transaction of its own. All sizes in one process, in turns, ${rounds} rounds of 300 ranges and 100 appends; the ratio is that to the first size in the same round. Memory is the most that a process has had that asked for 5000 ranges.`,
    `With ${formatCount(last.count)} segments at most ${limit} times what it takes with ${formatCount(first.count)}: a range ${formatRatio(last.queryRatio)}, an append ${formatRatio(last.appendRatio)}, memory ${formatRatio(memoryRatio)}, ${judge(worst <= limit)}.`,
    formatTable([
      ["segments", "range: µs", "ratio", "append: µs", "ratio", "memory: MB"],
      ...rows.map((row) => [
        formatCount(row.count),
        row.queryUs.toFixed(0),
        formatRatio(row.queryRatio),
        row.appendUs.toFixed(0),
        formatRatio(row.appendRatio),
        row.megabytes.toFixed(0),
      ]),
    ]),
  ].join("\n\n");
}

/** @param {number} count */
function formatCount(count) {
  return count.toLocaleString("en-GB").replaceAll(",", " ");
}
