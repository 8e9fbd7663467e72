import { encodeBox, encodeFullBox, uint32, uint64 } from "./box-writer.ts";
import { joinBytes } from "../bytes/join-bytes.ts";

/** Which part of a track's media is presented. */
export interface Edit {
  /** How long nothing is presented before it, in ticks of the movie. */
  readonly delay: bigint;
  /** The first instant of the media that is presented, in ticks of the media. */
  readonly mediaTime: bigint;
  /** How long it is presented, in ticks of the movie. */
  readonly duration: bigint;
}

/**
 * Writes the edit list of a track.
 *
 * Source: ISO/IEC 14496-12, 8.6.5 and 8.6.6.
 */
export function encodeEditList({
  delay,
  mediaTime,
  duration,
}: Edit): Uint8Array {
  const entries = [encodeEntry(duration, mediaTime)];
  if (delay > 0n) entries.unshift(encodeEntry(delay, -1n));
  return encodeBox(
    "edts",
    encodeFullBox("elst", { version: 1 }, uint32(entries.length), ...entries),
  );
}

/** Writes how long it is presented, from where on, and how fast: as it is. */
function encodeEntry(duration: bigint, mediaTime: bigint): Uint8Array {
  return joinBytes([uint64(duration), uint64(mediaTime), uint32(0x1_0000)]);
}
