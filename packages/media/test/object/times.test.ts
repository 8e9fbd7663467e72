import {
  cmafAudioFormat,
  cmafVideoFormat,
  createCodedAudioGrain,
  createCodedVideoGrain,
  transportStreamObjectFormat,
  type AudioEssence,
  type CodedVideoGrain,
  type VideoEssence,
} from "@sluice/media";
import { Rate, Timestamp } from "@sluice/time";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeObjects, ids, toFacts } from "../support/media-files.ts";

/** What x264 tells a decoder. */
const avcConfig = Uint8Array.from(
  Buffer.from(
    "0164000bffe100186764000bacd942847e5c04400000fa40003a9803c50a658001000668ebe3cb22c0fdf8f800",
    "hex",
  ),
);

const rates = [
  Rate.of(25),
  Rate.of(50),
  Rate.of(30000, 1001),
  Rate.of(24000, 1001),
  Rate.of(60000, 1001),
];

/** Where flows begin: at zero, before it, in TAI, on no grid. */
const starts = [
  "0:0",
  "-0:40000000",
  "-3600:0",
  "1:0",
  "1694429247:40000000",
  "1694429247:123456789",
  "0:7",
].map((text) => Timestamp.parse(text));

/** Orders of decoding, as places of presentation: without B pictures, with, and in pyramids. */
const orders = [
  [0, 1, 2, 3, 4, 5, 6],
  [0, 3, 1, 2, 6, 4, 5],
  [0, 4, 2, 1, 3, 6, 5],
];

function essenceOf(rate: Rate | undefined): VideoEssence {
  return {
    kind: "video",
    codec: "video/h264",
    codecParameter: "avc1.64000a",
    decoderConfig: avcConfig,
    frameWidth: 64,
    frameHeight: 48,
    rate,
  };
}

interface PictureTimes {
  readonly time: Timestamp;
  readonly duration: { numerator: number; denominator: number };
  readonly isKeyFrame: boolean;
}

function createPicture({
  time,
  duration,
  isKeyFrame,
}: PictureTimes): CodedVideoGrain {
  return createCodedVideoGrain({
    ...ids,
    originTimestamp: time,
    duration,
    format: "H264",
    originWidth: 64,
    originHeight: 48,
    isKeyFrame,
    temporalOffset: 0,
    data: Uint8Array.of(0, 0, 0, 2, isKeyFrame ? 0x65 : 0x41, 0x88),
  });
}

/** Groups of pictures at a constant rate, counted from zero, or from a start. */
function createGroups(
  rate: Rate,
  at: (count: number) => Timestamp,
  order: readonly number[],
): CodedVideoGrain[][] {
  const duration = { numerator: rate.denominator, denominator: rate.numerator };
  return [0, 1, 2, 3].map((group) =>
    order.map((place, index) =>
      createPicture({
        time: at(group * order.length + place),
        duration,
        isKeyFrame: index === 0,
      }),
    ),
  );
}

describe.each([cmafVideoFormat, transportStreamObjectFormat])(
  "Times of pictures in $contentType",
  (format) => {
    it("come back at each rate, wherever the flow begins on its grid", async () => {
      const cases = fc.record({
        rate: fc.constantFrom(...rates),
        start: fc.constantFrom(...starts),
        order: fc.constantFrom(...orders),
      });
      await fc.assert(
        fc.asyncProperty(cases, async ({ rate, start, order }) => {
          const first = start.toCount(rate);
          const groups = createGroups(
            rate,
            (count) => Timestamp.fromCount(first + count, rate),
            order,
          );

          const { objects, decoded } = await encodeObjects(
            format,
            essenceOf(rate),
            groups,
          );

          expect(decoded.flat().map(toFacts)).toEqual(
            groups.flat().map(toFacts),
          );
          for (const [index, { timeRange }] of objects.entries()) {
            const from = first + index * order.length;
            const range = `[${Timestamp.fromCount(from, rate)}_${Timestamp.fromCount(from + order.length, rate)})`;
            expect(`${timeRange}`).toBe(range);
          }
          // Pictures of MPEG-TS are not always at whole ticks.
          const isWhole = (90_000 * rate.denominator) % rate.numerator === 0;
          if (format === transportStreamObjectFormat && !isWhole) return;
          expect(
            new Set(objects.map((object) => `${object.timestampOffset}`)).size,
          ).toBe(1);
        }),
        { numRuns: 60 },
      );
    });
  },
);

