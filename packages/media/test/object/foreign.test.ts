import { cmafVideoFormat } from "@sluice/media";
import { Timestamp } from "@sluice/time";
import { describe, expect, it } from "vitest";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import {
  ids,
  makeFile,
  probePackets,
  readTrack,
  toFacts,
} from "../support/media-files.ts";

const flags: readonly (readonly [string, readonly string[]])[] = [
  ["several fragments", ["-movflags", "frag_keyframe+empty_moov"]],
  [
    "composition offsets below zero",
    [
      "-movflags",
      "frag_keyframe+empty_moov+negative_cts_offsets+default_base_moof",
    ],
  ],
  ["an edit list", ["-movflags", "frag_keyframe+delay_moov"]],
  ["CMAF's brand", ["-movflags", "cmaf"]],
  ["no fragments", []],
];

describe.skipIf(!hasFfmpeg)(
  `MP4 of ffmpeg with ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    it.each(flags)("%s is read", async (_what, words) => {
      const file = makeFile("a.mp4", [
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=96x64:rate=25:duration=2",
        ...["-c:v", "libx264", "-g", "24", "-bf", "3", "-pix_fmt", "yuv420p"],
        ...words,
      ]);
      const { essence, grains } = await readTrack(file, "video");

      const decoded = await cmafVideoFormat.decode({
        ...{ bytes: file, ids, essence },
        timestampOffset: Timestamp.parse("10:0"),
      });

      const start = Timestamp.parse("10:0");
      const moved = grains.map((grain) => ({
        ...grain,
        originTimestamp: grain.originTimestamp.add(start),
      }));
      expect(decoded.map(toFacts)).toEqual(moved.map(toFacts));
      expect(probePackets(file, "a.mp4", 25).packets).toHaveLength(
        decoded.length,
      );
    });
  },
);
