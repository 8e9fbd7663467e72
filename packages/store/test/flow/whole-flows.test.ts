import {
  FlowProvider,
  InvalidRequestError,
  MissingMediaError,
  SegmentOverlapError,
  type FlowSession,
} from "@sluice/store";
import { TimeRange, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it, vi } from "vitest";
import { findSample, toFacts } from "../support/samples.ts";
import {
  createSeconds,
  createSoundFlow,
  numbersFrom,
  readNumbers,
} from "../support/sound.ts";
import { createWatchedStore } from "../support/watched-store.ts";

// Files are read, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 });

function inMemory<T>(body: (session: FlowSession) => Promise<T>): Promise<T> {
  return asyncWith(new FlowProvider("memory:"), body);
}

async function writeSound(
  session: FlowSession,
  seconds: number,
): Promise<string> {
  const flow = createSoundFlow();
  await asyncWith(session.openWrite(flow), (writer) =>
    writer.writeAll(createSeconds(0, seconds)),
  );
  return flow.id;
}

async function readAll(session: FlowSession, id: string): Promise<number[]> {
  return asyncWith(session.openRead(id), async (reader) =>
    readNumbers(await reader.getGrains({ gaps: "fail" }).toArray()),
  );
}

describe("FlowSession.clip()", () => {
  it("joins ranges to the sample, and copies no byte", async () => {
    const { manager, bucket } = createWatchedStore();
    await asyncWith(new FlowProvider(manager), async (session) => {
      const flowId = await writeSound(session, 3);
      const before = await bucket.list().toArray();

      const clip = await session.clip([
        { flowId, timerange: TimeRange.parse("[2:0_2:500000000)") },
        { flowId, timerange: TimeRange.parse("[0:250000000_1:250000000)") },
      ]);

      expect(await bucket.list().toArray()).toHaveLength(before.length);
      expect(await readAll(session, clip.id)).toEqual([
        ...numbersFrom(96_000, 24_000),
        ...numbersFrom(12_000, 48_000),
      ]);
    });
  });

  it("gives the frames that it has of objects that have more", async () => {
    await inMemory(async (session) => {
      const file = findSample("h264-aac-29.97fps.mp4");
      const { tracks } = await session.ingest(file);
      const flowId = tracks[0]?.id ?? "";

      await asyncWith(session.openRead(flowId), async (reader) => {
        const frames = await reader.read(40, { count: 50 });
        const start = frames[0]?.originTimestamp;
        const end = (await reader.read(90, { count: 1 }))[0]?.originTimestamp;
        const clip = await session.clip([
          { flowId, timerange: TimeRange.of(start, end), at: start },
        ]);

        await asyncWith(session.openRead(clip.id), async (clipped) => {
          const grains = await clipped.getGrains().toArray();
          expect(toFacts(grains)).toEqual(toFacts(frames));
          const decoded = await clipped.getGrainsToDecode().toArray();
          expect(decoded[0]?.grain).toMatchObject({ isKeyFrame: true });
          expect(decoded[0]?.isWanted).toBe(false);
          const wanted = decoded.filter(({ isWanted }) => isWanted);
          expect(wanted).toHaveLength(50);
        });
      });
    });
  });

  it("leaves nothing behind if two parts are to be at one time", async () => {
    await inMemory(async (session) => {
      const flowId = await writeSound(session, 2);
      const timerange = TimeRange.parse("[0:0_1:0)");

      const clipping = session.clip([
        { flowId, timerange, at: Timestamp.zero },
        { flowId, timerange, at: Timestamp.parse("0:500000000") },
      ]);

      await expect(clipping).rejects.toThrow(SegmentOverlapError);
      expect(await session.listFlows().toArray()).toHaveLength(1);
    });
  });

  it("fails at a gap, unless gaps are passed over", async () => {
    await inMemory(async (session) => {
      const flowId = await writeSound(session, 1);
      const parts = [{ flowId, timerange: TimeRange.parse("[0:0_2:0)") }];

      await expect(session.clip(parts)).rejects.toThrow(MissingMediaError);
      const clip = await session.clip(parts, { gaps: "skip" });

      expect(await readAll(session, clip.id)).toHaveLength(48_000);
    });
  });

  it("refuses nothing, ranges without bounds, and flows that are not alike", async () => {
    await inMemory(async (session) => {
      const flowId = await writeSound(session, 1);
      const other = await session.putFlow({
        ...(await session.getFlow(flowId)),
        id: crypto.randomUUID(),
        container: "video/mp2t",
      });
      const timerange = TimeRange.parse("[0:0_1:0)");

      await expect(session.clip([])).rejects.toThrow(RangeError);
      await expect(
        session.clip([{ flowId, timerange: TimeRange.eternity }]),
      ).rejects.toThrow("Cannot make a clip of _: it has no bounds");
      await expect(
        session.clip([
          { flowId, timerange },
          { flowId: other.id, timerange },
        ]),
      ).rejects.toThrow(InvalidRequestError);
    });
  });
});