describe("Times of pictures in CMAF", () => {
  it("come back where the flow begins between the places of its rate", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...rates),
        fc.bigInt({ min: 0n, max: 10n ** 19n }),
        fc.constantFrom(...orders),
        async (rate, nanoseconds, order) => {
          const start = Timestamp.fromNanoseconds(nanoseconds);
          const groups = createGroups(
            rate,
            (count) => start.add(Timestamp.fromCount(count, rate)),
            order,
          );

          const { decoded, objects } = await encodeObjects(
            cmafVideoFormat,
            essenceOf(rate),
            groups,
          );

          expect(decoded.flat().map(toFacts)).toEqual(
            groups.flat().map(toFacts),
          );
          expect(
            new Set(objects.map((object) => `${object.timestampOffset}`)).size,
          ).toBe(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("come back at a rate that varies", async () => {
    const steps = fc.array(fc.integer({ min: 1, max: 40_000 }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.constantFrom(90_000, 1000, 15_360, 1_000_000_000),
        fc.constantFrom(0, -1000, 1_694_429_247),
        async (durations, timescale, seconds) => {
          let tick = BigInt(seconds) * BigInt(timescale);
          const grains = durations.map((ticks, index) => {
            const time = Timestamp.fromCount(tick, Rate.of(timescale));
            tick += BigInt(ticks);
            return createPicture({
              time,
              duration: { numerator: ticks, denominator: timescale },
              isKeyFrame: index === 0,
            });
          });

          const { decoded } = await encodeObjects(
            cmafVideoFormat,
            essenceOf(undefined),
            [grains],
            { timescale },
          );

          expect(decoded.flat().map(toFacts)).toEqual(grains.map(toFacts));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("of decoding come back, if all pictures tell them", async () => {
    const rate = Rate.of(30000, 1001);
    const [group = []] = createGroups(
      rate,
      (count) => Timestamp.fromCount(count + 100, rate),
      [0, 3, 1, 2, 6, 4, 5],
    );
    const grains = group.map((grain, index) => ({
      ...grain,
      decodeTimestamp: Timestamp.fromCount(index + 97, rate),
    }));

    const { decoded } = await encodeObjects(cmafVideoFormat, essenceOf(rate), [
      grains,
    ]);

    expect(
      decoded
        .flat()
        .map((grain) =>
          grain.kind === "coded-video" ? `${grain.decodeTimestamp}` : "",
        ),
    ).toEqual(grains.map(({ decodeTimestamp }) => `${decodeTimestamp}`));
  });

  it("are refused where the timescale has no whole tick for them", async () => {
    const encoder = await cmafVideoFormat.createEncoder(essenceOf(Rate.of(25)));
    const at = (text: string, isKeyFrame: boolean) =>
      createPicture({
        time: Timestamp.parse(text),
        duration: { numerator: 1, denominator: 25 },
        isKeyFrame,
      });

    await expect(
      encoder.encode([at("10:0", true), at("10:41000000", false)]),
    ).rejects.toMatchObject({ code: "MEDIA_UNSUPPORTED" });
  });
});

describe("Times of sound in CMAF", () => {
  it("come back to the sample, with gaps, before zero and in TAI", async () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 3000 }), {
      minLength: 1,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(
        gaps,
        fc.constantFrom(48_000, 44_100, 32_000),
        fc.constantFrom(-1024, 0, 312, 81_332_603_856_000),
        async (pauses, sampleRate, start) => {
          let sample = start;
          const grains = pauses.map((pause) => {
            sample += pause;
            const grain = createCodedAudioGrain({
              ...ids,
              originTimestamp: Timestamp.fromCount(sample, Rate.of(sampleRate)),
              duration: { numerator: 1024, denominator: sampleRate },
              format: "AAC",
              channels: 2,
              samples: 1024,
              sampleRate,
              data: Uint8Array.of(33, 16, 4),
            });
            sample += 1024;
            return grain;
          });
          const essence: AudioEssence = {
            kind: "audio",
            codec: "audio/aac",
            codecParameter: "mp4a.40.2",
            decoderConfig: Uint8Array.of(0x11, 0x90),
            sampleRate,
            channels: 2,
            codedFrameSize: 1024,
          };

          const { decoded } = await encodeObjects(cmafAudioFormat, essence, [
            grains,
          ]);

          expect(decoded.flat().map(toFacts)).toEqual(grains.map(toFacts));
        },
      ),
      { numRuns: 60 },
    );
  });
});
