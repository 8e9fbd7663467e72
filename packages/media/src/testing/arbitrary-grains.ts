import { Rate, Timestamp } from "@sluice/time";
import { timestamps } from "@sluice/time/testing";
import fc, { type Arbitrary } from "fast-check";
import type { AudioFormat } from "../grain/audio-format.ts";
import { createAudioGrain } from "../grain/audio-grain.ts";
import {
  createCodedAudioGrain,
  type CodedAudioFormat,
} from "../grain/coded-audio-grain.ts";
import {
  createCodedVideoGrain,
  type CodedVideoFormat,
} from "../grain/coded-video-grain.ts";
import { createDataGrain } from "../grain/data-grain.ts";
import { createEmptyGrain } from "../grain/empty-grain.ts";
import type { FrameLayout } from "../grain/frame-layout.ts";
import type { Grain } from "../grain/grain.ts";
import type { GrainInit } from "../grain/grain-common.ts";
import type { Rational } from "../grain/rational.ts";
import type { GrainTimeLabel } from "../grain/time-label.ts";
import { createVideoGrain } from "../grain/video-grain.ts";
import type { VideoFormat } from "../grain/video-format.ts";
import { textsOfBytes } from "./arbitrary-texts.ts";

/** Which grains an arbitrary gives. */
export interface GrainConstraints {
  /** Only what this version of GSF can say: 9 unless said otherwise. */
  readonly version?: 7 | 8 | 9;
}

/**
 * Gives grains of every kind, with times, time codes and payloads of all sorts: those that
 * a version of GSF can say. They are right, but nothing could be decoded out of them.
 *
 * @param constraints Which.
 * @returns The arbitrary; it shrinks towards empty grains.
 *
 * @example A law
 * ```ts
 * import { createGsfHead, readGsf, writeGsf } from "@sluice/media";
 * import { grains } from "@sluice/media/testing";
 * import { Timestamp } from "@sluice/time";
 * import fc from "fast-check";
 * import assert from "node:assert/strict";
 *
 * const head = createGsfHead({
 *   id: "f56fbcc0-ba22-11ee-ac24-c9ac92c955d2",
 *   created: Timestamp.parse("1694429247:0"),
 *   segments: [{ id: "f56fbcc1-ba22-11ee-ac24-c9ac92c955d2" }],
 * });
 * await fc.assert(
 *   fc.asyncProperty(grains(), async (grain) => {
 *     const [copy] = await readGsf(writeGsf(head, [grain])).toArray();
 *     assert.deepEqual(copy?.grain, grain);
 *   }),
 *   { numRuns: 10 },
 * );
 * ```
 */
export function grains(constraints: GrainConstraints = {}): Arbitrary<Grain> {
  const { version = 9 } = constraints;
  const init = inits(version);
  return fc.oneof(
    init.map(createEmptyGrain),
    dataGrains(init),
    pictures(init),
    smallPictures(init),
    codedPictures(init, version),
    sound(init),
    codedSound(init),
  );
}

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

const timeLabel: Arbitrary<GrainTimeLabel> = fc.record({
  tag: textsOfBytes(16),
  frameCount: uint32,
  rate: optionalRate,
  dropFrame: fc.boolean(),
});

/** What grains have in common; in version 7 no time is before 0. */
function inits(version: 7 | 8 | 9): Arbitrary<GrainInit> {
  const time = timestamps(version === 7 ? { min: Timestamp.zero } : undefined);
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

function dataGrains(init: Arbitrary<GrainInit>): Arbitrary<Grain> {
  return fc
    .tuple(init, fc.constantFrom("JSON" as const, "0x7f" as const))
    .map(([common, format]) => createDataGrain({ ...common, format }));
}

/** Pictures of a size that nobody knows. */
function pictures(init: Arbitrary<GrainInit>): Arbitrary<Grain> {
  const header = fc.record({
    format: fc.constantFrom<VideoFormat>("UNKNOWN", "0x123", "ALPHA_U8_1BIT"),
    layout,
    width: uint32,
    height: uint32,
    extension: uint32,
    aspectRatio: optionalRational,
    pixelAspectRatio: optionalRational,
  });
  return fc
    .tuple(init, header)
    .map(([common, rest]) => createVideoGrain({ ...common, ...rest }));
}

/** Pictures whose planes are known. */
function smallPictures(init: Arbitrary<GrainInit>): Arbitrary<Grain> {
  const side = fc.integer({ min: 1, max: 8 });
  return fc.tuple(init, side, side).map(([common, width, height]) =>
    createVideoGrain({
      ...common,
      format: "S16_422_10BIT",
      width: width * 2,
      height,
      data: new Uint8Array(width * 2 * height * 4).fill(width),
    }),
  );
}

function codedPictures(
  init: Arbitrary<GrainInit>,
  version: 7 | 8 | 9,
): Arbitrary<Grain> {
  const known = fc.boolean();
  const header = fc.record({
    format: fc.constantFrom<CodedVideoFormat>("H264", "H265", "0x20a"),
    layout,
    originWidth: uint32,
    originHeight: uint32,
    codedWidth: uint32,
    codedHeight: uint32,
    isKeyFrame: version === 9 ? fc.option(known, { nil: undefined }) : known,
    temporalOffset: fc.option(
      fc.integer({ min: -0x8000_0000, max: 0x7fff_fffe }),
      { nil: undefined },
    ),
    unitOffsets: fc.array(uint32, { maxLength: 3 }),
  });
  return fc
    .tuple(init, header)
    .map(([common, rest]) => createCodedVideoGrain({ ...common, ...rest }));
}

function sound(init: Arbitrary<GrainInit>): Arbitrary<Grain> {
  const header = fc.record({
    format: fc.constant<AudioFormat>("0x30"),
    channels: uint16,
    samples: uint32,
    sampleRate: uint32,
  });
  return fc
    .tuple(init, header)
    .map(([common, rest]) => createAudioGrain({ ...common, ...rest }));
}

function codedSound(init: Arbitrary<GrainInit>): Arbitrary<Grain> {
  const header = fc.record({
    format: fc.constantFrom<CodedAudioFormat>("AAC", "OPUS", "0x2ff"),
    channels: uint16,
    samples: uint32,
    priming: uint32,
    remainder: uint32,
    sampleRate: uint32,
  });
  return fc
    .tuple(init, header)
    .map(([common, rest]) => createCodedAudioGrain({ ...common, ...rest }));
}
