import {
  FlowProvider,
  MissingMediaError,
  type FlowReader,
  type FlowSession,
} from "@sluice/store";
import { Rate, TimeRange, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it, vi } from "vitest";
import { findSample, readFileGrains, toFacts } from "../support/samples.ts";

// Files are read, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 });

/** Takes a file in, and reads a track of it. */
async function withReader(
  { name, kind }: { readonly name: string; readonly kind: "video" | "audio" },
  body: (reader: FlowReader, session: FlowSession) => Promise<void>,
): Promise<void> {
  await asyncWith(new FlowProvider("memory:"), async (session) => {
    const { tracks } = await session.ingest(findSample(name));
    const flow = tracks.find(({ format }) => format.endsWith(kind));
    await asyncWith(session.openRead(flow?.id ?? ""), (reader) =>
      body(reader, session),
    );
  });
}

const files = [
  { name: "h264-aac-29.97fps.mp4", kind: "video" },
  { name: "h264-aac-29.97fps.mp4", kind: "audio" },
  { name: "h264-aac-vfr.mp4", kind: "video" },
  { name: "vp9-opus-25fps.webm", kind: "video" },
  { name: "vp9-opus-25fps.webm", kind: "audio" },
  { name: "aac.adts", kind: "audio" },
] as const;

describe("FlowReader.getGrains() of a file that was taken in", () => {
  for (const file of files) {
    it(`gives the packets of ${file.name}, ${file.kind}, in both orders`, async () => {
      await withReader(file, async (reader) => {
        for (const order of ["presentation", "decode"] as const) {
          const expected = await readFileGrains(file.name, file.kind, order);
          const grains = await reader
            .getGrains({ order, gaps: "fail" })
            .toArray();

          expect(toFacts(grains)).toEqual(toFacts(expected));
        }
      });
    });
  }
});

describe("FlowReader.read() of pictures", () => {
  it("gives exactly the pictures that are asked for, at 30000/1001", async () => {
    const file = { name: "h264-aac-29.97fps.mp4", kind: "video" } as const;
    const all = await readFileGrains(file.name, file.kind);
    await withReader(file, async (reader) => {
      for (const [first, count] of [
        [0, 300],
        [100, 100],
        [299, 1],
        [24, 3],
      ] as const) {
        const frames = await reader.read(first, { count });

        const expected = all.slice(first, first + count);
        expect(toFacts(frames)).toEqual(toFacts(expected));
      }
    });
  });

  it("takes the picture that is nearest to an instant", async () => {
    const file = { name: "h264-aac-29.97fps.mp4", kind: "video" } as const;
    await withReader(file, async (reader) => {
      const start = Timestamp.parse("3:350000000");

      const [frame] = await reader.read(start, { count: 1 });

      const rate = Rate.of(30_000, 1001);
      expect(frame?.originTimestamp.toCount(rate)).toBe(start.toCount(rate));
    });
  });

  it("names what is behind the end", async () => {
    const file = { name: "h264-aac-29.97fps.mp4", kind: "video" } as const;
    await withReader(file, async (reader) => {
      const reading = reader.read(299, { count: 3 });

      await expect(reading).rejects.toThrow(MissingMediaError);
      await expect(reading).rejects.toMatchObject({
        missing: ["[10:10000000_10:76733333)"],
      });
    });
  });

  it("counts the places of pictures where the rate varies", async () => {
    const file = { name: "h264-aac-vfr.mp4", kind: "video" } as const;
    const all = await readFileGrains(file.name, file.kind);
    await withReader(file, async (reader) => {
      const read = async (
        start: number | Timestamp,
        count: number,
      ): Promise<string[]> => toFacts(await reader.read(start, { count }));
      const time = all[120]?.originTimestamp ?? Timestamp.zero;

      expect(await read(0, 250)).toEqual(toFacts(all));
      expect(await read(101, 60)).toEqual(toFacts(all.slice(101, 161)));
      expect(await read(time, 3)).toEqual(toFacts(all.slice(120, 123)));
      for (const start of [249, 250, 1000]) {
        await expect(reader.read(start, { count: 2 })).rejects.toThrow(
          MissingMediaError,
        );
      }
    });
  });
});

describe("FlowReader.getGrainsToDecode()", () => {
  const file = { name: "h264-aac-29.97fps.mp4", kind: "video" } as const;

  it("begins with a key frame, and marks what was not asked for", async () => {
    const decoded = await readFileGrains(file.name, file.kind, "decode");
    await withReader(file, async (reader) => {
      const timerange = TimeRange.parse("[3:500000000_4:500000000)");

      const grains = await reader.getGrainsToDecode({ timerange }).toArray();

      const [first] = grains;
      expect(first?.grain).toMatchObject({ isKeyFrame: true });
      expect(first?.isWanted).toBe(false);
      const wanted = grains
        .filter(({ isWanted }) => isWanted)
        .map(({ grain }) => grain);
      const shown = await reader
        .getGrains({ timerange, order: "decode" })
        .toArray();
      expect(toFacts(wanted)).toEqual(toFacts(shown));
      const facts = toFacts(grains.map(({ grain }) => grain));
      const start = toFacts(decoded).indexOf(facts[0] ?? "");
      expect(facts).toEqual(
        toFacts(decoded.slice(start, start + grains.length)),
      );
    });
  });

  it("gives the reference behind the end that pictures before it need", async () => {
    await withReader(file, async (reader) => {
      const all = await reader.read(0, { count: 30 });
      const end = all[3]?.originTimestamp;
      const timerange = TimeRange.of(Timestamp.zero, end);

      const grains = await reader.getGrainsToDecode({ timerange }).toArray();

      const extra = grains.filter(({ isWanted }) => !isWanted);
      expect(extra.length).toBeGreaterThan(0);
      expect(grains.at(-1)?.isWanted).toBe(true);
    });
  });

  it("adds the frames in which a decoder of sound settles", async () => {
    const sound = { name: "h264-aac-29.97fps.mp4", kind: "audio" } as const;
    await withReader(sound, async (reader) => {
      const timerange = TimeRange.parse("[1:10000000_1:500000000)");

      const grains = await reader.getGrainsToDecode({ timerange }).toArray();

      expect(grains[0]?.isWanted).toBe(false);
      expect(grains[1]?.isWanted).toBe(true);
      expect(grains.slice(1).every(({ isWanted }) => isWanted)).toBe(true);
    });
  });
});

describe("FlowReader.readEssence()", () => {
  it("tells what a decoder is told, from the initialisation object", async () => {
    const file = { name: "h264-aac-29.97fps.mp4", kind: "video" } as const;
    await withReader(file, async (reader) => {
      const { decoderConfig, codecParameter } = await reader.readEssence();

      expect(reader.essence.decoderConfig).toBeUndefined();
      expect(decoderConfig?.[0]).toBe(1);
      expect(codecParameter).toBe(reader.essence.codecParameter);
    });
  });
});
