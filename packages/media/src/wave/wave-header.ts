import { encodeFormatChunk } from "./format-chunk.ts";
import { SIZES_BYTES, UNKNOWN_32 } from "./riff-reader.ts";
import type { WaveContainer } from "./wave-item.ts";
import {
  checkInteger,
  checkWaveFormat,
  getWaveFrameBytes,
  isFloat,
  type WaveFormat,
} from "./wave-format.ts";

/** A chunk to be written beside the samples. */
export interface WaveChunkData {
  /** Four ASCII characters; not those of the file's own chunks. */
  readonly id: string;
  /** Its body; up to 4 GiB. */
  readonly data: Uint8Array;
}

/** What the head of a WAV file depends on, beside the format. */
export interface WaveHeaderOptions {
  /**
   * How many frames there will be. Absent: nobody knows yet, so the sizes say so
   * (0xFFFFFFFF), and room is reserved.
   */
  readonly numberOfFrames?: number;
  /**
   * Reserves room for sizes of 64 bits, so that the head has the same length whatever
   * they are, and can be written over; false by default if the frames are counted.
   */
  readonly reserve?: boolean;
  /**
   * `RIFF` by default, and `RF64` if the sizes need 64 bits; `RF64` and `BW64` can be
   * asked for.
   */
  readonly container?: WaveContainer;
  /** Chunks before the samples, such as `bext` and `LIST`. */
  readonly chunks?: readonly WaveChunkData[];
  /** Chunks behind the samples; only if the frames are counted. */
  readonly trailingChunks?: readonly WaveChunkData[];
}

/**
 * Writes the head of a WAV file: all that comes before the first sample.
 *
 * {@linkcode writeWave} begins with it. Written again, with the frames counted and with
 * `reserve`, it has the same length, and goes over the head of a file that was recorded
 * without knowing its length. If the samples are an odd number of bytes, a zero byte
 * belongs behind them.
 *
 * Source: Microsoft and IBM, RIFF and WAVE; EBU Tech 3306, where `JUNK` becomes `ds64`.
 *
 * @param format What the file says of its sound.
 * @param options How many frames there are, and what else is in the file.
 * @returns The bytes.
 * @throws {TypeError} If the format is none that can be written, or chunks are to follow
 * samples whose number is not known.
 * @throws {RangeError} If a number is out of bounds, a chunk's name is not four
 * characters of its own, or the file is too large for the container asked for.
 *
 * @example Put the length in when the recording is over
 * ```ts
 * import { encodeWaveHeader, type WaveFormat } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const format: WaveFormat = {
 *   sampleFormat: "s16",
 *   numberOfChannels: 1,
 *   sampleRate: 48000,
 * };
 * const before = encodeWaveHeader(format);
 * const after = encodeWaveHeader(format, { numberOfFrames: 9600, reserve: true });
 *
 * assert.equal(before.length, after.length);
 * ```
 */
export function encodeWaveHeader(
  format: WaveFormat,
  options: WaveHeaderOptions = {},
): Uint8Array {
  checkWaveFormat(format);
  checkChunks(options);
  const body = encodeBody(format, options);
  const { name, sizes } = computeLayout(format, options, body.length);
  const isLong = name !== "RIFF";
  return joinBytes([
    encodeId(name),
    encodeSize(isLong ? undefined : sizes.riff),
    encodeId("WAVE"),
    encodeRoom(isLong ? sizes : undefined, reservesRoom(options)),
    body,
    encodeId("data"),
    encodeSize(isLong ? undefined : sizes.data),
  ]);
}

/** Writes a chunk, with its padding. */
export function encodeChunk({ id, data }: WaveChunkData): Uint8Array {
  const padding = new Uint8Array(data.length % 2);
  return joinBytes([encodeId(id), encodeSize(data.length), data, padding]);
}

/** What a `ds64` chunk says; absent is unknown. */
interface Sizes {
  readonly riff: number | undefined;
  readonly data: number | undefined;
  readonly frames: number | undefined;
}

const OWN_CHUNKS: readonly string[] = ["fmt ", "data", "ds64", "fact", "JUNK"];