describe("FlowSession.copy()", () => {
  it("copies flows with what they collect, ids and all", async () => {
    await inMemory(async (session) => {
      const { flow, tracks } = await session.ingest(
        findSample("h264-aac-29.97fps.mp4"),
      );
      await inMemory(async (target) => {
        await session.copy(flow.id, target);

        expect((await target.getFlow(flow.id)).flow_collection).toEqual(
          flow.flow_collection,
        );
        for (const { id } of tracks) {
          const read = (from: FlowSession): Promise<string[]> =>
            asyncWith(from.openRead(id), async (reader) =>
              toFacts(await reader.getGrains().toArray()),
            );
          expect(await read(target)).toEqual(await read(session));
          expect(await target.verify(id, { decode: true }).toArray()).toEqual(
            [],
          );
        }
      });
    });
  });

  it("goes on where it was broken off, and does nothing the next time", async () => {
    await inMemory(async (session) => {
      const flowId = await writeSound(session, 5);
      const { manager, bucket } = createWatchedStore();
      await asyncWith(new FlowProvider(manager), async (target) => {
        const controller = new AbortController();
        const broken = session.copy(flowId, target, {
          concurrency: 1,
          signal: controller.signal,
          onProgress: ({ timerange }) => {
            if (timerange.startsWith("[2:"))
              controller.abort(new Error("stop"));
          },
        });
        await expect(broken).rejects.toThrow("stop");

        const there: boolean[] = [];
        const onProgress = ({
          wasThere,
        }: {
          readonly wasThere: boolean;
        }): void => {
          there.push(wasThere);
        };
        await session.copy(flowId, target, { onProgress });
        const objects = await bucket.list().toArray();
        await session.copy(flowId, target, { onProgress });

        expect(there.slice(0, 3)).toEqual([true, true, true]);
        expect(there.slice(5)).toEqual([true, true, true, true, true]);
        expect(await bucket.list().toArray()).toHaveLength(objects.length);
        expect(await readAll(target, flowId)).toHaveLength(240_000);
      });
    });
  });

  it("copies an object once that several segments share", async () => {
    await inMemory(async (session) => {
      const flowId = await writeSound(session, 1);
      const timerange = TimeRange.parse("[0:0_0:250000000)");
      const part = { flowId, timerange };
      const clip = await session.clip([part, part, part]);
      const { manager, bucket } = createWatchedStore();
      await asyncWith(new FlowProvider(manager), async (target) => {
        await session.copy(clip.id, target);

        expect(await bucket.list().toArray()).toHaveLength(1);
        expect(await readAll(target, clip.id)).toEqual([
          ...numbersFrom(0, 12_000),
          ...numbersFrom(0, 12_000),
          ...numbersFrom(0, 12_000),
        ]);
      });
    });
  });
});

describe("FlowSession.deleteRange() and deleteFlow()", () => {
  it("remove what lies wholly within, or all", async () => {
    await inMemory(async (session) => {
      const flowId = await writeSound(session, 4);

      await session.deleteRange(flowId, TimeRange.parse("[0:500000000_3:0)"));

      await asyncWith(session.openRead(flowId), async (reader) => {
        const segments = await reader.listSegments().toArray();
        expect(segments.map(({ timerange }) => timerange)).toEqual([
          "[0:0_1:0)",
          "[3:0_4:0)",
        ]);
      });
      await session.deleteFlow(flowId);
      expect(await session.listFlows().toArray()).toEqual([]);
    });
  });
});
