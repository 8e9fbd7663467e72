import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ffmpeg, hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import { readFrameNumber, readFrameNumbers } from "../support/frame-number.ts";
import {
  locateSample,
  readSample,
  readSampleFacts,
} from "../support/samples.ts";

const files = readSampleFacts();

describe("samples/", () => {
  it.each(files)("has $name as facts.json tells it", ({ name, ...facts }) => {
    const bytes = readSample(name);
    const sha256 = createHash("sha256").update(bytes).digest("hex");

    expect(bytes.length).toBe(facts.bytes);
    expect(sha256).toBe(facts.sha256);
  });

  it("has not more than 3 MB", () => {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);

    expect(total).toBeLessThan(3_000_000);
  });
});

describe.skipIf(!hasFfmpeg)(
  `the numbers burnt into pictures, ${whereFfmpegIs}`,
  () => {
    it.each([
      ["h264-aac-25fps.mp4", 1500],
      ["h264-aac-25fps.m2t", 1500],
      ["h264-aac-29.97fps.mp4", 300],
      ["h264-aac-vfr.mp4", 250],
      ["vp9-opus-25fps.webm", 250],
    ])("are those of all pictures of %s", (name, count) => {
      const numbers = readFrameNumbers(locateSample(name));

      expect(numbers).toEqual(
        Array.from({ length: count }, (_, index) => index),
      );
    });

    it("are read of a part of a file that is in memory", () => {
      const file = readSample("h264-aac-25fps.mp4");

      const numbers = readFrameNumbers(file, { first: 720, count: 480 });

      expect(numbers).toEqual(
        Array.from({ length: 480 }, (_, index) => 720 + index),
      );
    });

    it("are not read where there are none", () => {
      const grey = new Uint8Array(320 * 180).fill(128);

      expect(() => readFrameNumber(grey)).toThrow(
        "Cannot read a picture's number: block 0 has a grey of 128",
      );
    });

    it("are not read where the rows do not agree", () => {
      const white = new Uint8Array(320 * 180).fill(255);

      expect(() => readFrameNumber(white)).toThrow(
        "Cannot read a picture's number: the rows say 4095 and 0",
      );
    });
  },
);

describe.skipIf(!hasFfmpeg)(`the tone of the samples, ${whereFfmpegIs}`, () => {
  it("tells each second: 220 Hz in the first, and 20 Hz more in each one", () => {
    const raw = ffmpeg([
      ...["-i", locateSample("h264-aac-25fps.mp4"), "-map", "0:a:0"],
      ...["-af", "pan=mono|c0=c0", "-f", "s16le", "-"],
    ]);
    const samples = new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2);

    const pitches = Array.from(
      { length: 60 },
      (_, second) =>
        // The middle of it, for what is coded overlaps.
        countRises(
          samples.subarray(second * 48_000 + 12_000, second * 48_000 + 36_000),
        ) * 2,
    );

    for (const [second, pitch] of pitches.entries()) {
      expect(Math.abs(pitch - (220 + 20 * second))).toBeLessThanOrEqual(2);
    }
  });
});

/** How often a wave goes from below zero up. */
function countRises(samples: Int16Array): number {
  let rises = 0;
  let last = 0;
  for (const value of samples) {
    if (last < 0 && value >= 0) rises++;
    last = value;
  }
  return rises;
}
