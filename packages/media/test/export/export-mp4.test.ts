import {
  ExportRangeError,
  exportMp4,
  type CodedAudioGrain,
  type ExportOptions,
  type Grain,
} from "@sluice/media";
import { Rate, TimeRange, Timestamp } from "@sluice/time";
import { beforeAll, describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";
import { errorOf } from "../support/error-of.ts";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import {
  makeFile,
  readTrack,
  runOn,
  type ReadTrack,
} from "../support/media-files.ts";

const rates = [Rate.of(25), Rate.of(30000, 1001)];

/** In frames: on a key frame, off one, within a group of B pictures, to the end. */
const cuts = [
  [37, 112],
  [24, 48],
  [25, 26],
  [100, 120],
] as const;

function makeMovie(rate: Rate): Uint8Array {
  return makeFile("a.mp4", [
    "-f",
    "lavfi",
    "-i",
    `testsrc=size=96x64:rate=${rate},trim=end_frame=120`,
    "-f",
    "lavfi",
    "-i",
    "aevalsrc=random(0)/2:s=48000:d=4",
    ...["-c:v", "libx264", "-preset", "veryfast", "-g", "24", "-bf", "3"],
    ...["-pix_fmt", "yuv420p", "-c:a", "aac", "-aac_pns", "0"],
  ]);
}

describe.skipIf(!hasFfmpeg).each(rates)(
  `exportMp4() at %s ${whereFfmpegIs}`,
  { timeout: 60_000 },
  (rate) => {
    let file: Uint8Array;
    let pictures: ReadTrack;
    let sound: ReadTrack;
    let frames: string[];
    let samples: Buffer;

    beforeAll(async () => {
      file = makeMovie(rate);
      pictures = await readTrack(file, "video");
      sound = await readTrack(file, "audio");
      frames = framesOf(file);
      samples = samplesOf(file);
    });

    it.each(cuts)(
      "presents exactly the frames %i to %i",
      async (first, past) => {
        const range = toRange(first, past, rate);

        const cut = await write([pictures], range);

        expect(framesOf(cut)).toEqual(frames.slice(first, past));
      },
    );

    it.each([false, true])(
      "presents exactly the samples beside them (fast start: %s)",
      async (fastStart) => {
        const range = toRange(37, 80, rate);

        const cut = await write([pictures, sound], range, { fastStart });

        const { start, end } = range;
        const [from, to] = [start, end].map((time) =>
          (time ?? Timestamp.zero).toCount(Rate.of(48_000), { rounding: "up" }),
        );
        expect(framesOf(cut)).toEqual(frames.slice(37, 80));
        const length = ((to ?? 0) - (from ?? 0)) * 2;
        const wanted = samples.subarray((from ?? 0) * 2, (to ?? 0) * 2);
        // ffmpeg 5 does not heed where sound ends within a frame.
        expect(samplesOf(cut).subarray(0, length).equals(wanted)).toBe(true);
        const again = await readTrack(cut, "audio");
        const last = again.grains.at(-1);
        expect(last?.kind === "coded-audio" && getSoundEnd(last)).toBe(
          (to ?? 0) - (from ?? 0),
        );
      },
    );

    it("reads no more than it needs, and closes what it reads", async () => {
      let given = 0;
      let isClosed = false;
      function* give(): Generator<Grain, void, undefined> {
        try {
          for (const grain of pictures.grains) {
            given += 1;
            yield grain;
          }
        } finally {
          isClosed = true;
        }
      }

      await exportMp4(
        [{ essence: pictures.essence, grains: give() }],
        toRange(0, 10, rate),
      ).toArray();

      expect(isClosed).toBe(true);
      expect(given).toBeLessThan(40);
    });

    it.each([
      ["behind all", "[1000:0_1001:0)"],
      ["before all", "[-10:0_-9:0)"],
      ["between two pictures", "[0:1_0:2)"],
    ])("fails for a range %s", async (_where, text) => {
      const error = await errorOf(write([pictures], TimeRange.parse(text)));

      expect(error).toBeInstanceOf(ExportRangeError);
    });

    it("fails if there is no key frame before the range", async () => {
      const { essence, grains } = pictures;
      const error = await errorOf(
        write(
          [{ ...pictures, essence, grains: grains.slice(1) }],
          toRange(5, 10, rate),
        ),
      );

      expect(error).toMatchObject({ code: "MEDIA_EXPORT_RANGE" });
    });
  },
);

describe("exportMp4()", () => {
  it("refuses at once what cannot be", () => {
    const essence = {
      kind: "video",
      codec: "video/raw",
      frameWidth: 2,
      frameHeight: 2,
    } as const;
    const range = TimeRange.parse("[0:0_1:0)");

    expect(() => exportMp4([], range)).toThrow(TypeError);
    expect(() => exportMp4([{ essence, grains: [] }], TimeRange.never)).toThrow(
      RangeError,
    );
    expect(() => exportMp4([{ essence, grains: [] }], range)).toThrow(
      /no sample entry/,
    );
  });
});

function toRange(first: number, past: number, rate: Rate): TimeRange {
  return TimeRange.of(
    Timestamp.fromCount(first, rate),
    Timestamp.fromCount(past, rate),
    "[)",
  );
}

async function write(
  tracks: readonly ReadTrack[],
  range: TimeRange,
  options?: ExportOptions,
): Promise<Uint8Array> {
  return join(await exportMp4(tracks, range, options).toArray());
}

function framesOf(file: Uint8Array): string[] {
  const words = ["-map", "0:v", "-fps_mode", "passthrough"];
  return runOn(file, "a.mp4", [...words, "-f", "framemd5", "-"])
    .toString()
    .split("\n")
    .filter((line) => !line.startsWith("#") && line !== "")
    .map((line) => line.split(",").at(-1) ?? "");
}

/** In samples from the beginning of the file. */
function getSoundEnd(grain: CodedAudioGrain): number {
  const { originTimestamp, samples, remainder } = grain;
  return originTimestamp.toCount(Rate.of(48_000)) + samples - remainder;
}

function samplesOf(file: Uint8Array): Buffer {
  return runOn(file, "a.mp4", ["-map", "0:a", "-f", "s16le", "-"]);
}
