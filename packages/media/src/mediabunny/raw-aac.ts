import type { AudioCodec } from "mediabunny";
import { splitAdts, toAacConfig } from "../coding/adts.ts";
import { FormatError } from "../error/format-error.ts";

/** What the bytes of sound are made, and what a decoder of them is told. */
export interface RawSound {
  readonly decoderConfig: Uint8Array | undefined;
  readonly convert: (data: Uint8Array) => Uint8Array;
}

/**
 * Tells how AAC is put into its normal form: a raw frame, without the ADTS header that it
 * may have, and an AudioSpecificConfig. What is not AAC stays as it is.
 *
 * @param first The first packet, if there is one.
 * @throws {FormatError} If it should be a frame with a header, and is none.
 */
export function toRawAac(
  codec: AudioCodec,
  decoderConfig: Uint8Array | undefined,
  first: Uint8Array | undefined,
): RawSound {
  if (codec !== "aac" || decoderConfig !== undefined || first === undefined) {
    return { decoderConfig, convert: (data) => data };
  }
  const [frame] = splitAdts(first);
  return {
    decoderConfig: frame && toAacConfig(frame.header),
    convert: dropHeader,
  };
}

function dropHeader(packet: Uint8Array): Uint8Array {
  const [frame, next] = splitAdts(packet);
  if (frame !== undefined && next === undefined) return frame.data;
  throw new FormatError({
    code: "MEDIA_MALFORMED",
    format: "ADTS",
    problem: "a packet is not one frame",
  });
}
