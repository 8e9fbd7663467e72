import {
  readWave,
  writeWave,
  type WaveFormat,
  type WaveItem,
} from "@sluice/media";
import { describe, expect, it } from "vitest";
import {
  ffmpeg,
  ffprobe,
  hasFfmpeg,
  whereFfmpegIs,
} from "../support/ffmpeg.ts";
import { join } from "../support/bytes.ts";

const codecs = [
  ["u8", "pcm_u8", "u8"],
  ["s16", "pcm_s16le", "s16le"],
  ["s24", "pcm_s24le", "s24le"],
  ["s32", "pcm_s32le", "s32le"],
  ["f32", "pcm_f32le", "f32le"],
  ["f64", "pcm_f64le", "f64le"],
] as const;

describe.skipIf(!hasFfmpeg)(`WAV ${whereFfmpegIs}`, { timeout: 60_000 }, () => {
  it.each(codecs)(
    "reads %s as ffmpeg has it",
    async (sampleFormat, codec, raw) => {
      const words = ["-f", "lavfi", "-i", sine, "-ac", "2", "-c:a", codec];
      const file = ffmpeg([...words, "-f", "wav", "-"]);
      const samples = ffmpeg([...words, "-f", raw, "-"]);

      const items = await readWave([file]).toArray();

      expect(items[0]).toMatchObject({
        format: { sampleFormat, numberOfChannels: 2, sampleRate: 48_000 },
      });
      expect(samplesOf(items).equals(samples)).toBe(true);
    },
  );

  it.each(codecs)(
    "writes %s as ffmpeg reads it",
    async (sampleFormat, codec, raw) => {
      const words = ["-f", "lavfi", "-i", sine, "-ac", "3", "-c:a", codec];
      const samples = ffmpeg([...words, "-f", raw, "-"]);
      const format: WaveFormat = {
        sampleFormat,
        numberOfChannels: 3,
        sampleRate: 48_000,
      };
      const frameBytes = samples.length / 4801;
      const options = { numberOfFrames: samples.length / frameBytes };

      for (const container of ["RIFF", "RF64"] as const) {
        const file = join(
          await writeWave([samples], format, {
            ...options,
            container,
          }).toArray(),
        );

        const decoded = ffmpeg(
          ["-f", "wav", "-i", "-", "-c:a", codec, "-f", raw, "-"],
          file,
        );
        expect(decoded.equals(samples)).toBe(true);
        expect(
          ffprobe(["-show_entries", "stream=codec_name,channels", "-"], file),
        ).toMatchObject({
          streams: [{ codec_name: codec, channels: 3 }],
        });
      }
    },
  );

  it("reads RF64 with a pipe's unknown length", async () => {
    const words = [
      "-f",
      "lavfi",
      "-i",
      sine,
      "-rf64",
      "always",
      "-f",
      "wav",
      "-",
    ];

    const items = await readWave([ffmpeg(words)]).toArray();

    expect(items[0]).toMatchObject({ container: "RF64" });
    expect(samplesOf(items)).toHaveLength(4801 * 2);
  });
});

/** A tenth of a second, and a sample more. */
const sine = "sine=frequency=440:sample_rate=48000,atrim=end_sample=4801";

function samplesOf(items: readonly WaveItem[]): Buffer {
  return Buffer.concat(
    items.flatMap((item) => (item.kind === "block" ? [item.data] : [])),
  );
}
