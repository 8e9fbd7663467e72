/**
 * The claim: while a segment is worked on the next ones are loaded, so that reading takes the
 * longer of the two, and not both.
 */
import { createFlowStore, FlowProvider, MemoryIndex } from "@sluice/store";
import { setTimeout as sleep } from "node:timers/promises";
import { asyncWith } from "sluice";
import { formatRatio, judge } from "../figures.mjs";
import { median } from "../statistics.mjs";
import { formatTable } from "../table.mjs";
import { findSample } from "./material.mjs";
import { createSlowBucket } from "./slow-bucket.mjs";

/** @import { FlowReader } from "@sluice/store" */

/**
 * @typedef {object} Case
 * @property {number} ahead How many segments are loaded ahead.
 * @property {number} workMs How long a segment is worked on.
 */

/**
 * @typedef {object} Times
 * @property {number} transfer Reading alone, in milliseconds.
 * @property {number} work Working alone.
 * @property {number} both
 * @property {number} sum Both, with nothing loaded ahead.
 */

/** How much longer than the longer of the two it may take. */
const limit = 1.1;

const delayMs = 50;

/** @type {readonly Case[]} */
const cases = [
  { ahead: 1, workMs: 50 },
  { ahead: 3, workMs: 5 },
  { ahead: 3, workMs: 20 },
  { ahead: 3, workMs: 50 },
];

/** The name of its section. */
export const id = "store-prefetch";

/**
 * Measures all cases.
 *
 * @param {boolean} isQuick In little time, and so imprecisely.
 */
export async function measure(isQuick) {
  const rounds = isQuick ? 1 : 2;
  const backend = {
    id: "7f2ff4e2-5fbb-4c0b-8b2f-1d6f9c1b8a11",
    label: "slow",
    store_type: "http_object_store",
    provider: "sluice",
    store_product: "memory",
  };
  const manager = createFlowStore({
    index: new MemoryIndex(),
    buckets: [{ backend, bucket: createSlowBucket(delayMs) }],
  });
  return asyncWith(new FlowProvider(manager), async (session) => {
    const { tracks } = await session.ingest(findSample());
    return asyncWith(session.openRead(tracks[0].id), async (reader) => {
      const segments = await reader.listSegments().toArray();
      const rows = [];
      for (const one of cases) {
        rows.push([one, await measureCase(reader, one, segments, rounds)]);
      }
      return formatReport(rows, segments.length, rounds);
    });
  });
}

/**
 * @param {FlowReader} reader
 * @param {Case} one
 * @param {readonly unknown[]} segments
 * @param {number} rounds
 */
async function measureCase(reader, { ahead, workMs }, segments, rounds) {
  const { length } = segments;
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const times = {
      transfer: await time(() => read(reader, ahead, length, 0)),
      work: await time(() => workOnAll(length, workMs)),
      both: await time(() => read(reader, ahead, length, workMs)),
      sum: await time(() => read(reader, 0, length, workMs)),
    };
    measured.push(times);
  }
  return measured;
}

/** @param {() => Promise<void>} work */
async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Reads all grains, and works on each segment when its last one is there.
 *
 * @param {FlowReader} reader
 * @param {number} ahead
 * @param {number} count How many segments there are.
 * @param {number} workMs
 */
async function read(reader, ahead, count, workMs) {
  const grains = reader.getGrains({
    order: "decode",
    prefetch: { segments: ahead },
  });
  let found = 0;
  for await (const grain of grains) {
    if (grain.isKeyFrame !== true) continue;
    found++;
    await work(workMs);
  }
  if (found === count) return;
  throw new Error(`Cannot measure: ${found} key frames in ${count} segments`);
}

/**
 * @param {number} count
 * @param {number} workMs
 */
async function workOnAll(count, workMs) {
  for (let done = 0; done < count; done++) await work(workMs);
}

/** @param {number} workMs */
async function work(workMs) {
  if (workMs > 0) await sleep(workMs);
}

/**
 * @param {readonly (readonly [Case, readonly Times[]])[]} rows
 * @param {number} count
 * @param {number} rounds
 */
function formatReport(rows, count, rounds) {
  const ratio = ({ transfer, work, both }) => both / Math.max(transfer, work);
  const worst = Math.max(
    ...rows.map(([, times]) => median(times.map((one) => ratio(one)))),
  );
  return [
    `${count} segments of a second in a bucket in memory that answers after ${delayMs} ms; whoever reads works on each segment for some milliseconds, in which it waits, as for a network. The ideal is the longer of reading alone, with as many loaded ahead, and of working alone; the sum is both with nothing loaded ahead. All in turns, by the clock; the medians of ${rounds} rounds.`,
    `At most ${limit} times the ideal: the worst is ${formatRatio(worst)}, ${judge(worst <= limit)}.`,
    formatTable([
      [
        "loaded ahead",
        "work: ms",
        "reading: ms",
        "working: ms",
        "sum: ms",
        "together: ms",
        "ideal times",
      ],
      ...rows.map(([{ ahead, workMs }, times]) => [
        `${ahead}`,
        `${workMs}`,
        ...["transfer", "work", "sum", "both"].map((name) =>
          median(times.map((one) => one[name])).toFixed(0),
        ),
        formatRatio(median(times.map((one) => ratio(one)))),
      ]),
    ]),
  ].join("\n\n");
}
