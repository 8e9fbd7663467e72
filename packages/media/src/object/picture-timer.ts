import type { Rate } from "@sluice/time";
import { Timestamp } from "@sluice/time";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import { findCodedVideoFormat } from "../essence/codec-names.ts";
import { findReorderDepth } from "../coding/reorder-depth.ts";
import type { VideoEssence } from "../essence/essence.ts";
import type { CodedVideoGrain } from "../grain/coded-video-grain.ts";
import type { Grain } from "../grain/grain.ts";
import { getPresentationTimestamp } from "../grain/grain-times.ts";
import type { MovieSample } from "../iso-base-media/sample.ts";
import { checkCodedPictures, type SomeGrains } from "./check-grains.ts";
import type { GrainTimer, TimedSamples } from "./cmaf-encoder.ts";
import { findDecodeTicks } from "./decode-ticks.ts";
import type { ObjectClock } from "./object-clock.ts";

/** Times the coded pictures of one flow, object after object. */
export class PictureTimer {
  readonly #essence: VideoEssence;
  /** How far pictures are decoded ahead, in ticks, as far as is known yet. */
  #delay: bigint;

  /** @param timescale Ticks in a second. */
  constructor(essence: VideoEssence, timescale: number) {
    this.#essence = essence;
    this.#delay = findPromisedDelay(essence, timescale);
  }

  /**
   * Prepares the pictures of one object.
   *
   * @throws {TypeError} If there is none, or one is of another kind.
   * @throws {UnsupportedMediaError} If decoding cannot begin with the first, or two are
   * presented at once.
   */
  prepare(grains: readonly Grain[]): GrainTimer {
    const pictures = checkCodedPictures(grains, this.#essence);
    const times = pictures.map(toPresentation).sort(Timestamp.compare);
    return {
      times,
      apply: (clock) => this.#apply(pictures, clock),
    };
  }

  #apply(
    pictures: SomeGrains<CodedVideoGrain>,
    clock: ObjectClock,
  ): TimedSamples | undefined {
    const ticks = pictures.map((picture) => ({
      presentation: clock.toTick(toPresentation(picture)),
      decode: toDecodeTick(picture.decodeTimestamp, clock),
    }));
    const { ticks: decode, delay } = findDecodeTicks(ticks, this.#delay);
    if ((decode[0] ?? 0n) < 0n) return undefined;
    this.#delay = delay;
    const presented = ticks.map(({ presentation }) => presentation);
    const span = this.#findSpan(pictures, presented, clock.rate);
    const samples = pictures.map((picture, index): MovieSample => {
      const decodeTime = decode[index] ?? 0n;
      const next = decode[index + 1];
      return {
        decodeTime,
        presentationTime: presented[index] ?? 0n,
        duration: toDuration(decodeTime, next, () =>
          findLastDuration(span, decode),
        ),
        isSync: index === 0 || picture.isKeyFrame === true,
        data: picture.data,
      };
    });
    return {
      runs: [samples],
      ...span,
      sampleCount: samples.length,
      keyFrameCount: samples.filter(({ isSync }) => isSync).length,
    };
  }

  #findSpan(
    pictures: SomeGrains<CodedVideoGrain>,
    presented: readonly bigint[],
    rate: Rate,
  ): Span {
    const order = [...presented.keys()].sort((a, b) =>
      (presented[a] ?? 0n) < (presented[b] ?? 0n) ? -1 : 1,
    );
    const inOrder = order.map((index) => presented[index] ?? 0n);
    this.#checkDistinct(inOrder);
    const last = pictures[order.at(-1) ?? 0] ?? pictures[0];
    const [before, lastTick = 0n] = [inOrder.at(-2), inOrder.at(-1)];
    const lastDuration =
      this.#findDuration(last, rate) ??
      (before === undefined ? undefined : lastTick - before);
    if (lastDuration === undefined) {
      throw new UnsupportedMediaError(
        `an object of ${this.#essence.codec}`,
        "nothing tells how long its only picture lasts",
      );
    }
    return {
      start: inOrder[0] ?? 0n,
      end: lastTick + lastDuration,
      lastDuration,
    };
  }

  #checkDistinct(inOrder: readonly bigint[]): void {
    if (new Set(inOrder).size === inOrder.length) return;
    throw new UnsupportedMediaError(
      `an object of ${this.#essence.codec}`,
      "two of its pictures are presented at the same time",
    );
  }

  #findDuration(
    { duration }: CodedVideoGrain,
    { numerator: timescale }: Rate,
  ): bigint | undefined {
    const { rate } = this.#essence;
    const parts =
      duration ??
      (rate && { numerator: rate.denominator, denominator: rate.numerator });
    if (parts === undefined) return undefined;
    const ticks = (parts.numerator * timescale) / parts.denominator;
    return BigInt(Math.max(1, Math.round(ticks)));
  }
}

/** Gives how far pictures are decoded ahead, in ticks, as their configuration says. */
export function findPromisedDelay(
  { codec, decoderConfig, rate }: VideoEssence,
  timescale: number,
): bigint {
  const format = findCodedVideoFormat(codec);
  const isPromise = format === "H264" || format === "H265";
  if (!isPromise || decoderConfig === undefined || rate === undefined)
    return 0n;
  const depth = findReorderDepth(format, decoderConfig) ?? 0;
  const frame = (timescale * rate.denominator) / rate.numerator;
  return BigInt(Math.round(depth * frame));
}

/** From when to when pictures are presented, in ticks. */
interface Span {
  readonly start: bigint;
  readonly end: bigint;
  readonly lastDuration: bigint;
}

function toPresentation(picture: CodedVideoGrain): Timestamp {
  return getPresentationTimestamp(picture) ?? picture.originTimestamp;
}

/** Gives the tick in which a picture is decoded: not later than it has to be. */
function toDecodeTick(
  time: Timestamp | undefined,
  clock: ObjectClock,
): bigint | undefined {
  if (time === undefined) return undefined;
  const tick = clock.toTick(time);
  return clock.toFlowTime(tick).isAfter(time) ? tick - 1n : tick;
}

function toDuration(
  from: bigint,
  to: bigint | undefined,
  findLast: () => bigint,
): number {
  const duration = to === undefined ? findLast() : to - from;
  if (duration <= 0xffff_ffffn) return Number(duration);
  throw new UnsupportedMediaError(
    "CMAF",
    `a picture lasts ${duration} ticks, and 32 bits have to hold them`,
  );
}

/**
 * Gives what the last to be decoded lasts, so that all last as long together as they are
 * presented: readers find the last one's presentation by it.
 */
function findLastDuration(span: Span, decode: readonly bigint[]): bigint {
  const decoded = (decode.at(-1) ?? 0n) - (decode[0] ?? 0n);
  const rest = span.end - span.start - decoded;
  return rest > 0n ? rest : span.lastDuration;
}
