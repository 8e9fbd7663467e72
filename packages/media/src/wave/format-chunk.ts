import { FormatError } from "../error/format-error.ts";
import {
  getSampleBytes,
  getWaveFrameBytes,
  isFloat,
  type WaveFormat,
  type WaveSampleFormat,
} from "./wave-format.ts";

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

/** What follows the two bytes of the tag in the GUID of a sub-format that has a tag. */
const GUID_TAIL: readonly number[] = [
  0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71,
];

/**
 * Reads the body of a `fmt ` chunk.
 *
 * Source: Microsoft, WAVEFORMATEX and WAVEFORMATEXTENSIBLE; "Multiple channel audio data
 * and WAVE files".
 *
 * @param data The chunk's body.
 * @param offset Where it is, for errors.
 * @returns The format.
 * @throws {FormatError} If it is too short, contradicts itself, or has samples that are
 * no uncompressed integers or floating numbers.
 */
export function decodeFormatChunk(
  data: Uint8Array,
  offset: number,
): WaveFormat {
  const fail = (at: number, problem: string): FormatError =>
    new FormatError({
      code: "MEDIA_MALFORMED",
      format: "WAV",
      offset: offset + at,
      problem,
    });
  if (data.length < 16) {
    throw fail(0, `a 'fmt ' chunk of ${data.length} bytes, which needs 16`);
  }
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const extension = decodeExtension(view, fail);
  const tag = extension?.tag ?? view.getUint16(0, true);
  const bits = view.getUint16(14, true);
  const sampleFormat = findSampleFormat(tag, bits);
  if (sampleFormat === undefined) {
    throw fail(0, `samples of ${bits} bits of kind ${tag}, which are not read`);
  }
  const format: WaveFormat = {
    sampleFormat,
    numberOfChannels: view.getUint16(2, true),
    sampleRate: view.getUint32(4, true),
    ...extension?.details,
  };
  if (format.numberOfChannels === 0) throw fail(2, "no channel");
  if (format.sampleRate === 0) throw fail(4, "a sample rate of 0");
  const frameBytes = view.getUint16(12, true);
  if (frameBytes !== getWaveFrameBytes(format)) {
    throw fail(
      12,
      `frames of ${frameBytes} bytes, where the samples need ${getWaveFrameBytes(format)}`,
    );
  }
  return format;
}

/** Writes the body of a `fmt ` chunk, in the oldest form that can say it. */
export function encodeFormatChunk(format: WaveFormat): Uint8Array {
  const { sampleFormat, numberOfChannels, sampleRate } = format;
  const tag = isFloat(sampleFormat) ? FLOAT : PCM;
  const bits = getSampleBytes(sampleFormat) * 8;
  const isExtensible = needsExtension(format, bits);
  const length = isExtensible ? 40 : tag === PCM ? 16 : 18;
  const data = new Uint8Array(length);
  const view = new DataView(data.buffer);
  const frameBytes = getWaveFrameBytes(format);
  view.setUint16(0, isExtensible ? EXTENSIBLE : tag, true);
  view.setUint16(2, numberOfChannels, true);
  view.setUint32(4, sampleRate, true);
  view.setUint32(8, sampleRate * frameBytes, true);
  view.setUint16(12, frameBytes, true);
  view.setUint16(14, bits, true);
  if (!isExtensible) return data;
  view.setUint16(16, 22, true);
  view.setUint16(18, format.validBitsPerSample ?? bits, true);
  view.setUint32(20, format.channelMask ?? 0, true);
  view.setUint16(24, tag, true);
  data.set(GUID_TAIL, 26);
  return data;
}

/** What the longer form says more. */
interface Extension {
  readonly tag: number;
  readonly details: Pick<WaveFormat, "validBitsPerSample" | "channelMask">;
}

function decodeExtension(
  view: DataView,
  fail: (at: number, problem: string) => FormatError,
): Extension | undefined {
  if (view.getUint16(0, true) !== EXTENSIBLE) return undefined;
  if (view.byteLength < 40) {
    throw fail(0, `an extensible 'fmt ' chunk of ${view.byteLength} bytes`);
  }
  if (GUID_TAIL.some((byte, index) => view.getUint8(26 + index) !== byte)) {
    throw fail(24, "a sub-format that is not known");
  }
  const tag = view.getUint16(24, true);
  const bits = view.getUint16(14, true);
  const validBits = view.getUint16(18, true);
  if (validBits > bits || (tag === FLOAT && ![0, bits].includes(validBits))) {
    throw fail(18, `${validBits} valid bits in a sample of ${bits}`);
  }
  const mask = view.getUint32(20, true);
  return {
    tag,
    details: {
      ...([0, bits].includes(validBits)
        ? {}
        : { validBitsPerSample: validBits }),
      ...(mask === 0 ? {} : { channelMask: mask }),
    },
  };
}

function findSampleFormat(
  tag: number,
  bits: number,
): WaveSampleFormat | undefined {
  const integers = { 8: "u8", 16: "s16", 24: "s24", 32: "s32" } as const;
  const floats = { 32: "f32", 64: "f64" } as const;
  if (tag === PCM) return integers[bits as keyof typeof integers];
  if (tag === FLOAT) return floats[bits as keyof typeof floats];
  return undefined;
}

/** The older forms are for up to two channels, and for integers of up to 16 bits. */
function needsExtension(format: WaveFormat, bits: number): boolean {
  const { sampleFormat, numberOfChannels, validBitsPerSample } = format;
  return (
    numberOfChannels > 2 ||
    (!isFloat(sampleFormat) && bits > 16) ||
    (validBitsPerSample ?? bits) !== bits ||
    (format.channelMask ?? 0) !== 0
  );
}