function checkChunks({
  numberOfFrames,
  chunks = [],
  trailingChunks = [],
}: WaveHeaderOptions): void {
  for (const chunk of [...chunks, ...trailingChunks]) checkChunk(chunk);
  if (numberOfFrames !== undefined || trailingChunks.length === 0) return;
  throw new TypeError(
    "Cannot write chunks behind the samples of WAV: their number is not known beforehand",
  );
}

function checkChunk({ id, data }: WaveChunkData): void {
  if (!/^[ -~]{4}$/.test(id) || OWN_CHUNKS.includes(id)) {
    throw new RangeError(
      `Cannot write '${id}' as a chunk of WAV: it takes four ASCII characters, but ${OWN_CHUNKS.map((own) => `'${own}'`).join(", ")}`,
    );
  }
  checkInteger(`bytes in the chunk '${id}'`, data.length, 0, UNKNOWN_32 - 1);
}

/** Whether there is room for sizes of 64 bits, whatever they are. */
function reservesRoom({ reserve, numberOfFrames }: WaveHeaderOptions): boolean {
  return reserve ?? numberOfFrames === undefined;
}

/** Finds out how the file says its sizes, and which they are. */
function computeLayout(
  format: WaveFormat,
  options: WaveHeaderOptions,
  bodyLength: number,
): { readonly name: WaveContainer; readonly sizes: Sizes } {
  const { container = "RIFF", numberOfFrames: frames } = options;
  const data = computeDataBytes(format, frames);
  const bodyBytes = bodyLength + computeTailBytes(data ?? 0, options);
  const roomBytes = 8 + SIZES_BYTES;
  const shortBytes = bodyBytes + (reservesRoom(options) ? roomBytes : 0);
  const fits = container === "RIFF" && shortBytes < UNKNOWN_32;
  const riff = fits ? shortBytes : bodyBytes + roomBytes;
  return {
    name: fits || container !== "RIFF" ? container : "RF64",
    sizes: { riff: data === undefined ? undefined : riff, data, frames },
  };
}

/** Gives the bytes from the end of the body to the end of the file, and those of `WAVE`. */
function computeTailBytes(
  dataBytes: number,
  { trailingChunks = [] }: WaveHeaderOptions,
): number {
  return trailingChunks.reduce(
    (sum, { data }) => sum + 8 + evenly(data.length),
    4 + 8 + evenly(dataBytes),
  );
}

function computeDataBytes(
  format: WaveFormat,
  numberOfFrames: number | undefined,
): number | undefined {
  if (numberOfFrames === undefined) return undefined;
  const frameBytes = getWaveFrameBytes(format);
  // A reader adds the other chunks' lengths to it, and stays exact.
  const most = Math.floor((Number.MAX_SAFE_INTEGER - 2 ** 40) / frameBytes);
  checkInteger("numberOfFrames", numberOfFrames, 0, most);
  return numberOfFrames * frameBytes;
}

/** All chunks between the room and the samples. */
function encodeBody(
  format: WaveFormat,
  { numberOfFrames, chunks = [] }: WaveHeaderOptions,
): Uint8Array {
  const parts = [encodeChunk({ id: "fmt ", data: encodeFormatChunk(format) })];
  if (isFloat(format.sampleFormat)) {
    const count = Math.min(numberOfFrames ?? UNKNOWN_32, UNKNOWN_32);
    parts.push(encodeChunk({ id: "fact", data: encodeSize(count) }));
  }
  return joinBytes([...parts, ...chunks.map(encodeChunk)]);
}

/** Writes a `ds64` chunk, or one that keeps room for it. */
function encodeRoom(sizes: Sizes | undefined, reserves: boolean): Uint8Array {
  const data = new Uint8Array(SIZES_BYTES);
  if (sizes === undefined) {
    return reserves ? encodeChunk({ id: "JUNK", data }) : new Uint8Array(0);
  }
  const view = new DataView(data.buffer);
  [sizes.riff, sizes.data, sizes.frames].forEach((size, index) => {
    view.setBigInt64(index * 8, size === undefined ? -1n : BigInt(size), true);
  });
  return encodeChunk({ id: "ds64", data });
}

function encodeId(id: string): Uint8Array {
  return Uint8Array.from(id, (character) => character.charCodeAt(0));
}

function encodeSize(size: number | undefined): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, size ?? UNKNOWN_32, true);
  return bytes;
}

function evenly(length: number): number {
  return length + (length % 2);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
