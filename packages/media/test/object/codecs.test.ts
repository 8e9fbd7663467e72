import {
  chooseObjectFormat,
  findObjectFormat,
  type Grain,
} from "@sluice/media";
import { describe, expect, it } from "vitest";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import {
  cutGrains,
  encodeObjects,
  makeFile,
  readTrack,
  runOn,
  toFacts,
} from "../support/media-files.ts";
import { join } from "../support/bytes.ts";

const picture = ["-f", "lavfi", "-i", "testsrc=size=128x96:rate=25:duration=1"];
const sound = [
  "-f",
  "lavfi",
  "-i",
  "sine=frequency=440:sample_rate=48000:duration=1",
  "-ac",
  "2",
];
const group = ["-g", "13", "-pix_fmt", "yuv420p"];

const pictures: readonly (readonly [string, string, readonly string[]])[] = [
  ["H.264", "a.mp4", [...group, "-c:v", "libx264", "-bf", "2"]],
  [
    "HEVC",
    "a.mp4",
    [
      ...group,
      "-c:v",
      "libx265",
      "-x265-params",
      "log-level=0:open-gop=0:keyint=13",
    ],
  ],
  ["VP8", "a.webm", [...group, "-c:v", "libvpx"]],
  ["VP9", "a.mp4", [...group, "-c:v", "libvpx-vp9", "-cpu-used", "8"]],
  [
    "AV1",
    "a.mp4",
    [...group, "-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime"],
  ],
  ["ProRes", "a.mov", ["-c:v", "prores_ks"]],
];

const sounds: readonly (readonly [string, string, readonly string[]])[] = [
  ["AAC", "a.mp4", ["-c:a", "aac"]],
  ["Opus", "a.mp4", ["-c:a", "libopus", "-strict", "-2"]],
  ["FLAC", "a.mp4", ["-c:a", "flac", "-strict", "-2"]],
  ["MP3", "a.mp4", ["-c:a", "libmp3lame"]],
];

describe.skipIf(!hasFfmpeg)(
  `CMAF objects ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    it.each(pictures)("hold %s", async (_codec, name, words) => {
      const file = makeFile(name, [...picture, ...words]);
      const { essence, grains } = await readTrack(file, "video");
      const format = chooseObjectFormat(essence);
      const parts = cutGrains(grains);

      const { init, objects, decoded } = await encodeObjects(
        format,
        essence,
        parts,
      );

      expect(format.contentType).toBe("video/mp4");
      expect(decoded.flat().map(toFacts)).toEqual(grains.map(toFacts));
      const all = join(
        [init, ...objects.map(({ bytes }) => bytes)].filter(
          (b) => b !== undefined,
        ),
      );
      expect(framesOf(all, "a.mp4")).toEqual(framesOf(file, name));
    });

    it.each(sounds)("hold %s", async (_codec, name, words) => {
      const file = makeFile(name, [...sound, ...words]);
      const { essence, grains } = await readTrack(file, "audio");
      const format = chooseObjectFormat(essence);

      const { objects, decoded } = await encodeObjects(
        format,
        essence,
        cutGrains(grains),
      );

      expect(format.contentType).toBe("audio/mp4");
      expect(decoded.flat().map(toFacts)).toEqual(grains.map(toFacts));
      expect(new Set(objects.map((o) => `${o.timestampOffset}`)).size).toBe(1);
    });
  },
);

const streams: readonly (readonly [
  string,
  "video" | "audio",
  readonly string[],
])[] = [
  ["H.264", "video", [...picture, ...group, "-c:v", "libx264", "-bf", "2"]],
  [
    "HEVC",
    "video",
    [
      ...picture,
      ...group,
      "-c:v",
      "libx265",
      "-x265-params",
      "log-level=0:open-gop=0:keyint=13",
    ],
  ],
  ["AAC", "audio", [...sound, "-c:a", "aac"]],
  ["MP3", "audio", [...sound, "-c:a", "libmp3lame"]],
  ["AC-3", "audio", [...sound, "-c:a", "ac3"]],
  ["E-AC-3", "audio", [...sound, "-c:a", "eac3"]],
];

describe.skipIf(!hasFfmpeg)(
  `Objects of MPEG-TS ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    it.each(streams)("hold %s", async (_codec, kind, words) => {
      const file = makeFile("a.mp4", words);
      const { essence, grains } = await readTrack(file, kind);
      const format = findObjectFormat("video/mp2t");
      if (format === undefined) throw new Error("there is none");

      const { objects, decoded } = await encodeObjects(
        format,
        essence,
        cutGrains(grains),
      );

      // How much of the last frame only fills it is not told.
      const told = decoded.flat().map(withoutDuration);
      expect(told).toEqual(grains.map(withoutDuration));
      for (const { bytes } of objects) {
        runOn(bytes, "a.ts", ["-f", "null", "-"]);
      }
    });
  },
);

function withoutDuration(grain: Grain): unknown {
  return toFacts({ ...grain, duration: undefined });
}

function framesOf(file: Uint8Array, name: string): string[] {
  const words = ["-map", "0:v", "-vsync", "passthrough", "-f", "framemd5", "-"];
  return runOn(file, name, words)
    .toString()
    .split("\n")
    .filter((line) => !line.startsWith("#") && line !== "")
    .map((line) => line.split(",").at(-1) ?? "");
}
