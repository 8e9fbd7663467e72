import type { AudioCodec } from "mediabunny";
import { splitAc3 } from "../coding/ac3-frame.ts";
import { parseMpegAudioHeader } from "../coding/mpeg-audio-frame.ts";
import { getOpusSamples } from "../coding/opus-packet.ts";
import { readFlacSamples } from "./flac-frame.ts";

/**
 * Tells how many samples a packet decodes to, from its own bytes; nothing if they do not
 * tell.
 *
 * @param codec Mediabunny's name of the codec.
 * @param data One packet; a packet that was read without its data has none.
 * @throws {FormatError} If it is no packet of the codec.
 */
export function readFrameSamples(
  codec: AudioCodec,
  data: Uint8Array,
): number | undefined {
  if (data.length === 0) return undefined;
  switch (codec) {
    case "opus":
      return getOpusSamples(data);
    case "mp3":
      return parseMpegAudioHeader(data).samples;
    case "ac3":
    case "eac3":
      return readAc3Samples(data);
    case "flac":
      return readFlacSamples(data);
    default:
      return undefined;
  }
}

/** Frames that only add to others have none of their own. */
function readAc3Samples(data: Uint8Array): number {
  return splitAc3(data)
    .filter(({ header }) => !header.isDependent)
    .reduce((sum, { header }) => sum + header.samples, 0);
}
