import { isAnnexB, toLengthPrefixed } from "../../coding/annex-b.ts";
import { splitAdts } from "../../coding/adts.ts";
import { splitLengthPrefixed } from "../../coding/nal-units.ts";
import { FormatError } from "../../error/format-error.ts";
import type { CodedAudioGrain } from "../../grain/coded-audio-grain.ts";
import type { CodedVideoGrain } from "../../grain/coded-video-grain.ts";
import { getPresentationTimestamp } from "../../grain/grain-times.ts";
import type { Grain } from "../../grain/grain.ts";
import type { GrainIds } from "../container.ts";

/**
 * Puts a grain of a GSF file into the form that grains of all containers have.
 *
 * @param ids Whose it is; whose it was by default.
 * @throws {FormatError} If its payload is in neither form of its codec.
 */
export function toNormalGrain(grain: Grain, ids: GrainIds | undefined): Grain {
  const normal =
    grain.kind === "coded-video"
      ? toNormalPicture(grain)
      : grain.kind === "coded-audio"
        ? toNormalSound(grain)
        : grain;
  return ids === undefined ? normal : Object.freeze({ ...normal, ...ids });
}

function toNormalPicture(grain: CodedVideoGrain): CodedVideoGrain {
  const presented = toPresented(grain);
  const { format, data, unitOffsets } = grain;
  const hasUnits = format === "H264" || format === "H265";
  if (!hasUnits || !isAnnexB(data)) return presented;
  const normal = toLengthPrefixed(data);
  return Object.freeze({
    ...presented,
    data: normal,
    unitOffsets: unitOffsets.length === 0 ? [] : listOffsets(normal),
  });
}

/** What is stored early keeps its place as the time of decoding. */
function toPresented(grain: CodedVideoGrain): CodedVideoGrain {
  const { originTimestamp, temporalOffset = 0 } = grain;
  const start = getPresentationTimestamp(grain);
  if (temporalOffset === 0 || start === undefined) return grain;
  return Object.freeze({
    ...grain,
    originTimestamp: start,
    temporalOffset: 0,
    decodeTimestamp: temporalOffset > 0 ? originTimestamp : undefined,
  });
}

function listOffsets(data: Uint8Array): readonly number[] {
  let at = 0;
  const offsets = splitLengthPrefixed(data).map(({ length }) => {
    const start = at;
    at += 4 + length;
    return start;
  });
  return Object.freeze(offsets);
}

function toNormalSound(grain: CodedAudioGrain): CodedAudioGrain {
  const frame = grain.format === "AAC" ? findAdtsFrame(grain.data) : undefined;
  if (frame === undefined) return grain;
  return Object.freeze({ ...grain, data: frame.data });
}

/** Finds the one frame that some bytes are, if they are ADTS. */
export function findAdtsFrame(
  data: Uint8Array,
): ReturnType<typeof splitAdts>[number] | undefined {
  // No frame of AAC begins like that: it would be empty.
  const [first, second = 0] = data;
  if (first !== 0xff || (second & 0xf6) !== 0xf0) return undefined;
  const [frame, ...others] = splitAdts(data);
  if (others.length === 0) return frame;
  throw new FormatError({
    code: "MEDIA_MALFORMED",
    format: "AAC",
    offset: 0,
    problem: `a grain has ${others.length + 1} frames in ADTS, and not one`,
  });
}
