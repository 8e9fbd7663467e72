import { BitReader } from "./bit-reader.ts";
import { BitWriter } from "./bit-writer.ts";

/** What a decoder of AAC is told (an AudioSpecificConfig). */
export interface AacConfig {
  /** The kind of AAC: 2 for low complexity; 5 (SBR) or 29 (SBR and PS) if that is told. */
  readonly objectType: number;
  /** The kind below SBR and PS; `objectType` if there is none of them. */
  readonly coreObjectType: number;
  /** Samples in a second of the core; with SBR half of what comes out. */
  readonly coreSampleRate: number;
  /** Samples in a second that come out, as far as that is told. */
  readonly sampleRate: number;
  /** Which loudspeakers: 1 to 7, 11, 12 or 14; 0 if the stream tells. */
  readonly channelConfiguration: number;
  /** How many channels come out, as far as that is told; 0 if only the stream tells. */
  readonly channels: number;
  /** How many samples of the core a frame has: 1024 or 960. */
  readonly coreFrameSamples: number;
  /** How many samples come out of a frame: with SBR twice as many. */
  readonly frameSamples: number;
}

/** What an AudioSpecificConfig is made of. */
export interface AacConfigInit {
  /** The kind of AAC; 2, low complexity, by default. 5 and 29 say SBR, and SBR with PS. */
  readonly objectType?: number;
  /** Samples in a second of the core. */
  readonly coreSampleRate: number;
  /** Samples in a second that come out; that of the core by default, twice it with SBR. */
  readonly sampleRate?: number;
  /** Which loudspeakers: see {@linkcode AacConfig}. */
  readonly channelConfiguration: number;
}

/** Source: ISO/IEC 14496-3, table 1.18. */
const SAMPLE_RATES: readonly number[] = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000,
  12_000, 11_025, 8_000, 7_350,
];
/** Source: ISO/IEC 14496-3, table 1.19. */
const CHANNELS: readonly number[] = [
  0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 0, 8,
];
/** The index of a rate that is written out. */
const OTHER_RATE = 15;
const [LOW_COMPLEXITY, SBR, PARAMETRIC_STEREO] = [2, 5, 29] as const;
/** What stands before SBR and PS that are told behind all else. */
const [SBR_MARK, PS_MARK] = [0x2b7, 0x548] as const;

/** Kinds whose configuration goes on as that of low complexity (GASpecificConfig). */
const GENERAL_TYPES: ReadonlySet<number> = new Set([
  1, 2, 3, 4, 6, 7, 17, 19, 20, 21, 22, 23,
]);

/**
 * Reads an AudioSpecificConfig.
 *
 * SBR and PS are found if they are told, in either way; where only the frames tell, as
 * in ADTS, the rate is that of the core.
 *
 * Source: ISO/IEC 14496-3, 1.6.2.1 and 4.4.1.
 *
 * @param bytes The configuration, as MP4 and Matroska have it.
 * @returns What it says.
 * @throws {FormatError} If it ends too early, or has a sample rate or channels that there
 * are not.
 *
 * @example Two channels at 48 kHz
 * ```ts
 * import { decodeAacConfig } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const config = decodeAacConfig(Uint8Array.of(0x11, 0x90));
 * assert.equal(config.sampleRate, 48_000);
 * assert.equal(config.channels, 2);
 * ```
 */
export function decodeAacConfig(bytes: Uint8Array): AacConfig {
  const bits = new BitReader(bytes, { format: "an AudioSpecificConfig" });
  const objectType = readObjectType(bits);
  const coreSampleRate = readSampleRate(bits);
  const channelConfiguration = bits.read(4);
  const channels = CHANNELS[channelConfiguration];
  if (channels === undefined) {
    throw bits.createError(
      `there is no channel configuration ${channelConfiguration}`,
    );
  }
  const found = { objectType, coreSampleRate, channelConfiguration, channels };
  if (objectType === SBR || objectType === PARAMETRIC_STEREO) {
    const sampleRate = readSampleRate(bits);
    const coreObjectType = readObjectType(bits);
    const isShort = readIsShort(bits, coreObjectType);
    return toConfig({ ...found, coreObjectType, sampleRate, isShort });
  }
  const isShort = readIsShort(bits, objectType);
  const extension = readExtension(bits, found, bytes.length * 8);
  return toConfig({
    ...found,
    coreObjectType: objectType,
    objectType: extension?.objectType ?? objectType,
    sampleRate: extension?.sampleRate ?? coreSampleRate,
    isShort,
  });
}

/**
 * Makes an AudioSpecificConfig; SBR and PS are told at its start.
 *
 * Source: ISO/IEC 14496-3, 1.6.2.1.
 *
 * @param init What it says.
 * @returns The configuration.
 * @throws {RangeError} If a number is out of bounds.
 */
