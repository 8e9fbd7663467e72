import { FormatError } from "../error/format-error.ts";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { AudioEssence, VideoEssence } from "../essence/essence.ts";
import type { Grain } from "../grain/grain.ts";
import { readTransportStream } from "../transport-stream/read-transport-stream.ts";
import type {
  TransportStreamItem,
  TransportStreamPacket,
} from "../transport-stream/transport-stream-item.ts";
import {
  createPictureGrain,
  createSoundGrain,
  type GrainOwner,
} from "./coded-grain.ts";
import { ObjectClock } from "./object-clock.ts";
import type { ObjectToDecode } from "./object-format.ts";
import {
  createGridReader,
  findWrapShift,
  ticksPerSecond,
} from "./transport-stream-clock.ts";
import {
  findPayloadForms,
  type NormalPayload,
  type PayloadForms,
} from "./transport-stream-payload.ts";

/**
 * Reads the grains of an object of MPEG-TS: those of the first stream of the essence's codec.
 *
 * @throws {FormatError} If the bytes do not follow their format, or some of the stream's
 * are missing.
 * @throws {UnsupportedMediaError} If there is no such stream.
 */
export async function decodeTransportStream(
  object: ObjectToDecode,
): Promise<readonly Grain[]> {
  const { essence, ids, bytes, timestampOffset } = object;
  const forms = findPayloadForms(essence);
  const items = await readTransportStream([bytes]).toArray();
  const units = forms === undefined ? [] : listUnits(items, forms);
  const [first] = units;
  if (first === undefined || essence.kind === "data") {
    checkLosses(items, undefined);
    throw new UnsupportedMediaError(
      "MPEG-TS",
      `there is no stream of ${essence.codec} in it`,
      { act: "read" },
    );
  }
  const earliest = units.reduce(
    (least, { presentation }) => (presentation < least ? presentation : least),
    first.presentation,
  );
  const shift = findWrapShift(earliest);
  const moved = units.map((unit) => ({
    ...unit,
    presentation: unit.presentation + shift,
    decode: unit.decode + shift,
  }));
  const times = {
    clock: new ObjectClock(ticksPerSecond, timestampOffset),
    first: earliest + shift,
  };
  return essence.kind === "video"
    ? toPictures(moved, times, { essence, ids })
    : toSound(moved, times, { essence, ids });
}

/** What a packet has. */
interface Unit {
  readonly presentation: bigint;
  readonly decode: bigint;
  readonly isKeyFrame: boolean;
  readonly payloads: readonly NormalPayload[];
}

interface Times {
  readonly clock: ObjectClock;
  /** The earliest tick of presentation. */
  readonly first: bigint;
}

function listUnits(
  items: readonly TransportStreamItem[],
  forms: PayloadForms,
): Unit[] {
  const found = items.find(
    (item) => item.kind === "packet" && item.codec === forms.codec,
  );
  if (found?.kind !== "packet") return [];
  checkLosses(items, found.pid);
  const units: Unit[] = [];
  for (const item of items) {
    if (item.kind !== "packet" || item.pid !== found.pid) continue;
    units.push(toUnit(item, forms));
  }
  return units;
}

function toUnit(packet: TransportStreamPacket, forms: PayloadForms): Unit {
  const { pts, dts = pts, offset, data } = packet;
  if (pts === undefined || dts === undefined) {
    throw new FormatError({
      code: "MEDIA_MALFORMED",
      format: "MPEG-TS",
      offset,
      problem: "a packet without a time of presentation",
    });
  }
  const payloads = forms.decode(data);
  return {
    presentation: BigInt(pts),
    decode: BigInt(dts),
    isKeyFrame: packet.isRandomAccess || payloads[0]?.isKeyFrame === true,
    payloads,
  };
}

/** What a cut before the object leaves of the packet before is nothing that is missed. */
function checkLosses(
  items: readonly TransportStreamItem[],
  pid: number | undefined,
): void {
  for (const item of items) {
    if (item.kind !== "loss" || item.reason === "start") continue;
    if (pid !== undefined && item.pid !== undefined && item.pid !== pid)
      continue;
    throw new FormatError({
      code: item.reason === "end" ? "MEDIA_TRUNCATED" : "MEDIA_MALFORMED",
      format: "MPEG-TS",
      offset: item.offset,
      problem: `bytes of the stream are missing, or cannot be used (${item.reason})`,
    });
  }
}

function toPictures(
  units: readonly Unit[],
  { clock, first }: Times,
  owner: GrainOwner<VideoEssence>,
): Grain[] {
  const toTime = createGridReader(clock, first, owner.essence.rate);
  const durations = findDurations(units);
  return units.flatMap(
    ({ presentation, decode, isKeyFrame, payloads }, index) =>
      payloads.map(({ data }) =>
        createPictureGrain(owner, {
          presentation: toTime(presentation),
          decode: toTime(decode),
          duration: durations[index] ?? 0,
          timescale: ticksPerSecond,
          isKeyFrame,
          data,
        }),
      ),
  );
}

/** Gives how long each is presented: until the next one is; the last, as long as the one before. */
function findDurations(units: readonly Unit[]): number[] {
  const at = (index: number) => units[index]?.presentation ?? 0n;
  const order = [...units.keys()].sort((a, b) => (at(a) < at(b) ? -1 : 1));
  const durations: number[] = [];
  for (const [place, index] of order.entries()) {
    const next = order[place + 1];
    const before = order[place - 1];
    durations[index] =
      next === undefined
        ? (durations[before ?? -1] ?? 0)
        : Number(at(next) - at(index));
  }
  return durations;
}

function toSound(
  units: readonly Unit[],
  { clock, first }: Times,
  owner: GrainOwner<AudioEssence>,
): Grain[] {
  const { sampleRate } = owner.essence;
  const samplesClock = new ObjectClock(sampleRate, clock.toFlowTime(first));
  const grains: Grain[] = [];
  let position = 0;
  for (const { presentation, payloads } of units) {
    const distance = Number(presentation - first);
    const expected = (position * ticksPerSecond) / sampleRate;
    // Both it and the first may be half a tick off; what is further is a gap.
    if (Math.abs(distance - expected) > 2) {
      position = Math.round((distance * sampleRate) / ticksPerSecond);
    }
    for (const { data, samples, codedSampleRate } of payloads) {
      grains.push(
        createSoundGrain(owner, {
          presentation: samplesClock.toFlowTime(BigInt(position)),
          duration: samples,
          timescale: codedSampleRate,
          data,
        }),
      );
      position += Math.round((samples * sampleRate) / codedSampleRate);
    }
  }
  return grains;
}
