import { openContainer, type Grain, type Track } from "@sluice/media";
import { Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import {
  digest,
  digestPayloads,
  toPacketLines,
} from "../support/packet-lines.ts";
import { locateSample, readSampleFacts } from "../support/samples.ts";

/** What ffprobe says otherwise than we do, and why. */
interface Difference {
  /** What is not compared here, but below. */
  readonly leftOut: readonly ("durations" | "dts" | "pts")[];
  /** How much later than ffprobe's whole ticks our times are, exactly. */
  readonly delay?: string;
}

const differences: Record<string, Difference> = {
  // ffprobe has no durations where they vary: see below.
  "h264-aac-vfr.mp4 0": { leftOut: ["durations"] },
  // Opus begins 312 samples before zero, 6.5 ms; ffprobe rounds that to 7 ms.
  "vp9-opus-25fps.webm 1": { leftOut: [], delay: "0:500000" },
};

const tracks = readSampleFacts().flatMap(({ name, tracks: all }) =>
  all.map((facts, index) => ({ name, index, facts })),
);
const coded = tracks.filter(({ facts }) => !facts.codec.startsWith("pcm_"));

describe("the packets of samples, through openContainer()", () => {
  it.each(coded)(
    "are those that ffprobe finds: $name, track $index ($facts.codec)",
    async ({ name, index, facts }) => {
      const { leftOut, delay = "0:0" } = differences[`${name} ${index}`] ?? {
        leftOut: [],
      };

      const grains = await readGrains(name, index);

      const lines = toPacketLines(
        grains,
        facts.timescale,
        Timestamp.parse(delay),
      );
      expect(grains.length).toBe(facts.packets);
      expect(digest(lines.pts)).toBe(facts.ptsMd5);
      expect(digest(lines.keys)).toBe(facts.keyMd5);
      expect(digest(lines.payloads)).toBe(facts.payloadMd5);
      if (!leftOut.includes("durations")) {
        expect(digest(lines.durations)).toBe(facts.durationMd5);
      }
      if (lines.dts.some((time) => time !== "undefined")) {
        expect(digest(lines.dts)).toBe(facts.dtsMd5);
      }
    },
  );
});

async function readGrains(name: string, index: number): Promise<Grain[]> {
  return asyncWith(openContainer(locateSample(name)), ({ tracks: all }) =>
    getTrack(all, index).getGrains().toArray(),
  );
}

function getTrack(all: readonly Track[], index: number): Track {
  const track = all[index];
  if (track !== undefined) return track;
  throw new RangeError(`There is no track ${index}`);
}