export function encodeAacConfig(init: AacConfigInit): Uint8Array {
  const { objectType = LOW_COMPLEXITY, coreSampleRate } = init;
  const { channelConfiguration } = init;
  const hasSbr = objectType === SBR || objectType === PARAMETRIC_STEREO;
  if (!GENERAL_TYPES.has(objectType) && !hasSbr) {
    throw new RangeError(
      `Cannot make an AudioSpecificConfig of kind ${objectType}: it is not general AAC`,
    );
  }
  if (CHANNELS[channelConfiguration] === undefined) {
    throw new RangeError(
      `Cannot make an AudioSpecificConfig with channel configuration ${channelConfiguration}: it is none of 0 to 14`,
    );
  }
  const bits = new BitWriter();
  bits.write(objectType, 5);
  writeSampleRate(bits, coreSampleRate);
  bits.write(channelConfiguration, 4);
  if (hasSbr) {
    writeSampleRate(bits, init.sampleRate ?? 2 * coreSampleRate);
    bits.write(LOW_COMPLEXITY, 5);
  }
  // Frames of 1024 samples, which need no other coder and no extension.
  return bits.write(0, 3).toBytes();
}

/** Gives the sample rate of an index. */
export function getSampleRate(index: number): number | undefined {
  return SAMPLE_RATES[index];
}

/** Gives the index of a sample rate; below 0 if it has none. */
export function findSampleRateIndex(sampleRate: number): number {
  return SAMPLE_RATES.indexOf(sampleRate);
}

function readObjectType(bits: BitReader): number {
  const type = bits.read(5);
  return type === 31 ? 32 + bits.read(6) : type;
}

function readSampleRate(bits: BitReader): number {
  const index = bits.read(4);
  const rate = index === OTHER_RATE ? bits.read(24) : getSampleRate(index);
  if (rate !== undefined && rate > 0) return rate;
  throw bits.createError(
    `there is no sample rate ${rate ?? `number ${index}`}`,
  );
}

function writeSampleRate(bits: BitWriter, sampleRate: number): void {
  const index = findSampleRateIndex(sampleRate);
  if (index >= 0) {
    bits.write(index, 4);
    return;
  }
  if (
    !Number.isInteger(sampleRate) ||
    sampleRate < 1 ||
    sampleRate >= 2 ** 24
  ) {
    throw new RangeError(
      `Cannot make an AudioSpecificConfig with a sample rate of ${sampleRate}: it is no integer from 1 to 16777215`,
    );
  }
  bits.write(OTHER_RATE, 4).write(sampleRate, 24);
}

/** Reads whether a frame has 960 samples, and not 1024, and passes over the rest. */
function readIsShort(bits: BitReader, objectType: number): boolean {
  if (!GENERAL_TYPES.has(objectType)) return false;
  const isShort = bits.readFlag();
  if (bits.readFlag()) bits.skip(14);
  bits.skip(1);
  return isShort;
}

/** Reads SBR and PS that are told behind all else, where older decoders do not look. */
function readExtension(
  bits: BitReader,
  core: Pick<AacConfig, "channelConfiguration">,
  size: number,
): Pick<AacConfig, "objectType" | "sampleRate"> | undefined {
  // Behind a list of channels nobody looks for it.
  const isLooked = core.channelConfiguration > 0 && size >= 32;
  if (!isLooked || !hasMark(bits, SBR_MARK)) return undefined;
  if (readObjectType(bits) !== SBR || !bits.readFlag()) return undefined;
  const sampleRate = readSampleRate(bits);
  const hasStereo = hasMark(bits, PS_MARK) && bits.readFlag();
  return { objectType: hasStereo ? PARAMETRIC_STEREO : SBR, sampleRate };
}

/** Whether there is a mark, and something behind it. */
function hasMark(bits: BitReader, mark: number): boolean {
  return bits.left >= 12 && bits.read(11) === mark;
}

function toConfig(
  found: Omit<AacConfig, "coreFrameSamples" | "frameSamples"> & {
    readonly isShort: boolean;
  },
): AacConfig {
  const { isShort, ...rest } = found;
  const { objectType, coreSampleRate, sampleRate, channels } = rest;
  const coreFrameSamples = isShort ? 960 : 1024;
  const isDoubled = sampleRate === 2 * coreSampleRate;
  return {
    ...rest,
    channels: objectType === PARAMETRIC_STEREO && channels === 1 ? 2 : channels,
    coreFrameSamples,
    frameSamples: isDoubled ? 2 * coreFrameSamples : coreFrameSamples,
  };
}
