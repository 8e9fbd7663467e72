import type { MediaCodec } from "mediabunny";

/**
 * Tells how many samples a coded frame decodes to, from its own bytes, at the rate of the
 * track; nothing if they do not tell.
 *
 * @param codec Mediabunny's name of the codec.
 * @param data One packet.
 */
export function readFrameSamples(
  codec: MediaCodec,
  data: Uint8Array,
): number | undefined {
  if (codec === "opus") return readOpusSamples(data);
  if (codec === "mp3") return readMpegAudioSamples(data);
  if (codec === "ac3") return 1536;
  return codec === "flac" ? readFlacSamples(data) : undefined;
}

/** In 1/48000 s: sizes of frames of SILK and hybrid modes, and of CELT. */
const silkSizes = [480, 960, 1920, 2880] as const;

/** Source: RFC 6716, sections 3.1 and 3.2. */
function readOpusSamples(data: Uint8Array): number | undefined {
  const [toc, second = 0] = data;
  if (toc === undefined) return undefined;
  const config = toc >> 3;
  const place = config & 3;
  let size = 120 << place;
  if (config < 12) size = silkSizes[place] ?? 0;
  else if (config < 16) size = (config & 1) === 0 ? 480 : 960;
  const code = toc & 3;
  if (code === 3) return size * (second & 0x3f);
  return code === 0 ? size : 2 * size;
}

/** Source: ISO/IEC 11172-3 and 13818-3, the header of a frame. */
function readMpegAudioSamples(data: Uint8Array): number | undefined {
  const [first, second = 0] = data;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const layer = 4 - ((second >> 1) & 3);
  if (layer === 1) return 384;
  const isFirstVersion = ((second >> 3) & 3) === 3;
  return layer === 3 && !isFirstVersion ? 576 : 1152;
}

/** Source: RFC 9639, section 9.1. */
function readFlacSamples(data: Uint8Array): number | undefined {
  const [first, , third = 0] = data;
  if (first !== 0xff) return undefined;
  const code = third >> 4;
  if (code === 1) return 192;
  if (code >= 2 && code <= 5) return 144 << code;
  if (code >= 8) return 1 << code;
  // The size follows the number, which is written as UTF-8 writes a character.
  const at = 4 + countUtf8Bytes(data[4] ?? 0);
  const low = data[at];
  if (low === undefined || code === 0) return undefined;
  if (code === 6) return low + 1;
  const next = data[at + 1];
  return next === undefined ? undefined : low * 256 + next + 1;
}

function countUtf8Bytes(first: number): number {
  return first < 0x80 ? 1 : Math.clz32(~(first << 24));
}
