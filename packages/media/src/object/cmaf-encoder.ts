import { TimeRange, Timestamp } from "@sluice/time";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { Grain } from "../grain/grain.ts";
import { encodeSegment } from "../iso-base-media/fragment-writer.ts";
import type { MovieSample } from "../iso-base-media/sample.ts";
import { listClocks } from "./find-clock.ts";
import type { ObjectClock } from "./object-clock.ts";
import type {
  EncodedObject,
  ObjectEncoder,
  ObjectEncoderOptions,
} from "./object-format.ts";

/** The samples of an object, timed by a clock. */
export interface TimedSamples {
  /** Samples without a gap between them. */
  readonly runs: readonly (readonly MovieSample[])[];
  /** When the first is presented, in ticks. */
  readonly start: bigint;
  /** When the presentation of the last ends, in ticks. */
  readonly end: bigint;
  /** How long the last sample is presented, in ticks. */
  readonly lastDuration: bigint;
  /** How many pictures, or samples of sound. */
  readonly sampleCount: number;
  /** How many grains decoding can begin with. */
  readonly keyFrameCount: number;
}

/** What becomes samples, once there is a clock. */
export interface GrainTimer {
  /** When all are presented, the earliest first. */
  readonly times: readonly Timestamp[];
  /** Times them; nothing if the clock begins too late for one to be decoded in time. */
  apply(clock: ObjectClock): TimedSamples | undefined;
}

/** What an encoder is made of. */
export interface CmafEncoderInit {
  readonly init: Uint8Array;
  readonly timescale: number;
  /** In ticks, whole frames. */
  readonly shift: bigint;
  /** Prepares grains of one object. */
  readonly prepare: (grains: readonly Grain[]) => GrainTimer;
}

/** Writes the CMAF objects of one flow, each with the offset of the one before if it will do. */
export class CmafEncoder implements ObjectEncoder {
  readonly init: Uint8Array;
  readonly #timescale: number;
  readonly #shift: bigint;
  readonly #prepare: CmafEncoderInit["prepare"];
  #timestampOffset: Timestamp | undefined;

  constructor(parts: CmafEncoderInit, options: ObjectEncoderOptions) {
    this.init = parts.init;
    this.#timescale = parts.timescale;
    this.#shift = parts.shift;
    this.#prepare = parts.prepare;
    this.#timestampOffset = options.timestampOffset;
  }

  // Its errors reject, as those of formats that have to wait.
  // eslint-disable-next-line @typescript-eslint/require-await -- see above
  async encode(grains: readonly Grain[]): Promise<EncodedObject> {
    const timer = this.#prepare(grains);
    const [clock, samples] = this.#time(timer);
    this.#timestampOffset = clock.timestampOffset;
    return toEncodedObject(clock, samples, encodeSegment(samples.runs));
  }

  #time(timer: GrainTimer): [ObjectClock, TimedSamples] {
    const needs = {
      timescale: this.#timescale,
      times: timer.times,
      shift: this.#shift,
      timestampOffset: this.#timestampOffset,
    };
    for (const clock of listClocks(needs)) {
      const samples = timer.apply(clock);
      if (samples !== undefined) return [clock, samples];
    }
    throw new UnsupportedMediaError(
      "CMAF",
      `the times from ${timer.times[0] ?? "none"} on are no whole multiples of 1/${this.#timescale} s: say the timescale in which they are`,
    );
  }
}

function toEncodedObject(
  clock: ObjectClock,
  samples: TimedSamples,
  bytes: Uint8Array,
): EncodedObject {
  const { start, end, lastDuration, sampleCount, keyFrameCount } = samples;
  const { timestampOffset } = clock;
  return {
    bytes,
    objectTimeRange: TimeRange.of(
      clock.toObjectTime(start),
      clock.toObjectTime(end),
      "[)",
    ),
    timeRange: TimeRange.of(
      clock.toFlowTime(start),
      clock.toFlowTime(end),
      "[)",
    ),
    timestampOffset,
    lastDuration: Timestamp.fromCount(lastDuration, clock.rate),
    sampleCount,
    keyFrameCount,
  };
}
