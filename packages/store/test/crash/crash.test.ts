import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { env } from "node:process";
import { openEmbeddedStore } from "@sluice/store";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../backend/temporary-folder.ts";
import { ExpectedStore, readStore, type FoundStore } from "./expected-store.ts";
import { runAndKill, type KillPoint, type LastWords } from "./kill.ts";

// `npm run kill` sets them.
const kills = Number(env["SLUICE_KILLS"] ?? "8");
const seed = Number(env["SLUICE_SEED"] ?? "1");
const isTold = env["SLUICE_KILLS"] !== undefined;

describe("a store whose process is killed", () => {
  it(
    `has all that was acknowledged, and nothing by halves (${kills} kills, seed ${seed})`,
    { timeout: 60_000 + kills * 20_000 },
    async () => {
      await asyncWith(temporaryFolder(), async (folder) => {
        const random = createRandom(seed);
        let expected = new ExpectedStore();
        const tally = { acknowledged: 0, "cut off": 0, "cut off, and done": 0 };
        for (let kill = 1; kill <= kills; kill += 1) {
          const point = choosePoint(random);
          const words = await runAndKill(folder, point);
          for (const [begun, done] of words.done) {
            expected = expected.after(begun, done);
          }
          const found = await readAfterKill(folder);

          const before = expected;
          expected = settle(expected, words, found);

          tally.acknowledged += words.done.length;
          if (words.pending !== undefined) tally["cut off"] += 1;
          if (before !== expected) tally["cut off, and done"] += 1;
          if (isTold && kill % 20 === 0) {
            process.stdout.write(`${kill} kills: ${JSON.stringify(tally)}\n`);
          }
        }
        await expectNoOrphans(folder);
      });
    },
  );
});

/** Opens a store that was not closed; what was half written is gone then. */
async function readAfterKill(folder: string): Promise<FoundStore> {
  const found = await asyncWith(openEmbeddedStore(folder), async (store) => {
    const { items } = await store.listDeletionRequests();
    for (const { id } of items) await store.waitForDeletion(id);
    return readStore(store);
  });
  expect(await readdir(join(folder, "media", "drafts"))).toEqual([]);
  return found;
}

/** What is expected from now on: what was under way is done as a whole, or not at all. */
function settle(
  expected: ExpectedStore,
  { pending }: LastWords,
  found: FoundStore,
): ExpectedStore {
  checkLeftOver(expected, found);
  const wrong = expected.compare(found);
  if (wrong.length === 0) return expected;
  const after = pending === undefined ? expected : expected.after(pending);
  const stillWrong = after.compare(found);
  if (stillWrong.length === 0) return after;
  expect({ pending, wrong, stillWrong }).toEqual({});
  return after;
}

/** Of a file that was being taken in, a flow may be left, with all of its segments or none. */
function checkLeftOver(
  { ingested }: ExpectedStore,
  { flows }: FoundStore,
): void {
  for (const [id, { label, format, segments }] of flows) {
    if (label !== undefined || ingested.has(id)) continue;
    const whole = format.endsWith("multi") ? [0] : [0, 3];
    expect(whole, `flow ${id}`).toContain(segments.length);
  }
}

/** Two hours later, when nothing waits to be registered, there is no file too many. */
async function expectNoOrphans(folder: string): Promise<void> {
  const clock = (): number => Date.now() + 2 * 3_600_000;
  const found = await asyncWith(
    openEmbeddedStore(folder, { clock }),
    async (store) => {
      await store.sweep();
      return readStore(store);
    },
  );
  const referenced = [...found.flows.values()].flatMap(({ segments }) =>
    segments.map(({ object_id }) => `k-${object_id}`),
  );
  const entries = await readdir(join(folder, "media", "objects"), {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries.filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name).sort()).toEqual(
    [...new Set(referenced)].sort(),
  );
}

function choosePoint(random: () => number): KillPoint {
  const isOpening = random() < 0.15;
  return {
    seed: Math.floor(random() * 2 ** 32),
    steps: isOpening ? 0 : 1 + Math.floor(random() * 12),
    delayMs: isOpening ? random() * 150 : random() ** 2 * 60,
  };
}

/** Numbers from 0 up to 1: mulberry32. */
function createRandom(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
