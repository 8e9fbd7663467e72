import { existsSync, readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import {
  createAudioGrain,
  createCodedVideoGrain,
  createDataGrain,
  createGsfHead,
  joinAnnexB,
  openGsfContainer,
  openWaveContainer,
  splitLengthPrefixed,
  writeGsf,
  writeWave,
  type Container,
  type Grain,
  type TrackGrainsOptions,
  type WaveFormat,
} from "@sluice/media";
import { Rate, TimeRange, Timestamp } from "@sluice/time";
import { asyncWith, ClosedError, type AsyncContextManager } from "sluice";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";
import { errorOf } from "../support/error-of.ts";
import { findShared } from "../support/shared-files.ts";

const format: WaveFormat = {
  sampleFormat: "s24",
  numberOfChannels: 2,
  sampleRate: 44_100,
};

async function makeWave(
  samples: number,
  of: WaveFormat = format,
): Promise<{ file: Uint8Array; sound: Uint8Array }> {
  const frameBytes =
    { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 }[of.sampleFormat] *
    of.numberOfChannels;
  const sound = Uint8Array.from(
    { length: samples * frameBytes },
    (_, index) => index % 251,
  );
  const parts = await writeWave([sound], of, {
    numberOfFrames: samples,
  }).toArray();
  return { file: join(parts), sound };
}

async function read(
  container: AsyncContextManager<Container, false>,
  options?: TrackGrainsOptions,
): Promise<readonly Grain[]> {
  return asyncWith(
    container,
    async ({ tracks }) => (await tracks[0]?.getGrains(options).toArray()) ?? [],
  );
}

describe("openWaveContainer()", () => {
  it("cuts the samples into grains, at exact times", async () => {
    const { file, sound } = await makeWave(300_000);

    const grains = await read(openWaveContainer(file, { grainSamples: 1764 }));

    const found = join(grains.map(({ data }) => data));
    expect(Buffer.compare(found, sound)).toBe(0);
    expect(grains.map(({ originTimestamp }) => `${originTimestamp}`)).toEqual(
      grains.map(
        (_, index) => `${Timestamp.fromCount(index * 1764, Rate.of(44_100))}`,
      ),
    );
    expect(grains.at(-1)).toMatchObject({
      samples: 300_000 % 1764,
      format: "S24_INTERLEAVED",
    });
  });

  it("gives of a time range the grains that begin within it", async () => {
    const { file } = await makeWave(20_000);
    const all = await read(openWaveContainer(file, { grainSamples: 441 }));
    const instant = fc
      .integer({ min: -1, max: 500 })
      .map((ms) => Timestamp.fromNanoseconds(ms * 1_000_000));
    await fc.assert(
      fc.asyncProperty(
        instant,
        instant,
        fc.constantFrom("[]", "[)", "(]", "()"),
        async (a, b, ends) => {
          const timeRange = TimeRange.of(a, b, ends);

          const some = await read(
            openWaveContainer(file, { grainSamples: 441 }),
            { timeRange },
          );

          expect(
            some.map(({ originTimestamp }) => `${originTimestamp}`),
          ).toEqual(
            all
              .filter(({ originTimestamp }) =>
                timeRange.contains(originTimestamp),
              )
              .map(({ originTimestamp }) => `${originTimestamp}`),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    ["u8", "U8_INTERLEAVED", "audio/x-raw-int", 8],
    ["s16", "S16_INTERLEAVED", "audio/x-raw-int", 16],
    ["s32", "S32_INTERLEAVED", "audio/x-raw-int", 32],
    ["f32", "FLOAT_INTERLEAVED", "audio/x-raw-float", 32],
    ["f64", "DOUBLE_INTERLEAVED", "audio/x-raw-float", 64],
  ] as const)(
    "describes %s as %s",
    async (sampleFormat, layout, codec, bitDepth) => {
      const { file } = await makeWave(10, { ...format, sampleFormat });

      await asyncWith(openWaveContainer(file), ({ tracks, contentType }) => {
        expect(contentType).toBe("audio/wav");
        expect(tracks).toHaveLength(1);
        expect(tracks[0]).toMatchObject({ number: 1, timescale: 44_100 });
        expect(tracks[0]?.essence).toEqual({
          kind: "audio",
          codec,
          sampleRate: 44_100,
          channels: 2,
          format: layout,
          bitDepth,
        });
      });
    },
  );

  it("fails behind the samples that are there, if a file promises more", async () => {
    const { file } = await makeWave(5000);
    const cut = file.subarray(0, file.length - 1000);
    const grains: Grain[] = [];

    const error = await errorOf(
      asyncWith(openWaveContainer(cut), async ({ tracks }) => {
        await tracks[0]?.getGrains().forEach((grain) => {
          grains.push(grain);
        });
      }),
    );

    expect(error).toMatchObject({
      code: "MEDIA_TRUNCATED",
      offset: cut.length,
    });
    expect(
      grains.map((grain) => grain.kind === "audio" && grain.samples),
    ).toEqual([2048, 2048, 737]);
    const timeRange = TimeRange.parse("[0:0_0:50000000)");
    expect(await read(openWaveContainer(cut), { timeRange })).toHaveLength(2);
  });

  it("reads what does not know its length to the end", async () => {
    const parts = await writeWave([new Uint8Array(600)], format).toArray();

    const [grain] = await read(openWaveContainer(join(parts)));

    expect(grain).toMatchObject({ samples: 100 });
  });

  it("refuses grains of no length, and what is no WAV", async () => {
    const { file } = await makeWave(10);

    expect(() => openWaveContainer(file, { grainSamples: 0 })).toThrow(
      RangeError,
    );
    await expect(
      read(openWaveContainer(new Uint8Array(50))),
    ).rejects.toMatchObject({ code: "MEDIA_MALFORMED" });
  });

  it("gives nothing once it is closed", async () => {
    const { file } = await makeWave(10);

    const track = await asyncWith(
      openWaveContainer(file),
      ({ tracks }) => tracks[0],
    );

    await expect(track?.getGrains().toArray()).rejects.toThrow(ClosedError);
  });
});

const sourceId = "49578552-fb9e-4d3e-a197-3e3c437a895d";
const flows = [
  "6e55f251-f75a-4d56-b3af-edb8b7993c3c",
  "b6b05efb-6067-4ff8-afac-ec735a85674e",
] as const;
const rate = Rate.of(25);

describe("openGsfContainer()", () => {
  const sound = (index: number) =>
    createAudioGrain({
      sourceId,
      flowId: flows[0],
      originTimestamp: Timestamp.fromCount(index, rate),
      format: "S16_INTERLEAVED",
      channels: 1,
      samples: 4,
      sampleRate: 48_000,
      data: new Uint8Array(8).fill(index),
    });
  const event = (index: number) =>
    createDataGrain({
      sourceId,
      flowId: flows[1],
      originTimestamp: Timestamp.fromCount(index, rate),
      data: Uint8Array.of(0x7b, 0x7d),
    });

  async function makeGsf(grains: readonly Grain[]): Promise<Uint8Array> {
    const head = createGsfHead({ segments: [{ localId: 1 }, { localId: 2 }] });
    const items = grains.map((grain) => ({
      kind: "grain" as const,
      localId: grain.flowId === flows[0] ? 1 : 2,
      grain,
    }));
    return join(await writeGsf(head, items).toArray());
  }

  it("has a track for each flow, whose grains are as they were", async () => {
    const grains = [sound(0), event(0), sound(1), event(1), sound(2)];

    await asyncWith(
      openGsfContainer(await makeGsf(grains)),
      async ({ tracks }) => {
        expect(tracks.map(({ number }) => number)).toEqual([1, 2]);
        expect(tracks.map(({ essence }) => essence)).toEqual([
          {
            kind: "audio",
            codec: "audio/x-raw-int",
            format: "S16_INTERLEAVED",
            channels: 1,
            sampleRate: 48_000,
          },
          { kind: "data", codec: "application/json" },
        ]);
        expect(await tracks[0]?.getGrains().toArray()).toEqual([
          sound(0),
          sound(1),
          sound(2),
        ]);
        expect(await tracks[1]?.getGrains().toArray()).toEqual([
          event(0),
          event(1),
        ]);
      },
    );
  });

  it("gives other ids, if they are wanted", async () => {
    const ids = { sourceId: flows[1], flowId: sourceId };

    const [grain] = await read(openGsfContainer(await makeGsf([sound(0)])), {
      ids,
    });

    expect(grain).toEqual({ ...sound(0), ...ids });
  });

  it("gives pictures that are stored early the time of their presentation", async () => {
    // As they are decoded: I P B B.
    const offsets = [0, 2, -1, -1];
    const pictures = offsets.map((temporalOffset, index) =>
      createCodedVideoGrain({
        sourceId,
        flowId: flows[0],
        originTimestamp: Timestamp.fromCount(index, rate),
        rate,
        format: "H264",
        originWidth: 320,
        originHeight: 180,
        isKeyFrame: index === 0,
        temporalOffset,
        data: joinAnnexB([
          Uint8Array.of(9, 0xf0),
          Uint8Array.of(0x41, index + 1),
        ]),
        unitOffsets: [0, 6],
      }),
    );
    const file = await makeGsf(pictures);

    const decoded = await read(openGsfContainer(file));
    const presented = await read(openGsfContainer(file), {
      order: "presentation",
    });

    const places = (grains: readonly Grain[]) =>
      grains.map(({ originTimestamp }) => originTimestamp.toCount(rate));
    expect(places(decoded)).toEqual([0, 3, 1, 2]);
    expect(places(presented)).toEqual([0, 1, 2, 3]);
    expect(decoded.map(({ data }) => splitLengthPrefixed(data)[1])).toEqual(
      offsets.map((_, index) => Uint8Array.of(0x41, index + 1)),
    );
    expect(decoded[0]).toMatchObject({
      temporalOffset: 0,
      unitOffsets: [0, 6],
    });
  });

  const folder = findShared("data/gsf");
  const where = folder === undefined ? " (skipped: not here)" : "";

  it.skipIf(folder === undefined)(
    `reads the BBC's files of coded media${where}`,
    async () => {
      const path = (name: string) => joinPath(folder ?? "", name);
      expect(existsSync(path("coded_video_9.gsf"))).toBe(true);

      await asyncWith(
        openGsfContainer(readFileSync(path("coded_video_9.gsf"))),
        async ({ tracks }) => {
          expect(tracks[0]?.essence).toMatchObject({
            codec: "video/h264",
            frameWidth: 1920,
            frameHeight: 1080,
            rate: Rate.of(50),
          });
          expect(tracks[0]?.essence.codecParameter).toMatch(/^avc1\./);
          const grains = (await tracks[0]?.getGrains().toArray()) ?? [];
          expect(
            grains.map(({ data }) => splitLengthPrefixed(data).length),
          ).toEqual([6, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
        },
      );
      await asyncWith(
        openGsfContainer(readFileSync(path("coded_audio_8.gsf"))),
        async ({ tracks }) => {
          expect(tracks[0]?.essence).toMatchObject({
            codec: "audio/aac",
            codecParameter: "mp4a.40.2",
            channels: 2,
          });
          const grains = (await tracks[0]?.getGrains().toArray()) ?? [];
          expect(grains).toHaveLength(10);
          expect(grains.every(({ data }) => data[0] !== 0xff)).toBe(true);
        },
      );
    },
  );
});
