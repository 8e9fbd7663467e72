import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  openContainer,
  type CodedAudioGrain,
  type Grain,
  type GrainOrder,
} from "@sluice/media";
import { FlowProvider, type FlowSession } from "@sluice/store";
import { Rate, TimeRange, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it, vi } from "vitest";
import {
  ffmpeg,
  hasFfmpeg,
  whereFfmpegIs,
} from "../../../media/test/support/ffmpeg.ts";
import { readFrameNumbers } from "../../../media/test/support/frame-number.ts";
import {
  digest,
  digestPayloads,
  toPacketLines,
} from "../../../media/test/support/packet-lines.ts";
import { readSampleFacts } from "../../../media/test/support/samples.ts";
import { temporaryFolder } from "../backend/temporary-folder.ts";
import { findSample, toFacts } from "../support/samples.ts";

// Whole files are read, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 120_000 });

/** Where ffprobe has no durations: they vary, and it counts in the order of decoding. */
const withoutDurations = ["h264-aac-vfr.mp4 0"];

/** Where the file's reader tells no time of decoding, and the store makes one that fits. */
const withoutDecodeTimes = ["h264-aac-vfr.mp4 0"];

/** Opus begins 312 samples before zero, 6.5 ms, which ffprobe rounds to whole ones. */
const rounded = ["vp9-opus-25fps.webm 1"];

const sampleRate = Rate.of(48_000);

interface Ingested {
  readonly session: FlowSession;
  /** A folder that is empty but for the store in it. */
  readonly folder: string;
  readonly flowId: string;
  readonly trackIds: readonly string[];
}

/** Takes a sample in, into a folder, and opens that anew for a block. */
function takeIn(
  name: string,
  body: (ingested: Ingested) => Promise<void>,
): Promise<void> {
  return asyncWith(temporaryFolder(), async (folder) => {
    const store = `file:${join(folder, "store")}`;
    const { flow, tracks } = await asyncWith(
      new FlowProvider(store),
      (session) => session.ingest(findSample(name)),
    );
    const trackIds = tracks.map(({ id }) => id);
    await asyncWith(new FlowProvider(store), (session) =>
      body({ session, folder, flowId: flow.id, trackIds }),
    );
  });
}

function read(
  session: FlowSession,
  id: string,
  order: GrainOrder,
): Promise<readonly Grain[]> {
  return asyncWith(session.openRead(id), (reader) =>
    reader.getGrains({ order, gaps: "fail" }).toArray(),
  );
}

/** All grains as they are presented, of those in the order of decoding. */
function toPresentation(grains: readonly Grain[]): string[] {
  return toFacts(
    [...grains].sort((a, b) =>
      Timestamp.compare(a.originTimestamp, b.originTimestamp),
    ),
  );
}

type Facts = ReturnType<typeof readSampleFacts>[number];

/** Compares grains with what ffprobe found, packet by packet. */
function expectPackets(
  grains: readonly Grain[],
  name: string,
  facts: Facts["tracks"][number],
): void {
  const { timescale } = facts;
  const lines = toPacketLines(grains, timescale, rounded.includes(name));
  expect(grains).toHaveLength(facts.packets);
  expect(digest(lines.pts)).toBe(facts.ptsMd5);
  expect(digest(lines.keys)).toBe(facts.keyMd5);
  expect(digest(lines.payloads)).toBe(facts.payloadMd5);
  if (!withoutDurations.includes(name)) {
    expect(digest(lines.durations)).toBe(facts.durationMd5);
  }
  const isTold = lines.dts.some((time) => time !== "undefined");
  if (isTold && !withoutDecodeTimes.includes(name)) {
    expect(digest(lines.dts)).toBe(facts.dtsMd5);
  }
}

/** Sound that is not coded comes in grains of whatever length. */
function expectSamples(
  grains: readonly Grain[],
  facts: Facts["tracks"][number],
): void {
  let samples = 0;
  for (const grain of grains) {
    expect(grain.originTimestamp.toCount(sampleRate)).toBe(samples);
    samples += grain.kind === "audio" ? grain.samples : 0;
  }
  expect(samples).toBe(96_000);
  expect(digestPayloads(grains)).toBe(facts.payloadMd5);
}

describe("grains of samples that a store in a folder has taken in", () => {
  it.each(readSampleFacts())(
    "are the packets that ffprobe finds, in both orders: $name",
    async ({ name, tracks }) => {
      await takeIn(name, async ({ session, trackIds }) => {
        expect(trackIds).toHaveLength(tracks.length);
        for (const [index, facts] of tracks.entries()) {
          const id = trackIds[index] ?? "";
          const decoded = await read(session, id, "decode");
          const presented = await read(session, id, "presentation");

          if (facts.codec.startsWith("pcm_")) expectSamples(decoded, facts);
          else expectPackets(decoded, `${name} ${index}`, facts);
          expect(toFacts(presented)).toEqual(toPresentation(decoded));
          const findings = session.verify(id, { decode: true });
          expect(await findings.toArray()).toEqual([]);
        }
      });
    },
  );
});

describe.skipIf(!hasFfmpeg)(
  `a range that is exported from a store in a folder, ${whereFfmpegIs}`,
  () => {
    it("shows exactly the frames 720 to 1199, with exactly their sound", async () => {
      const name = "h264-aac-25fps.mp4";
      const rate = Rate.of(25);
      const timerange = TimeRange.of(
        Timestamp.fromCount(720, rate),
        Timestamp.fromCount(1200, rate),
      );
      await takeIn(name, async ({ session, flowId, folder }) => {
        const file = join(folder, "range.mp4");
        await writeFile(file, session.exportMp4(flowId, { timerange }));

        expect(readFrameNumbers(file)).toEqual(
          Array.from({ length: 480 }, (_, index) => 720 + index),
        );
        const [start, end] = [720 * 1920, 1200 * 1920];
        const whole = await readSound(findSample(name));
        const cut = await readSound(file);
        // Each run of samples is the one that the whole file has there.
        for (const [at, { data }] of cut) {
          const there = whole.get(at + start)?.data;
          expect(there && Buffer.compare(there, data), `${at}`).toBe(0);
        }
        expect(Math.min(...cut.keys())).toBeLessThanOrEqual(0);
        const ends = [...cut].map(
          ([at, { samples, remainder }]) => at + samples - remainder,
        );
        expect(Math.max(...ends)).toBe(end - start);
        // A decoder begins at the first sample: ffmpeg 5 may give some more at the end.
        const decoded = decodeSound(file).length / 2 - (end - start);
        expect(decoded).toBeGreaterThanOrEqual(0);
        expect(decoded).toBeLessThan(1024);
      });
    });
  },
);

/** Decodes the sound of a file to numbers of 2 bytes, one for each sample. */
function decodeSound(file: string): Buffer {
  const words = ["-i", file, "-map", "0:a:0", "-ac", "1"];
  return ffmpeg([...words, "-f", "s16le", "-"]);
}

/** Reads the frames of a file's sound, by their first samples. */
async function readSound(file: string): Promise<Map<number, CodedAudioGrain>> {
  const sound = new Map<number, CodedAudioGrain>();
  await asyncWith(openContainer(file), async ({ tracks }) => {
    const track = tracks.find(({ essence }) => essence.kind === "audio");
    await track?.getGrains().forEach((grain) => {
      if (grain.kind !== "coded-audio") return;
      sound.set(grain.originTimestamp.toCount(sampleRate), grain);
    });
  });
  return sound;
}
