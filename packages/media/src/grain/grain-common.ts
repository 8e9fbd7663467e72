import { Rate, Timestamp } from "@sluice/time";
import { toRational, type Rational } from "./rational.ts";
import { toTimeLabels, type GrainTimeLabel } from "./time-label.ts";
import { toUuid } from "./uuid.ts";

/** What all grains have. */
export interface GrainCommon {
  /** The source that the grain is an instant of: a UUID, in small letters. */
  readonly sourceId: string;
  /** The flow that it belongs to: a UUID, in small letters. */
  readonly flowId: string;
  /** When it was made, in TAI: where it is on its flow's timeline. */
  readonly originTimestamp: Timestamp;
  /** When it is to be presented together with others, in TAI. */
  readonly syncTimestamp: Timestamp;
  /** How many grains there are in a second, if they come regularly. */
  readonly rate: Rate | undefined;
  /** How long it lasts, in seconds, if it does. */
  readonly duration: Rational | undefined;
  /** Time codes that travel with it. */
  readonly timeLabels: readonly GrainTimeLabel[];
  /** The payload: often a view of what it was read from; not to be changed. */
  readonly data: Uint8Array;
}

/** What a grain is made of, of whatever kind. */
export interface GrainInit {
  /** The source that the grain is an instant of: a UUID. */
  readonly sourceId: string;
  /** The flow that it belongs to: a UUID. */
  readonly flowId: string;
  /** When it was made, in TAI: where it is on its flow's timeline. */
  readonly originTimestamp: Timestamp;
  /** When it is to be presented, in TAI; `originTimestamp` unless said otherwise. */
  readonly syncTimestamp?: Timestamp;
  /** How many grains there are in a second; unknown unless said otherwise. */
  readonly rate?: Rate | undefined;
  /** How long it lasts, in seconds; unknown unless said otherwise. */
  readonly duration?: Rational | undefined;
  /** Time codes that travel with it; none unless said otherwise. */
  readonly timeLabels?: readonly GrainTimeLabel[];
  /** The payload, which is not copied; none unless said otherwise. */
  readonly data?: Uint8Array;
}

/**
 * Checks and completes what all grains have.
 *
 * @throws {SyntaxError} If an id is no UUID.
 * @throws {TypeError} If a time, a rate or the payload is of another type.
 * @throws {RangeError} If a number is out of bounds.
 */
export function toCommon(init: GrainInit): GrainCommon {
  const { originTimestamp, syncTimestamp = originTimestamp, rate } = init;
  const { data = new Uint8Array(0) } = init;
  checkInstance("originTimestamp", originTimestamp, Timestamp);
  checkInstance("syncTimestamp", syncTimestamp, Timestamp);
  if (rate !== undefined) checkInstance("rate", rate, Rate);
  checkInstance("data", data, Uint8Array);
  return {
    sourceId: toUuid("sourceId", init.sourceId),
    flowId: toUuid("flowId", init.flowId),
    originTimestamp,
    syncTimestamp,
    rate,
    duration: toRational("duration", init.duration),
    timeLabels: toTimeLabels(init.timeLabels),
    data,
  };
}

/** @throws {TypeError} If a value is of another class. */
export function checkInstance(
  name: string,
  value: unknown,
  type: {
    readonly name: string;
    [Symbol.hasInstance](value: unknown): boolean;
  },
): void {
  if (value instanceof type) return;
  throw new TypeError(
    `Cannot make a grain with a ${name} of type ${typeof value}: it is no ${type.name}`,
  );
}
