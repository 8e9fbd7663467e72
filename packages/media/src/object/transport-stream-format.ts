import { TimeRange, Timestamp } from "@sluice/time";
import { joinBytes } from "../bytes/join-bytes.ts";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { Essence } from "../essence/essence.ts";
import type { CodedAudioGrain } from "../grain/coded-audio-grain.ts";
import type { CodedVideoGrain } from "../grain/coded-video-grain.ts";
import type { Grain } from "../grain/grain.ts";
import { getPresentationTimestamp } from "../grain/grain-times.ts";
import type { Rational } from "../grain/rational.ts";
import type { TransportStreamInput } from "../transport-stream/transport-stream-input.ts";
import { writeTransportStream } from "../transport-stream/write-transport-stream.ts";
import { addDuration, toFrameDuration, toTimestamp } from "./add-duration.ts";
import {
  checkCodedPictures,
  checkCodedSound,
  type SomeGrains,
} from "./check-grains.ts";
import { findDecodeTicks } from "./decode-ticks.ts";
import { ObjectClock } from "./object-clock.ts";
import type { EncodedObject, ObjectFormat } from "./object-format.ts";
import { findPromisedDelay } from "./picture-timer.ts";
import { decodeTransportStream } from "./read-transport-stream-object.ts";
import {
  findTransportStreamClock,
  ticksPerSecond,
} from "./transport-stream-clock.ts";
import {
  findPayloadForms,
  type PayloadForms,
} from "./transport-stream-payload.ts";

/** The PID of what an object holds. */
const pid = 256;

/**
 * MPEG-TS: `video/mp2t`, of one stream. H.264, HEVC, MPEG-2 Video, AAC, MPEG audio, AC-3 and
 * E-AC-3.
 *
 * Times have 33 bits of 1/90000 s. What is on the grid of the flow's rate, or of its samples,
 * comes back exactly; other times come back as the nearest tick. What a stream needs and the
 * normal form of a payload has not - delimiters, and the parameter sets of the essence's
 * `decoderConfig` before key frames - is added, and left out again.
 *
 * Source: ISO/IEC 13818-1; TAMS 8.2, application note 0002; our decision records 0060 and
 * 0068.
 */
export const transportStreamObjectFormat: ObjectFormat = {
  contentType: "video/mp2t",
  hasInit: false,
  canHold: (essence) => findPayloadForms(essence) !== undefined,
  // Its errors reject, as those of formats that have to wait.
  // eslint-disable-next-line @typescript-eslint/require-await -- see above
  createEncoder: async (essence, options) => {
    const forms = findPayloadForms(essence);
    if (forms === undefined) {
      const problem = `there is no stream of ${essence.codec} of this essence in it`;
      throw new UnsupportedMediaError("MPEG-TS", problem);
    }
    const delay =
      essence.kind === "video"
        ? findPromisedDelay(essence, ticksPerSecond)
        : 0n;
    let before: Before = { delay, timestampOffset: options?.timestampOffset };
    const encode = async (grains: readonly Grain[]): Promise<EncodedObject> => {
      const units = checkUnits(grains, essence);
      const timed = timeUnits(units, before);
      const { timestampOffset } = timed.clock;
      before = { delay: timed.delay, timestampOffset };
      const bytes = await writeUnits(units, timed, forms);
      return toEncodedObject(units, timed, bytes, essence);
    };
    return { init: undefined, encode };
  },
  decode: decodeTransportStream,
};

type Unit = CodedVideoGrain | CodedAudioGrain;

function checkUnits(
  grains: readonly Grain[],
  essence: Essence,
): SomeGrains<Unit> {
  return essence.kind === "audio"
    ? checkCodedSound(grains, essence, essence.sampleRate)
    : checkCodedPictures(grains, essence);
}

/** What the object before had. */
interface Before {
  readonly delay: bigint;
  readonly timestampOffset: Timestamp | undefined;
}

/** Units, and when they are. */
interface TimedUnits {
  readonly clock: ObjectClock;
  readonly presentation: readonly bigint[];
  readonly decode: readonly bigint[];
  readonly delay: bigint;
}

function toPresentation(unit: Unit): Timestamp {
  return getPresentationTimestamp(unit) ?? unit.originTimestamp;
}

