import { readFileSync } from "node:fs";
import { MediaError } from "@sluice/media";
import { FlowProvider, type FlowSession } from "@sluice/store";
import { Rate, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it, vi } from "vitest";
import { findSample, readFileGrains, toFacts } from "../support/samples.ts";
import { createWatchedStore } from "../support/watched-store.ts";

// Files are read, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 });

const name = "h264-aac-29.97fps.mp4";

function inMemory(
  body: (session: FlowSession) => Promise<void>,
): Promise<void> {
  return asyncWith(new FlowProvider("memory:"), body);
}

describe("FlowSession.ingest()", () => {
  it("makes a flow and a source for each track, and a flow of these", async () => {
    await inMemory(async (session) => {
      const { flow, tracks } = await session.ingest(findSample(name), {
        label: "the sample",
      });

      expect(flow).toMatchObject({
        format: "urn:x-nmos:format:multi",
        label: "the sample",
        flow_collection: [
          { id: tracks[0]?.id, role: "video" },
          { id: tracks[1]?.id, role: "audio" },
        ],
      });
      expect(tracks).toMatchObject([
        {
          codec: "video/h264",
          container: "video/mp4",
          essence_parameters: {
            frame_width: 320,
            frame_height: 180,
            frame_rate: { numerator: 30_000, denominator: 1001 },
            init_segments: true,
          },
        },
        { codec: "audio/aac", essence_parameters: { sample_rate: 48_000 } },
      ]);
      expect(await session.listFlows().toArray()).toHaveLength(3);
      const sources = await session.listSources().toArray();
      expect(sources.map(({ format }) => format).sort()).toEqual([
        "urn:x-nmos:format:audio",
        "urn:x-nmos:format:multi",
        "urn:x-nmos:format:video",
      ]);
    });
  });

  it("takes bytes as well, at any place of the timeline", async () => {
    const offset = Timestamp.parse("1700000000:123456789");
    const expected = await readFileGrains(name, "video");
    await inMemory(async (session) => {
      const bytes = readFileSync(findSample(name));
      const { tracks } = await session.ingest(bytes, { offset });

      await asyncWith(session.openRead(tracks[0]?.id ?? ""), async (reader) => {
        const grains = await reader.getGrains({ gaps: "fail" }).toArray();
        const rate = Rate.of(30_000, 1001);
        const start = grains[0]?.originTimestamp ?? Timestamp.zero;
        const away = start.subtract(offset).absolute();
        expect(away.nanoseconds).toBeLessThan(33_334n);
        expect(
          grains.map((grain) =>
            grain.originTimestamp.subtract(start).toCount(rate),
          ),
        ).toEqual(expected.map((_, index) => index));
        expect(grains.map(({ data }) => data)).toEqual(
          expected.map(({ data }) => data),
        );
        const frames = await reader.read(100, { count: 100 });
        expect(toFacts(frames)).toEqual(toFacts(grains.slice(100, 200)));
      });
    });
  });

  it("tells how far it is", async () => {
    await inMemory(async (session) => {
      let grains = 0;

      await session.ingest(findSample("aac.adts"), {
        onProgress: (progress) => {
          expect(progress.grains).toBe(grains + 1);
          ({ grains } = progress);
        },
      });

      expect(grains).toBeGreaterThan(400);
    });
  });

  it("leaves no flow behind if the file is no media", async () => {
    await inMemory(async (session) => {
      const text = new TextEncoder().encode("no media at all");

      await expect(session.ingest(text)).rejects.toBeInstanceOf(MediaError);

      expect(await session.listFlows().toArray()).toEqual([]);
      expect(await session.listSources().toArray()).toEqual([]);
    });
  });

  it("leaves no flow behind if it is given up", async () => {
    await inMemory(async (session) => {
      const controller = new AbortController();

      const ingest = session.ingest(findSample(name), {
        signal: controller.signal,
        onProgress: ({ grains }) => {
          if (grains === 50) controller.abort(new Error("never mind"));
        },
      });

      await expect(ingest).rejects.toThrow("never mind");
      expect(await session.listFlows().toArray()).toEqual([]);
    });
  });

  it("leaves no flow behind if there is no room for it", async () => {
    const { manager, failWrites } = createWatchedStore();
    await asyncWith(new FlowProvider(manager), async (session) => {
      const ingest = session.ingest(findSample(name), {
        onProgress: ({ grains }) => {
          if (grains === 100) failWrites(new Error("the disk is on fire"));
        },
      });

      await expect(ingest).rejects.toThrow("the disk is on fire");
      expect(await session.listFlows().toArray()).toEqual([]);
    });
  });
});
