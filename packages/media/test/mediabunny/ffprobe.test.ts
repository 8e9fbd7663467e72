import {
  openContainer,
  type Container,
  type Essence,
  type Grain,
} from "@sluice/media";
import { asyncWith } from "sluice";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import {
  hasEncoder,
  makeFile,
  probe,
  type ProbedStream,
} from "../support/probe.ts";

/** A file, and where ffprobe says something else of it, for a reason. */
interface Example {
  readonly name: string;
  readonly words: readonly string[];
  /** Rates of its pictures, or `variable`. */
  readonly rate?: string;
  /** By how many units of ffprobe's a time may differ: those of a coarse clock. */
  readonly roughUnits?: number;
  /** Payloads are brought into another form. */
  readonly isConverted?: boolean;
  /** Why durations are not compared. */
  readonly otherDurations?: string;
}

/** Words that make pictures at a rate, and sound beside them. */
function film(rate: string, coding: string): string[] {
  const source = `testsrc2=s=96x64:r=${rate}:d=2`;
  const inputs = ["-f", "lavfi", "-i", source, ...sine];
  return [...inputs, "-pix_fmt", "yuv420p", ...split(coding)];
}

/** Words that make pictures at a rate. */
function picture(rate: string, coding: string, seconds = 2): string[] {
  const source = `testsrc2=s=96x64:r=${rate}:d=${seconds}`;
  return ["-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", ...split(coding)];
}

/** Words that make sound. */
function sound(coding: string): string[] {
  return [...sine, "-ac", "2", ...split(coding)];
}

function split(words: string): string[] {
  return words.split(" ").filter((word) => word !== "");
}

const sine = ["-f", "lavfi", "-i", "sine=r=48000:d=2"];
const h264 = "-c:v libx264 -preset veryfast -bf 3 -g 20";

const exact: Example[] = [
  { name: "25.mp4", words: film("25", `${h264} -c:a aac`), rate: "25" },
  {
    name: "23.976.mp4",
    words: film("24000/1001", `${h264} -c:a ac3`),
    rate: "24000/1001",
  },
  {
    name: "29.97.mp4",
    words: film("30000/1001", `${h264} -c:a libmp3lame`),
    rate: "30000/1001",
  },
  { name: "50.mp4", words: film("50", `${h264} -c:a libopus`), rate: "50" },
  {
    name: "59.94.mp4",
    words: picture("60000/1001", h264),
    rate: "60000/1001",
  },
  {
    name: "open-gop.mp4",
    words: picture("25", `${h264} -x264-params open-gop=1:b-pyramid=normal`),
    rate: "25",
  },
  {
    name: "fragments.mp4",
    words: film("25", `${h264} -c:a aac -movflags +frag_keyframe+empty_moov`),
    rate: "25",
    otherDurations:
      "ffprobe gives none to the first frame of sound, and the last is whole",
  },
  {
    name: "variable.mp4",
    words: picture(
      "25",
      `-vf settb=1/90000,setpts=N*3600+1080*mod(N\\,3) -vsync passthrough -enc_time_base 1/90000 -video_track_timescale 90000 ${h264}`,
    ),
    rate: "variable",
    otherDurations: "ffprobe counts them in the order of decoding",
  },
  {
    name: "prores.mov",
    words: picture("25", "-c:v prores", 1),
    rate: "25",
  },
  {
    name: "mjpeg.mov",
    words: picture("30000/1001", "-c:v mjpeg -color_range pc", 1),
    rate: "30000/1001",
  },
  { name: "opus.ogg", words: sound("-c:a libopus") },
  { name: "sound.flac", words: sound("") },
  { name: "sound.mp3", words: sound("") },
  // Frames lose the header that ADTS has.
  { name: "sound.aac", words: sound(""), isConverted: true },
];