function timeUnits(units: SomeGrains<Unit>, before: Before): TimedUnits {
  const flow = new ObjectClock(ticksPerSecond, Timestamp.zero);
  let first = toPresentation(units[0]);
  const ticks = units.map((unit) => {
    const time = toPresentation(unit);
    if (time.isBefore(first)) first = time;
    const decodeTime =
      unit.kind === "coded-audio" ? time : unit.decodeTimestamp;
    const decode = decodeTime && flow.toTick(decodeTime);
    return { presentation: flow.toTick(time), decode };
  });
  const { ticks: decode, delay } = findDecodeTicks(ticks, before.delay);
  const earliest = flow.toTick(first);
  const clock = findTransportStreamClock(
    first,
    earliest - (decode[0] ?? earliest),
    before.timestampOffset,
  );
  const move = clock.toTick(first) - earliest;
  return {
    clock,
    presentation: ticks.map(({ presentation }) => presentation + move),
    decode: decode.map((tick) => tick + move),
    delay,
  };
}

async function writeUnits(
  units: SomeGrains<Unit>,
  { presentation, decode }: TimedUnits,
  forms: PayloadForms,
): Promise<Uint8Array> {
  const packets = units.map((unit, index): TransportStreamInput => {
    const isKeyFrame = index === 0 || isKey(unit);
    return {
      pid,
      pts: Number(presentation[index]),
      dts: Number(decode[index]),
      data: encodePayload(unit, forms, isKeyFrame),
      isRandomAccess: isKeyFrame,
    };
  });
  const { codec, addsDelimiters } = forms;
  try {
    const parts = await writeTransportStream(packets, {
      streams: [{ pid, codec }],
      delimiters: addsDelimiters ? "add" : "keep",
    }).toArray();
    return joinBytes(parts);
  } catch (cause) {
    throw new UnsupportedMediaError("MPEG-TS", describe(cause), { cause });
  }
}

function encodePayload(
  unit: Unit,
  forms: PayloadForms,
  isKeyFrame: boolean,
): Uint8Array {
  try {
    return forms.encode(unit.data, isKeyFrame);
  } catch (cause) {
    throw new UnsupportedMediaError(
      "MPEG-TS",
      `the payload of the grain at ${unit.originTimestamp} is not in the normal form of its codec, or too long: ${describe(cause)}`,
      { cause },
    );
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isKey(unit: Unit): boolean {
  return unit.kind === "coded-audio" || unit.isKeyFrame === true;
}

function toEncodedObject(
  units: SomeGrains<Unit>,
  { clock, presentation }: TimedUnits,
  bytes: Uint8Array,
  essence: Essence,
): EncodedObject {
  const order = [...presentation.keys()].sort((a, b) =>
    (presentation[a] ?? 0n) < (presentation[b] ?? 0n) ? -1 : 1,
  );
  const [first, last] = [order[0] ?? 0, order.at(-1) ?? 0];
  const lastUnit = units[last] ?? units[0];
  const lasting = findDuration(lastUnit, essence);
  const end = addDuration(toPresentation(lastUnit), lasting);
  const objectEnd = addDuration(
    clock.toObjectTime(presentation[last] ?? 0n),
    lasting,
  );
  const sampleRate = essence.kind === "audio" ? essence.sampleRate : undefined;
  const start = toPresentation(units[first] ?? units[0]);
  return {
    bytes,
    objectTimeRange: toRange(
      clock.toObjectTime(presentation[first] ?? 0n),
      objectEnd,
    ),
    timeRange: toRange(start, end),
    timestampOffset: clock.timestampOffset,
    lastDuration: toTimestamp(
      sampleRate === undefined
        ? lasting
        : { numerator: 1, denominator: sampleRate },
    ),
    sampleCount: units.reduce((sum, unit) => sum + countSamples(unit), 0),
    keyFrameCount: units.filter((unit, index) => index === 0 || isKey(unit))
      .length,
  };
}

function toRange(start: Timestamp, end: Timestamp): TimeRange {
  return TimeRange.of(start, end, "[)");
}

function countSamples(unit: Unit): number {
  return unit.kind === "coded-audio" ? unit.samples - unit.remainder : 1;
}

function findDuration(unit: Unit, essence: Essence): Rational {
  if (unit.kind === "coded-audio") {
    const numerator = unit.samples - unit.remainder;
    return { numerator, denominator: unit.sampleRate };
  }
  const rate = essence.kind === "video" ? essence.rate : undefined;
  const duration = unit.duration ?? (rate && toFrameDuration(rate));
  if (duration !== undefined) return duration;
  throw new UnsupportedMediaError(
    "MPEG-TS",
    `nothing tells how long the last picture lasts, at ${unit.originTimestamp}`,
  );
}
