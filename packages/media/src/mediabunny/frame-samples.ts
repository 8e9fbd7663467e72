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
  return data.length === 0 ? undefined : readers[codec]?.(data);
}

const readers: Partial<
  Record<AudioCodec, (data: Uint8Array) => number | undefined>
> = {
  opus: getOpusSamples,
  mp3: (data) => parseMpegAudioHeader(data).samples,
  ac3: readAc3Samples,
  eac3: readAc3Samples,
  flac: readFlacSamples,
};

/** Frames that only add to others have none of their own. */
function readAc3Samples(data: Uint8Array): number {
  return splitAc3(data)
    .filter(({ header }) => !header.isDependent)
    .reduce((sum, { header }) => sum + header.samples, 0);
}
