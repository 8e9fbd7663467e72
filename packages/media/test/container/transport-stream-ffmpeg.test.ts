import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import {
  openTransportStreamContainer,
  splitAnnexB,
  splitLengthPrefixed,
  toAdts,
  type Essence,
  type Grain,
  type TransportStreamContainer,
} from "@sluice/media";
import { Rate, TimeRange } from "@sluice/time";
import { asyncWith } from "sluice";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ffmpeg,
  ffprobe,
  hasFfmpeg,
  whereFfmpegIs,
} from "../support/ffmpeg.ts";

let folder = "";
const at = (name: string) => joinPath(folder, name);
const ticks = Rate.of(90_000);

const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2"];
const openGop = ["-x264-params", "open-gop=1:keyint=10:bframes=3:scenecut=0"];
const h265 = [
  ...["-c:v", "libx265", "-preset", "ultrafast", "-x265-params"],
  "log-level=none:bframes=3:keyint=10:open-gop=1",
];

describe.skipIf(!hasFfmpeg)(`containers of MPEG-TS ${whereFfmpegIs}`, () => {
  beforeAll(() => {
    folder = mkdtempSync(joinPath(tmpdir(), "sluice-ts-container-"));
    make("a.ts", ["25", "48000", ...h264, "-g", "10", "-c:a", "aac"]);
    make("b.ts", ["24000/1001", "44100", ...h264, ...openGop, "-c:a", "ac3"]);
    make("c.ts", ["30000/1001", "48000", ...h265, "-c:a", "mp2"]);
    make("d.ts", [
      "50",
      "48000",
      "-c:v",
      "mpeg2video",
      "-bf",
      "2",
      "-g",
      "10",
      "-c:a",
      "eac3",
    ]);
    make("e.ts", [
      "25",
      "48000",
      ...h264,
      "-flags",
      "+ilme+ildct",
      "-c:a",
      "libopus",
    ]);
    make("f.ts", ["60000/1001", "44100", ...h264, "-c:a", "libmp3lame"]);
  }, 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const video = [
    [
      "a.ts",
      {
        codec: "video/h264",
        frameWidth: 322,
        frameHeight: 184,
        rate: Rate.of(25),
      },
    ],
    ["b.ts", { codec: "video/h264", rate: Rate.of(24000, 1001) }],
    [
      "c.ts",
      { codec: "video/h265", frameWidth: 322, rate: Rate.of(30000, 1001) },
    ],
    [
      "d.ts",
      {
        codec: "video/mpeg",
        frameWidth: 322,
        frameHeight: 184,
        rate: Rate.of(50),
      },
    ],
    [
      "e.ts",
      { codec: "video/h264", interlaceMode: undefined, rate: Rate.of(25) },
    ],
    [
      "f.ts",
      {
        codec: "video/h264",
        rate: Rate.of(60000, 1001),
        interlaceMode: "progressive",
      },
    ],
  ] as const;

  it.each(video)(
    "gives the pictures of %s that ffprobe finds",
    async (name, essence) => {
      const read = await readTrack(at(name), "video");

      const theirs = probe(name, "v");
      expect(read.essence).toMatchObject(essence);
      expect(theirs.length).toBeGreaterThan(40);
      // What 1/90000 s cannot tell is told exactly.
      const isCoarse = ["b.ts", "f.ts"].includes(name);
      expect(farOff(read.grains, theirs, isCoarse ? 1 : 0)).toEqual([]);
      if (essence.codec !== "video/mpeg") {
        const data = ffmpeg([
          "-i",
          at(name),
          "-map",
          "0:v",
          "-c",
          "copy",
          "-f",
          name === "c.ts" ? "hevc" : "h264",
          "-",
        ]);
        const units = read.grains.flatMap((grain) =>
          splitLengthPrefixed(grain.data),
        );
        expect(units.map(hash)).toEqual(splitAnnexB(data).map(hash));
      } else {
        expect(read.grains.map(({ data }) => hash(data))).toEqual(
          theirs.map(({ data_hash: theirHash }) => theirHash),
        );
      }
    },
    60_000,
  );

  it.each([
    [
      "a.ts",
      {
        codec: "audio/aac",
        codecParameter: "mp4a.40.2",
        sampleRate: 48_000,
        channels: 2,
        codedFrameSize: 1024,
      },
    ],
    ["b.ts", { codec: "audio/ac3", sampleRate: 44_100, codedFrameSize: 1536 }],
    ["c.ts", { codec: "audio/mpeg", codecParameter: "mp4a.40.33" }],
    ["d.ts", { codec: "audio/eac3", codedFrameSize: 1536 }],
    ["e.ts", { codec: "audio/opus", channels: 2 }],
    [
      "f.ts",
      { codec: "audio/mpeg", codecParameter: "mp3", codedFrameSize: 1152 },
    ],
  ])(
    "gives the frames of sound of %s that ffprobe finds",
    async (name, essence) => {
      const { grains, essence: found } = await readTrack(at(name), "audio");

      const theirs = probe(name, "a");
      expect(found).toMatchObject(essence);
      expect(theirs.length).toBeGreaterThan(50);
      const config = found.decoderConfig;
      const isAac = found.codec === "audio/aac" && config !== undefined;
      expect(
        grains.map(({ data }) => hash(isAac ? toAdts(data, config) : data)),
      ).toEqual(theirs.map(({ data_hash: theirHash }) => theirHash));
      // Within a packet, ffprobe adds durations that are rounded.
      const off = grains.map(
        (grain, index) =>
          grain.originTimestamp.toCount(ticks) - (theirs[index]?.pts ?? NaN),
      );
      expect(off.filter((difference) => Math.abs(difference) > 2)).toEqual([]);
    },
    60_000,
  );

  it("has sound one frame after the other, to the nanosecond", async () => {
    const { grains } = await readTrack(at("b.ts"), "audio");

    const [first] = grains;
    if (first === undefined) throw new Error("there is no grain");
    const pts = first.originTimestamp.toCount(ticks);
    const starts = grains.map((_, index) =>
      // In 1/4410000 s both are whole.
      String(
        ((BigInt(pts) * 49n + BigInt(index) * 1536n * 100n) * 10n ** 9n) /
          4_410_000n,
      ),
    );
    expect(
      grains.map(({ originTimestamp }) => {
        const { seconds, nanoseconds } = originTimestamp.toParts();
        return String(BigInt(seconds) * 10n ** 9n + BigInt(nanoseconds));
      }),
    ).toEqual(starts);
  });

  it("gives pictures as they are presented, if that is wanted", async () => {
    const decoded = await readTrack(at("b.ts"), "video");
    const presented = await readTrack(at("b.ts"), "video", {
      order: "presentation",
    });

    const byTime = decoded.grains
      .map(({ originTimestamp }) => `${originTimestamp}`)
      .sort(
        (a, b) => Number(a.replace(":", ".")) - Number(b.replace(":", ".")),
      );
    expect(decoded.grains.map(toStart)).not.toEqual(byTime);
    expect(new Set(presented.grains.map(toStart))).toEqual(new Set(byTime));
    for (const [index, { originTimestamp }] of presented.grains.entries()) {
      const before = presented.grains[index - 1]?.originTimestamp;
      expect(before?.isBefore(originTimestamp) ?? true).toBe(true);
    }
  });

  it.each(["decode", "presentation"] as const)(
    "gives of a time range what is presented within it, in the order of %s",
    async (order) => {
      const all = await readTrack(at("b.ts"), "video", { order });
      const timeRange = TimeRange.parse("[1:900000000_2:700000000)");

      const some = await readTrack(at("b.ts"), "video", { order, timeRange });

      const expected = all.grains.filter(({ originTimestamp }) =>
        timeRange.contains(originTimestamp),
      );
      expect(expected.length).toBeGreaterThan(10);
      expect(some.grains.map(toStart)).toEqual(expected.map(toStart));
    },
  );

  it("goes on across the wrap of timestamps, where pictures are reordered", async () => {
    const offset = String(2 ** 33 / 90_000 - 1);
    const words = ["-c", "copy", "-muxdelay", "0", "-muxpreload", "0"];
    ffmpeg([
      "-i",
      at("a.ts"),
      ...words,
      "-output_ts_offset",
      offset,
      at("wrap.ts"),
    ]);

    const { grains, essence } = await readTrack(at("wrap.ts"), "video");

    expect(essence).toMatchObject({ rate: Rate.of(25) });
    const theirs = probe("wrap.ts", "v");
    expect(theirs[0]?.pts).toBeLessThan(0);
    expect(theirs.at(-1)?.pts).toBeGreaterThan(0);
    expect(grains.map(toTimes)).toEqual(
      theirs.map(({ pts, dts, flags }) => ({
        pts,
        dts,
        isKey: flags.startsWith("K"),
      })),
    );
  });

  it("says that a rate varies by saying none", async () => {
    const vary = [
      "-vf",
      "select='not(eq(mod(n,3),1)+eq(mod(n,7),2))'",
      "-vsync",
      "vfr",
    ];
    ffmpeg(["-i", at("a.ts"), "-an", ...vary, ...h264, at("vfr.ts")]);

    const { grains, essence } = await readTrack(at("vfr.ts"), "video");

    expect(essence).toMatchObject({ rate: undefined });
    expect(grains.map(toTimes)).toEqual(
      probe("vfr.ts", "v").map(({ pts, dts, flags }) => ({
        pts,
        dts,
        isKey: flags.startsWith("K"),
      })),
    );
  });
});

function make(name: string, words: readonly string[]): void {
  const [rate = "", sampleRate = "", ...codecs] = words;
  ffmpeg([
    ...["-f", "lavfi", "-i", `testsrc2=s=322x184:r=${rate}:d=2`],
    ...["-f", "lavfi", "-i", `sine=r=${sampleRate}:d=2`],
    ...["-ac", "2", "-pix_fmt", "yuv420p", ...codecs, at(name)],
  ]);
}

interface Read {
  readonly grains: readonly Grain[];
  readonly essence: Essence;
}

async function readTrack(
  path: string,
  kind: Essence["kind"],
  options?: Parameters<TransportStreamContainer["tracks"][0]["getGrains"]>[0],
): Promise<Read> {
  return asyncWith(
    openTransportStreamContainer(path),
    async ({ tracks, unread }) => {
      expect(unread).toEqual([]);
      const track = tracks.find(({ essence }) => essence.kind === kind);
      if (track === undefined) throw new Error(`there is no ${kind}`);
      const grains = await track.getGrains(options).toArray();
      return { grains, essence: track.essence };
    },
  );
}

interface Packet {
  readonly pts: number;
  readonly dts: number;
  readonly flags: string;
  readonly data_hash: string;
}

function probe(name: string, stream: string): readonly Packet[] {
  const words = ["-show_packets", "-show_data_hash", "md5"];
  const { packets } = ffprobe([
    ...words,
    ...["-select_streams", stream, at(name)],
  ]) as { packets: Packet[] };
  return packets;
}

function toTimes(grain: Grain) {
  if (grain.kind !== "coded-video") throw new Error(`it is ${grain.kind}`);
  return {
    pts: grain.originTimestamp.toCount(ticks),
    dts: grain.decodeTimestamp?.toCount(ticks),
    isKey: grain.isKeyFrame,
  };
}

/** Lists what of two lists is not the same, but for so many ticks. */
function farOff(
  grains: readonly Grain[],
  packets: readonly Packet[],
  most: number,
): unknown[] {
  const pairs = Array.from(
    { length: Math.max(grains.length, packets.length) },
    (_, index) => [grains[index], packets[index]] as const,
  );
  return pairs.filter(([grain, packet]) => {
    if (grain === undefined || packet === undefined) return true;
    const { pts, dts, isKey } = toTimes(grain);
    const off = [pts - packet.pts, (dts ?? NaN) - packet.dts];
    const isNear = off.every((difference) => Math.abs(difference) <= most);
    return !isNear || isKey !== packet.flags.startsWith("K");
  });
}

function toStart({ originTimestamp }: Grain): string {
  return `${originTimestamp}`;
}

function hash(data: Uint8Array): string {
  return `MD5:${createHash("md5").update(data).digest("hex")}`;
}
