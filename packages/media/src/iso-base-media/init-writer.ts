import type { AudioEssence, VideoEssence } from "../essence/essence.ts";
import { encodeBox, text, uint32 } from "./box-writer.ts";
import { trackId } from "./fragment-writer.ts";
import { encodeEmptySampleTable, encodeMovie } from "./movie-writer.ts";

/**
 * Writes the initialisation segment of one track, whose samples are all in fragments.
 *
 * Source: ISO/IEC 23000-19 (CMAF), 7.3.1.
 *
 * @param essence What its samples have in common.
 * @param timescale Ticks in a second.
 * @param description The box `stsd`.
 */
export function encodeInit(
  essence: VideoEssence | AudioEssence,
  timescale: number,
  description: Uint8Array,
): Uint8Array {
  const type = encodeBox("ftyp", text("iso6"), uint32(0), text("iso6cmfcmp41"));
  const movie = encodeMovie({
    timescale,
    isFragmented: true,
    tracks: [
      {
        id: trackId,
        timescale,
        duration: 0n,
        movieDuration: 0n,
        ...describePresentation(essence),
        sampleTable: encodeEmptySampleTable(description),
      },
    ],
  });
  const bytes = new Uint8Array(type.length + movie.length);
  bytes.set(type);
  bytes.set(movie, type.length);
  return bytes;
}

/** Gives how large a track is presented, and how it is turned. */
export function describePresentation(essence: VideoEssence | AudioEssence): {
  readonly kind: "video" | "audio";
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
} {
  if (essence.kind === "audio") {
    return { kind: "audio", width: 0, height: 0, rotation: 0 };
  }
  const { frameWidth, frameHeight, pixelAspectRatio, rotation = 0 } = essence;
  const { numerator, denominator } = pixelAspectRatio ?? {
    numerator: 1,
    denominator: 1,
  };
  const width = Math.round((frameWidth * numerator) / denominator);
  return { kind: "video", width, height: frameHeight, rotation };
}
