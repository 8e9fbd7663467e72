import type { AudioCodec } from "mediabunny";
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
 * Source: ISO/IEC 14496-3, 1.6.2.1 and 1.A.2.2.
 *
 * @param first The first packet, if there is one.
 */
export function toRawAac(
  codec: AudioCodec,
  decoderConfig: Uint8Array | undefined,
  first: Uint8Array | undefined,
): RawSound {
  const hasHeader = decoderConfig === undefined && isAdts(first);
  if (codec !== "aac" || !hasHeader) {
    return { decoderConfig, convert: (data) => data };
  }
  return { decoderConfig: toConfig(first), convert: dropHeader };
}

function isAdts(data: Uint8Array | undefined): data is Uint8Array {
  const [first, second = 0] = data ?? [];
  return first === 0xff && (second & 0xf6) === 0xf0;
}

/** Makes an AudioSpecificConfig of an ADTS header, which has all that is in it. */
function toConfig(frame: Uint8Array): Uint8Array {
  const [, , third = 0, fourth = 0] = frame;
  const objectType = (third >> 6) + 1;
  const frequency = (third >> 2) & 15;
  const channels = ((third & 1) << 2) | (fourth >> 6);
  const bits = (objectType << 11) | (frequency << 7) | (channels << 3);
  return Uint8Array.of(bits >> 8, bits & 0xff);
}

function dropHeader(frame: Uint8Array): Uint8Array {
  const [, second = 0] = frame;
  if (isAdts(frame)) return frame.subarray((second & 1) === 0 ? 9 : 7);
  throw new FormatError({
    code: "MEDIA_MALFORMED",
    format: "ADTS",
    problem: "a frame of AAC does not begin with its sync word",
  });
}
