import {
  openContainer,
  openTransportStreamContainer,
  openWaveContainer,
  type ContainerManager,
  type Grain,
  type Track,
} from "@sluice/media";
import { Rate } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import {
  digest,
  digestPayloads,
  toPacketLines,
} from "../support/packet-lines.ts";
import { locateSample, readSampleFacts } from "../support/samples.ts";

/** Where ffprobe has no durations: they vary, and it counts in the order of decoding. */
const withoutDurations = ["h264-aac-vfr.mp4 0"];

/** Opus begins 312 samples before zero, 6.5 ms, which ffprobe rounds to whole ones. */
const rounded = ["vp9-opus-25fps.webm 1"];

const tracks = readSampleFacts().flatMap(({ name, tracks: all }) =>
  all.map((facts, index) => ({ name, index, facts })),
);
const coded = tracks.filter(({ facts }) => !facts.codec.startsWith("pcm_"));

describe("the packets of samples, as grains", () => {
  it.each(coded)(
    "are those that ffprobe finds: $name, track $index ($facts.codec)",
    async ({ name, index, facts }) => {
      const track = `${name} ${index}`;
      const grains = await readGrains(name, index);

      const lines = toPacketLines(
        grains,
        facts.timescale,
        rounded.includes(track),
      );
      expect(grains.length).toBe(facts.packets);
      expect(digest(lines.pts)).toBe(facts.ptsMd5);
      expect(digest(lines.keys)).toBe(facts.keyMd5);
      expect(digest(lines.payloads)).toBe(facts.payloadMd5);
      if (!withoutDurations.includes(track)) {
        expect(digest(lines.durations)).toBe(facts.durationMd5);
      }
      if (lines.dts.some((time) => time !== "undefined")) {
        expect(digest(lines.dts)).toBe(facts.dtsMd5);
      }
    },
  );
  it("are all the samples of pcm-s16.wav, without a gap", async () => {
    const facts = tracks.find(({ name }) => name === "pcm-s16.wav")?.facts;

    const grains = await readGrains("pcm-s16.wav", 0);

    let samples = 0;
    const rate = Rate.of(48_000);
    for (const grain of grains) {
      expect(grain.originTimestamp.toCount(rate)).toBe(samples);
      samples += grain.kind === "audio" ? grain.samples : 0;
    }
    expect(samples).toBe(96_000);
    expect(digestPayloads(grains)).toBe(facts?.payloadMd5);
  });

  it("last until the next picture is presented, where that varies", async () => {
    const grains = await readGrains("h264-aac-vfr.mp4", 0);

    const { pts, durations } = toPacketLines(grains, 90_000);
    const shown = grains
      .map(
        (_, index) => [Number(pts[index]), Number(durations[index])] as const,
      )
      .sort(([one], [other]) => one - other);
    const ends = shown.map(([start, duration]) => start + duration);
    const next = shown.slice(1).map(([start]) => start);
    expect(ends.slice(0, -1)).toEqual(next);
  });

  it("are the same of MPEG-TS as of the MP4 that it was copied from", async () => {
    const [one, other] = await Promise.all(
      ["h264-aac-25fps.mp4", "h264-aac-25fps.m2t"].map((name) =>
        readGrains(name, 1),
      ),
    );

    expect(digestPayloads(other ?? [])).toBe(digestPayloads(one ?? []));
  });
});

async function readGrains(name: string, index: number): Promise<Grain[]> {
  return asyncWith(openSample(name), ({ tracks: all }) =>
    getTrack(all, index).getGrains().toArray(),
  );
}

function openSample(name: string): ContainerManager {
  const path = locateSample(name);
  if (name.endsWith(".m2t")) return openTransportStreamContainer(path);
  return name.endsWith(".wav") ? openWaveContainer(path) : openContainer(path);
}

function getTrack(all: readonly Track[], index: number): Track {
  const track = all[index];
  if (track !== undefined) return track;
  throw new RangeError(`There is no track ${index}`);
}
