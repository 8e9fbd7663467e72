import { cp } from "node:fs/promises";
import { join } from "node:path";
import {
  FlowProvider,
  openEmbeddedStore,
  type FlowSession,
  type FlowStore,
} from "@sluice/store";
import type { Flow } from "@sluice/tams";
import { asyncWith } from "sluice";
import { describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../backend/temporary-folder.ts";
import { findSample } from "../support/samples.ts";
import { createSeconds, createSoundFlow } from "../support/sound.ts";

// Files are read, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 60_000 });

const movie = findSample("h264-aac-29.97fps.mp4");
const calls = ["putFlow", "addSegmentsAtomically"] as const;

/** Does something after each change of a store. */
function afterChanges(store: FlowStore, body: () => Promise<void>): void {
  for (const name of calls) {
    const original = store[name].bind(store) as (
      ...words: unknown[]
    ) => unknown;
    vi.spyOn(store, name).mockImplementation(async (...words: unknown[]) => {
      const given = await original(...words);
      await body();
      // It is what the call gave.
      return given as never;
    });
  }
}

async function listFlows(folder: string): Promise<Flow[]> {
  return asyncWith(openEmbeddedStore(folder), async (store) => {
    const { items } = await store.listFlows();
    return [...items];
  });
}

async function writeSound(session: FlowSession): Promise<string> {
  const flow = createSoundFlow();
  await asyncWith(session.openWrite(flow), (writer) =>
    writer.writeAll(createSeconds(0, 1)),
  );
  return flow.id;
}

describe("a folder whose process is gone while it takes a file in", () => {
  it("has, after whichever change, all of the file's flows or none", async () => {
    await asyncWith(temporaryFolder(), async (parent) => {
      const folder = join(parent, "store");
      const images: string[] = [];
      const other = await asyncWith(
        new FlowProvider(`file:${folder}`),
        async (session) => {
          const id = await writeSound(session);
          afterChanges(session.store, async () => {
            // As a loss of the process leaves it: what was acknowledged is in the files.
            const image = join(parent, `image-${images.length}`);
            images.push(image);
            await cp(folder, image, { recursive: true });
          });
          await session.ingest(movie);
          return id;
        },
      );

      const counts: number[] = [];
      for (const image of images) {
        const flows = await listFlows(image);
        const taken = flows.filter(({ id }) => id !== other);
        expect(taken).toHaveLength(flows.length - 1);
        expect(taken.every(({ status }) => status === "closed_complete")).toBe(
          true,
        );
        expect(taken.every(({ tags }) => tags === undefined)).toBe(true);
        counts.push(taken.length);
      }

      // Two tracks and their flow are made, written, and said to be whole.
      expect(counts).toEqual([0, 0, 0, 0, 0, 3, 3, 3]);
      await asyncWith(
        new FlowProvider(`file:${images[5] ?? ""}`),
        async (session) => {
          for (const { id } of await session.listFlows().toArray()) {
            expect(await session.verify(id).toArray()).toEqual([]);
          }
        },
      );
    });
  });

  it("removes nothing that was copied from a store meanwhile", async () => {
    await asyncWith(temporaryFolder(), async (parent) => {
      const target = join(parent, "target");
      await asyncWith(
        new FlowProvider(`file:${join(parent, "store")}`),
        async (session) => {
          let hasCopied = false;
          afterChanges(session.store, async () => {
            const half = await session.listFlows().toArray();
            if (hasCopied || half.length < 3) return;
            hasCopied = true;
            await asyncWith(new FlowProvider(`file:${target}`), async (to) => {
              for (const { id } of half) await session.copy(id, to);
            });
          });
          await session.ingest(movie);
        },
      );

      const flows = await listFlows(target);

      expect(flows.map(({ status }) => status)).toEqual([
        "ingesting",
        "ingesting",
        "ingesting",
      ]);
    });
  });
});

describe("FlowSession.ingest()", () => {
  it("tells by the status whether all is there, and keeps what others change", async () => {
    await asyncWith(new FlowProvider("memory:"), async (session) => {
      const seen = new Set<string | undefined>();
      afterChanges(session.store, async () => {
        for (const { status } of await session.listFlows().toArray()) {
          seen.add(status);
        }
      });
      const labelled = new Set<string>();
      const tagging: Promise<void>[] = [];
      const { flow, tracks } = await session.ingest(movie, {
        onProgress: ({ flowId, grains }) => {
          if (grains !== 40) return;
          labelled.add(flowId);
          tagging.push(session.store.setFlowTag(flowId, "reel", "7"));
        },
      });

      await Promise.all(tagging);
      expect([...seen]).toEqual(["ingesting", "closed_complete"]);
      const all = await session.listFlows().toArray();
      expect(all.map(({ status }) => status)).toEqual([
        "closed_complete",
        "closed_complete",
        "closed_complete",
      ]);
      expect(flow.flow_collection).toHaveLength(tracks.length);
      for (const { id, tags } of all) {
        expect(tags).toEqual(labelled.has(id) ? { reel: "7" } : undefined);
      }
    });
  });
});
