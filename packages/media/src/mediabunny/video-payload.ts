import type { VideoCodec } from "mediabunny";
import { FormatError } from "../error/format-error.ts";

/** What the bytes of pictures are made, and what a decoder of them is told. */
export interface VideoPayload {
  readonly decoderConfig: Uint8Array | undefined;
  readonly convert: (data: Uint8Array) => Uint8Array;
}

/** Where in its configuration a codec tells how long the lengths of its units are. */
const lengthPlaces: Partial<Record<VideoCodec, number>> = { avc: 4, hevc: 21 };

/**
 * Tells how pictures are put into their normal form: of H.264 and HEVC, each unit behind
 * its length in four bytes.
 *
 * Source: ISO/IEC 14496-15, `lengthSizeMinusOne` of avcC and hvcC.
 */
export function toPayload(
  codec: VideoCodec | null,
  decoderConfig: Uint8Array | undefined,
): VideoPayload {
  const place = codec === null ? undefined : lengthPlaces[codec];
  const flags = place === undefined ? undefined : decoderConfig?.[place];
  if (place === undefined || flags === undefined || (flags & 3) === 3) {
    return { decoderConfig, convert: (data) => data };
  }
  const widened = decoderConfig?.slice();
  widened?.fill(flags | 3, place, place + 1);
  const lengthBytes = (flags & 3) + 1;
  return {
    decoderConfig: widened,
    convert: (data) => widenLengths(data, lengthBytes),
  };
}

/**
 * Gives each unit a length of four bytes.
 *
 * @throws {FormatError} If the lengths do not add up.
 */
function widenLengths(data: Uint8Array, lengthBytes: number): Uint8Array {
  const units: Uint8Array[] = [];
  let at = 0;
  while (at + lengthBytes <= data.length) {
    const start = at + lengthBytes;
    const head = data.subarray(at, start);
    at = start + head.reduce((length, byte) => 256 * length + byte, 0);
    units.push(data.subarray(start, at));
  }
  if (at !== data.length) {
    throw new FormatError({
      code: "MEDIA_MALFORMED",
      format: "a picture",
      problem: `its units should have ${at} bytes, and it has ${data.length}`,
    });
  }
  const size = units.reduce((sum, unit) => sum + 4 + unit.length, 0);
  const widened = new Uint8Array(size);
  const view = new DataView(widened.buffer);
  let end = 0;
  for (const unit of units) {
    view.setUint32(end, unit.length);
    widened.set(unit, end + 4);
    end += 4 + unit.length;
  }
  return widened;
}
