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
/** How many segments tracks of files have that are taken in, by codec. */
const segmentCounts: Readonly<Record<string, number>> = {
  "audio/x-raw-int": 3,
  "video/h264": 10,
  "audio/aac": 11,
};
const isTold = env["SLUICE_KILLS"] !== undefined;

describe("a store whose process is killed", () => {
  it(
    `has all that was acknowledged, and nothing by halves (${kills} kills, seed ${seed})`,
    { timeout: 60_000 + kills * 20_000 },
    async () => {
      await asyncWith(temporaryFolder(), async (folder) => {
        const random = createRandom(seed);
        let expected = new ExpectedStore();
        const tally = {
          acknowledged: 0,
          "cut off": 0,
          "files cut off": 0,
          "cut off, and done": 0,
        };
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
          if (words.pending?.begin === "ingest") tally["files cut off"] += 1;
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
  checkTakenIn(found);
  const wrong = expected.compare(found);
  if (wrong.length === 0) return expected;
  const after = pending === undefined ? expected : expected.after(pending);
  const stillWrong = after.compare(found);
  if (stillWrong.length === 0) return after;
  expect({ pending, wrong, stillWrong }).toEqual({});
  return after;
}

/** Of a file that was being taken in there is all, or nothing. */
function checkTakenIn({ flows }: FoundStore): void {
  const tracks = new Set<string>();
  for (const [id, flow] of flows) {
    if (flow.status === undefined) continue;
    const { status, tags, codec = "", segments } = flow;
    expect({ id, status, tags }).toEqual({
      id,
      status: "closed_complete",
      tags: undefined,
    });
    expect(segments, `flow ${id}`).toHaveLength(segmentCounts[codec] ?? 0);
    if (codec === "") {
      for (const member of flow.members) tracks.add(member);
    }
  }
  for (const [id, { status, codec }] of flows) {
    if (status === undefined || codec === undefined) continue;
    expect(tracks.delete(id), `track ${id} is of a file`).toBe(true);
  }
  expect([...tracks], "tracks that are gone").toEqual([]);
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
  const referenced = [...found.objectIds].map((id) => `k-${id}`);
  const entries = await readdir(join(folder, "media", "objects"), {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries.filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name).sort()).toEqual(referenced.sort());
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
