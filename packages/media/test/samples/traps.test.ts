import {
  chooseObjectFormat,
  openContainer,
  transportStreamObjectFormat,
  type EncodedObject,
  type Grain,
  type ObjectFormat,
  type Track,
} from "@sluice/media";
import { Rate, TimeRange, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import { readFrameNumbers } from "../support/frame-number.ts";
import { readSample } from "../support/samples.ts";

/** ffmpeg may be kept waiting. */
const patienceMs = 60_000;

const ntsc = Rate.of(30000, 1001);

describe("times of pictures at 29.97", () => {
  it("count from 0 to the last without a hole: floored nanoseconds count to the nearest", async () => {
    const counts = await withTrack("h264-aac-29.97fps.mp4", 0, (track) =>
      track
        .getGrains({ order: "presentation" })
        .map(({ originTimestamp }) => originTimestamp.toCount(ntsc))
        .toArray(),
    );

    expect(counts).toEqual(list(0, 300));
  });

  it("find just that picture, whose instant lies between two ticks of nanoseconds", async () => {
    const found = await withTrack("h264-aac-29.97fps.mp4", 0, (track) =>
      Promise.all(
        list(0, 300).map(async (count) => {
          const timeRange = TimeRange.of(
            Timestamp.fromCount(count, ntsc),
            Timestamp.fromCount(count + 1, ntsc),
          );
          const grains = await track.getGrains({ timeRange }).toArray();
          return grains.map(({ originTimestamp: time }) => time.toCount(ntsc));
        }),
      ),
    );

    expect(found).toEqual(list(0, 300).map((count) => [count]));
  });
});

describe("a first frame of sound before zero", () => {
  it("does not move the others when objects are made of it", async () => {
    const { grains, copies } = await withTrack(
      "h264-aac-25fps.mp4",
      1,
      async (track) => {
        const all = await track.getGrains().take(300).toArray();
        const format = chooseObjectFormat(track.essence);
        return { grains: all, copies: await copy(track, format, all, 94) };
      },
    );

    expect(grains[0]?.originTimestamp.isBefore(Timestamp.zero)).toBe(true);
    expect(copies.map(toLine)).toEqual(grains.map(toLine));
  });
});

describe.skipIf(!hasFfmpeg)(`pictures 700 to 899, ${whereFfmpegIs}`, () => {
  it.each(["CMAF", "MPEG-TS"])(
    "are those that are burnt in, when objects of a second each are joined (%s)",
    async (name) => {
      const file = await withTrack("h264-aac-25fps.mp4", 0, async (track) => {
        const format =
          name === "CMAF"
            ? chooseObjectFormat(track.essence)
            : transportStreamObjectFormat;
        const all = await track.getGrains().take(900).toArray();
        const { init, objects } = await encode(
          track,
          format,
          all.slice(700),
          25,
        );
        return join([
          init ?? new Uint8Array(0),
          ...objects.map(({ bytes }) => bytes),
        ]);
      });

      expect(readFrameNumbers(file)).toEqual(list(700, 900));
    },
    patienceMs,
  );
});

/** Makes objects of so many grains each. */
async function encode(
  { essence, timescale }: Track,
  format: ObjectFormat,
  grains: readonly Grain[],
  size: number,
): Promise<{ init: Uint8Array | undefined; objects: EncodedObject[] }> {
  const encoder = await format.createEncoder(essence, { timescale });
  const objects: EncodedObject[] = [];
  for (let at = 0; at < grains.length; at += size) {
    objects.push(await encoder.encode(grains.slice(at, at + size)));
  }
  return { init: encoder.init, objects };
}

/** Makes objects, and reads them again. */
async function copy(
  track: Track,
  format: ObjectFormat,
  grains: readonly Grain[],
  size: number,
): Promise<Grain[]> {
  const { init, objects } = await encode(track, format, grains, size);
  const ids = {
    sourceId: "49578552-fb9e-4d3e-a197-3e3c437a895d",
    flowId: "b6b05efb-6067-4ff8-afac-ec735a85674e",
  };
  const { essence } = track;
  const decoded = await Promise.all(
    objects.map(({ bytes, timestampOffset }) =>
      format.decode({ bytes, init, timestampOffset, ids, essence }),
    ),
  );
  return decoded.flat();
}

function toLine({ originTimestamp, data }: Grain): string {
  return `${originTimestamp} ${Buffer.from(data).toString("base64")}`;
}

function list(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

async function withTrack<T>(
  name: string,
  index: number,
  use: (track: Track) => Promise<T>,
): Promise<T> {
  const found = await asyncWith(
    openContainer(readSample(name)),
    async ({ tracks }) => {
      const track = tracks[index];
      return track && { value: await use(track) };
    },
  );
  if (found === undefined) throw new Error(`${name} has no track ${index}`);
  return found.value;
}