const coarse: Example[] = [
  {
    name: "29.97.mkv",
    words: film("30000/1001", `${h264} -c:a aac`),
    rate: "30000/1001",
    roughUnits: 1,
  },
  {
    name: "59.94.webm",
    words: film(
      "60000/1001",
      "-c:v libvpx-vp9 -deadline realtime -c:a libopus",
    ),
    rate: "60000/1001",
    roughUnits: 1,
  },
  {
    name: "pcm.mkv",
    words: sound("-c:a pcm_s24le"),
    roughUnits: 1,
    otherDurations: "ffprobe rounds that of the last up",
  },
  {
    name: "90-khz.mp4",
    words: picture("24000/1001", `${h264} -video_track_timescale 90000`),
    rate: "24000/1001",
    roughUnits: 1,
    otherDurations: "they are not whole in such units",
  },
];

const encoders = [
  ["libx265", "hevc.mp4", "-x265-params log-level=none"],
  ["libaom-av1", "av1.mp4", "-cpu-used 8 -lag-in-frames 0"],
] as const;

describe.skipIf(!hasFfmpeg)(
  `Packets of files ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    it.each(exact)("$name: each is as ffprobe has it", compare);

    it.each(coarse)(
      "$name: each is as ffprobe has it, but for the clock's rounding",
      compare,
    );

    it.each(encoders)(
      "%s: each picture is as ffprobe has it",
      async (encoder, name, options) => {
        if (!hasEncoder(encoder)) return;
        const words = picture("25", `-c:v ${encoder} ${options}`, 1);

        await compare({ name, words, rate: "25" });
      },
    );
  },
);

async function compare(example: Example): Promise<void> {
  const bytes = makeFile(example.name, example.words);
  const probed = probe(example.name, bytes);

  await asyncWith(openContainer(bytes), async (container) => {
    expect(kindsOf(container)).toEqual(probed.map(({ kind }) => kind));
    for (const [index, track] of container.tracks.entries()) {
      const grains = await track.getGrains().toArray();
      const stream = probed[index];
      expect(stream).toBeDefined();
      if (stream === undefined) continue;
      expect(describeGrains(grains, stream, example)).toEqual(
        describePackets(stream, example),
      );
      expect(lengthen(grains, stream)).toBeLessThanOrEqual(
        example.roughUnits ?? 0,
      );
    }
    expect(rateOf(container)).toBe(example.rate);
  });
}

function kindsOf({ tracks }: Container): string[] {
  return tracks.map(({ essence }) => essence.kind);
}

function rateOf({ tracks }: Container): string | undefined {
  const essences = tracks.map(({ essence }): Essence => essence);
  const video = essences.find(({ kind }) => kind === "video");
  if (video?.kind !== "video") return undefined;
  return video.rate === undefined ? "variable" : `${video.rate}`;
}

/** Tells by how many units a time is off at most. */
function lengthen(grains: readonly Grain[], stream: ProbedStream): number {
  const [numerator, denominator] = stream.timeBase;
  const unit = (1e9 * numerator) / denominator;
  const errors = grains.map(({ originTimestamp }, index) => {
    const pts = stream.packets[index]?.pts ?? 0;
    const wanted = Math.trunc(pts * unit);
    return Math.abs(Number(originTimestamp.nanoseconds) - wanted) / unit;
  });
  return Math.max(...errors.map((error) => Math.round(error * 1e3) / 1e3));
}

function describeGrains(
  grains: readonly Grain[],
  { timeBase }: ProbedStream,
  example: Example,
): unknown[] {
  const [numerator, denominator] = timeBase;
  return grains.map((grain) => {
    const { duration, data } = grain;
    const seconds = duration ? duration.numerator / duration.denominator : NaN;
    const units = Math.floor((seconds * denominator) / numerator + 1e-6);
    const payload = createHash("md5").update(data).digest("hex");
    return {
      isKey: grain.kind !== "coded-video" || grain.isKeyFrame,
      ...(example.isConverted ? {} : { size: data.length, payload }),
      ...(example.otherDurations === undefined && { units }),
    };
  });
}

function describePackets(
  { packets }: ProbedStream,
  example: Example,
): unknown[] {
  return packets.map(({ isKey, size, md5, duration }) => ({
    isKey,
    ...(example.isConverted ? {} : { size, payload: md5 }),
    ...(example.otherDurations === undefined && { units: duration }),
  }));
}
