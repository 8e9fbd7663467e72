import { TimeRange, Timestamp } from "@sluice/time";
import { joinBytes } from "../bytes/join-bytes.ts";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import {
  findCodedAudioFormat,
  findCodedVideoFormat,
} from "../essence/codec-names.ts";
import type { Essence } from "../essence/essence.ts";
import type { Grain } from "../grain/grain.ts";
import { createGsfHead } from "../gsf/gsf-head.ts";
import { readGsf } from "../gsf/read-gsf.ts";
import { writeGsf } from "../gsf/write-gsf.ts";
import { addDuration, toFrameDuration, toTimestamp } from "./add-duration.ts";
import { checkKind, type SomeGrains } from "./check-grains.ts";
import type {
  EncodedObject,
  ObjectFormat,
  ObjectToDecode,
} from "./object-format.ts";

/**
 * GSF: `application/x-gsf`, for pictures and sound that are not coded, for data, and for
 * codecs that no other format has: MJPEG, MPEG-2 Video, D-10, DNxHD, DV, VC-2.
 *
 * Grains keep all that they are. Their times are the flow's own: the `timestampOffset` is 0.
 * Each file says when it was made, so that no two have the same bytes.
 *
 * Source: the BBC's Grain Sequence Format, which has no registered MIME type.
 */
export const gsfObjectFormat: ObjectFormat = {
  contentType: "application/x-gsf",
  hasInit: false,
  canHold: (essence) => findKinds(essence).length > 0,
  createEncoder: (essence) => {
    const [kind] = findKinds(essence);
    if (kind === undefined) {
      const problem = `${essence.codec} has another home: see chooseObjectFormat`;
      return Promise.reject(new UnsupportedMediaError("GSF", problem));
    }
    const encode = async (grains: readonly Grain[]): Promise<EncodedObject> =>
      encodeGsf(checkKind(grains, kind, essence));
    return Promise.resolve({ init: undefined, encode });
  },
  decode: decodeGsf,
};

const codedFormats: ReadonlySet<string | undefined> = new Set([
  "MJPEG",
  "MPEG2",
  "D10",
  "DNxHD",
  "DV",
  "VC2",
]);

/** Gives which kind of grain it has, if it can hold such essence. */
function findKinds(essence: Essence): Grain["kind"][] {
  const { kind, codec } = essence;
  if (kind === "data") return ["data"];
  if (kind === "audio") {
    return findCodedAudioFormat(codec) === undefined ? ["audio"] : [];
  }
  const coded = findCodedVideoFormat(codec);
  if (coded === undefined) return ["video"];
  return codedFormats.has(coded) ? ["coded-video"] : [];
}

async function encodeGsf(grains: SomeGrains<Grain>): Promise<EncodedObject> {
  const head = createGsfHead({ segments: [{ count: grains.length }] });
  const parts = await writeGsf(head, grains).toArray();
  const [first] = grains;
  let last: Grain = first;
  let start = first.originTimestamp;
  for (const grain of grains) {
    const { originTimestamp: time } = grain;
    if (!time.isBefore(last.originTimestamp)) last = grain;
    if (time.isBefore(start)) start = time;
  }
  const timeRange = toRange(start, last);
  return {
    bytes: joinBytes(parts),
    objectTimeRange: timeRange,
    timeRange,
    timestampOffset: Timestamp.zero,
    lastDuration: findSampleDuration(last),
    sampleCount: grains.reduce((sum, grain) => sum + countSamples(grain), 0),
    keyFrameCount: grains.filter(isKey).length,
  };
}

/** Data without a duration are at instants: the last is within. */
function toRange(start: Timestamp, last: Grain): TimeRange {
  const duration =
    last.kind === "audio" && last.sampleRate > 0 && last.samples > 0
      ? { numerator: last.samples, denominator: last.sampleRate }
      : (last.duration ?? (last.rate && toFrameDuration(last.rate)));
  const { originTimestamp } = last;
  if (duration === undefined) return TimeRange.of(start, originTimestamp, "[]");
  return TimeRange.of(start, addDuration(originTimestamp, duration), "[)");
}

function findSampleDuration(last: Grain): Timestamp {
  if (last.kind === "audio" && last.sampleRate > 0) {
    return toTimestamp({ numerator: 1, denominator: last.sampleRate });
  }
  const duration = last.duration ?? (last.rate && toFrameDuration(last.rate));
  return duration === undefined ? Timestamp.zero : toTimestamp(duration);
}

function countSamples(grain: Grain): number {
  return grain.kind === "audio" ? grain.samples : 1;
}

function isKey(grain: Grain): boolean {
  return grain.kind !== "coded-video" || grain.isKeyFrame === true;
}

async function decodeGsf(object: ObjectToDecode): Promise<readonly Grain[]> {
  const { bytes, essence, ids, timestampOffset } = object;
  const wanted: readonly string[] = {
    video: ["video", "coded-video"],
    audio: ["audio", "coded-audio"],
    data: ["data"],
  }[essence.kind];
  const grains = await readGsf(bytes)
    .filter(({ grain }) => wanted.includes(grain.kind))
    .map(({ grain }): Grain => {
      const { originTimestamp, syncTimestamp } = grain;
      return Object.freeze({
        ...grain,
        ...ids,
        originTimestamp: originTimestamp.add(timestampOffset),
        syncTimestamp: syncTimestamp.add(timestampOffset),
      });
    })
    .toArray();
  if (grains.length > 0) return grains;
  throw new UnsupportedMediaError(
    "GSF",
    `there is no grain of ${essence.kind}`,
    {
      act: "read",
    },
  );
}
