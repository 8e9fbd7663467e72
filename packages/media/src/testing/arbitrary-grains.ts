import type {
  AudioFormat,
  CodedAudioFormat,
  CodedVideoFormat,
  FrameLayout,
  Grain,
  GrainInit,
  GrainTimeLabel,
  Rational,
  VideoFormat,
} from "@sluice/media";
import {
  createAudioGrain,
  createCodedAudioGrain,
  createCodedVideoGrain,
  createDataGrain,
  createEmptyGrain,
  createVideoGrain,
} from "@sluice/media";
import { Rate, Timestamp } from "@sluice/time";
import { timestamps } from "@sluice/time/testing";
import fc, { type Arbitrary } from "fast-check";

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const uint16 = fc.integer({ min: 0, max: 0xffff });
const rate = fc.constantFrom(
  Rate.of(25),
  Rate.of(30000, 1001),
  Rate.of(375, 8),
);
const optionalRate = fc.option(rate, { nil: undefined });
const rational: Arbitrary<Rational> = fc.record({
  numerator: fc.integer({ min: 1, max: 0xffff_ffff }),
  denominator: fc.integer({ min: 1, max: 0xffff_ffff }),
});
const optionalRational = fc.option(rational, { nil: undefined });
const layout = fc.constantFrom<FrameLayout>(
  "FULL_FRAME",
  "SEGMENTED_FRAME",
  "UNKNOWN",
  "0x17",
);

/** Texts of at most so many bytes, without zeros. */
export function texts(mostBytes: number): Arbitrary<string> {
  return fc
    .string({ unit: "binary", maxLength: mostBytes })
    .filter(
      (text) => !text.includes("\0") && Buffer.byteLength(text) <= mostBytes,
    );
}

const timeLabel: Arbitrary<GrainTimeLabel> = fc.record({
  tag: texts(16),
  frameCount: uint32,
  rate: optionalRate,
  dropFrame: fc.boolean(),
});

/** What grains of a flow have in common; in version 7 no time is before 0. */
function inits(major: 7 | 8 | 9): Arbitrary<GrainInit> {
  const time = timestamps(major === 7 ? { min: Timestamp.zero } : undefined);
  return fc.record({
    sourceId: fc.uuid(),
    flowId: fc.uuid(),
    originTimestamp: time,
    syncTimestamp: time,
    rate: optionalRate,
    duration: optionalRational,
    timeLabels: fc.array(timeLabel, { maxLength: 2 }),
    data: fc.uint8Array({ maxLength: 64 }),
  });
}

/**
 * Gives grains of every kind that a version of GSF can say.
 *
 * @param major The version.
 */
export function grains(major: 7 | 8 | 9): Arbitrary<Grain> {
  const init = inits(major);
  const known = fc.boolean();
  return fc.oneof(
    init.map(createEmptyGrain),
    fc
      .tuple(init, fc.constantFrom("JSON" as const, "0x7f" as const))
      .map(([common, format]) => createDataGrain({ ...common, format })),
    fc
      .tuple(
        init,
        fc.record({
          format: fc.constantFrom<VideoFormat>(
            "UNKNOWN",
            "0x123",
            "ALPHA_U8_1BIT",
          ),
          layout,
          width: uint32,
          height: uint32,
          extension: uint32,
          aspectRatio: optionalRational,
          pixelAspectRatio: optionalRational,
        }),
      )
      .map(([common, header]) => createVideoGrain({ ...common, ...header })),
    fc
      .tuple(
        init,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
      )
      .map(([common, width, height]) =>
        createVideoGrain({
          ...common,
          format: "S16_422_10BIT",
          width: width * 2,
          height,
          data: new Uint8Array(width * 2 * height * 4).fill(width),
        }),
      ),
    fc
      .tuple(
        init,
        fc.record({
          format: fc.constantFrom<CodedVideoFormat>("H264", "H265", "0x20a"),
          layout,
          originWidth: uint32,
          originHeight: uint32,
          codedWidth: uint32,
          codedHeight: uint32,
          isKeyFrame:
            major === 9 ? fc.option(known, { nil: undefined }) : known,
          temporalOffset: fc.option(
            fc.integer({ min: -0x8000_0000, max: 0x7fff_fffe }),
            { nil: undefined },
          ),
          unitOffsets: fc.array(uint32, { maxLength: 3 }),
        }),
      )
      .map(([common, header]) =>
        createCodedVideoGrain({ ...common, ...header }),
      ),
    fc
      .tuple(
        init,
        fc.record({
          format: fc.constant<AudioFormat>("0x30"),
          channels: uint16,
          samples: uint32,
          sampleRate: uint32,
        }),
      )
      .map(([common, header]) => createAudioGrain({ ...common, ...header })),
    fc
      .tuple(
        init,
        fc.record({
          format: fc.constantFrom<CodedAudioFormat>("AAC", "OPUS", "0x2ff"),
          channels: uint16,
          samples: uint32,
          priming: uint32,
          remainder: uint32,
          sampleRate: uint32,
        }),
      )
      .map(([common, header]) =>
        createCodedAudioGrain({ ...common, ...header }),
      ),
  );
}
