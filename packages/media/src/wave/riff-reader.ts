import { FormatError, type FormatErrorCode } from "../error/format-error.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { WaveContainer } from "./wave-item.ts";

/** What a size of 32 bits says if it is somewhere else, or nobody knows it. */
export const UNKNOWN_32 = 0xffffffff;
const UNKNOWN_64 = 0xffffffffffffffffn;

/** The length of a `ds64` chunk without a table. */
export const SIZES_BYTES = 28;

/** The beginning of a chunk. */
export interface ChunkStart {
  readonly id: string;
  /** Where its head is. */
  readonly offset: number;
  /** The length of its body; absent if nobody knows it. */
  readonly size: number | undefined;
}

/** The chunks of a RIFF file of any size. */
export class RiffReader {
  readonly bytes: ByteReader;
  readonly container: WaveContainer;
  /** Where the file should end; absent if it does not know. */
  readonly end: number | undefined;
  readonly #sizes: ReadonlyMap<string, number | undefined>;

  private constructor(bytes: ByteReader, start: RiffStart) {
    this.bytes = bytes;
    this.container = start.container;
    this.end = start.end;
    this.#sizes = start.sizes;
  }

  /**
   * Reads the head of the file.
   *
   * Source: Microsoft and IBM, RIFF (1991); EBU Tech 3306 (RF64); ITU-R BS.2088 (BW64).
   */
  static async open(bytes: ByteReader): Promise<RiffReader> {
    const head = await readWhole(bytes, 12, "its head");
    const container = decodeId(head, 0);
    if (!isContainer(container)) {
      throw malformed(0, `it does not begin with RIFF, RF64 or BW64`);
    }
    if (decodeId(head, 8) !== "WAVE") {
      throw malformed(8, "it is a RIFF file, but none of sound");
    }
    const size = toView(head).getUint32(4, true);
    const start =
      container === "RIFF"
        ? { container, end: toEnd(size), sizes: new Map<string, number>() }
        : await readSizes(bytes, container, size);
    return new RiffReader(bytes, start);
  }

  /** Reads the head of the next chunk; nothing if the file ends in front of it. */
  async readChunkStart(): Promise<ChunkStart | undefined> {
    const { offset } = this.bytes;
    if (offset === this.end || (await this.bytes.getReady()) === 0) {
      return undefined;
    }
    const head = await readWhole(this.bytes, 8, "the head of a chunk");
    const id = decodeId(head, 0);
    const size = toView(head).getUint32(4, true);
    if (size !== UNKNOWN_32) return this.#check({ id, offset, size });
    return this.#check({ id, offset, size: this.#sizes.get(id) });
  }

  /** Leaves out the byte that makes a chunk's length even, as far as it is there. */
  async skipPadding(size: number): Promise<void> {
    if (size % 2 === 1 && this.bytes.offset !== this.end) {
      await this.bytes.skip(1);
    }
  }

  #check(start: ChunkStart): ChunkStart {
    const end = start.offset + 8 + (start.size ?? 0);
    if (this.end === undefined || end <= this.end || isUnset(start, this.end)) {
      return start;
    }
    throw malformed(
      start.offset,
      `the chunk '${start.id}' ends at byte ${end}, but the file says that it ends at ${this.end}`,
    );
  }
}

/**
 * Whether the samples' length was never filled in: it is 0, and the file's length does not
 * reach beyond.
 */
export function isUnset(start: ChunkStart, end: number | undefined): boolean {
  if (start.id !== "data" || (start.size ?? 0) !== 0) return false;
  return end === undefined || end <= start.offset + 8;
}

/** Makes the error of bytes that nothing could mend. */
export function malformed(offset: number, problem: string): FormatError {
  return fail("MEDIA_MALFORMED", offset, problem);
}

/** Makes the error of bytes that end too early. */
export function truncated(offset: number, problem: string): FormatError {
  return fail("MEDIA_TRUNCATED", offset, problem);
}

/** Reads so many bytes, or fails. */
export async function readWhole(
  bytes: ByteReader,
  length: number,
  name: string,
): Promise<Uint8Array> {
  const data = await bytes.read(length);
  if (data.length === length) return data;
  throw truncated(bytes.offset, `the file ends within ${name}`);
}

interface RiffStart {
  readonly container: WaveContainer;
  readonly end: number | undefined;
  readonly sizes: ReadonlyMap<string, number | undefined>;
}

async function readSizes(
  bytes: ByteReader,
  container: WaveContainer,
  riffSize: number,
): Promise<RiffStart> {
  const { offset } = bytes;
  const head = await readWhole(bytes, 8, "the head of a chunk");
  const length = toView(head).getUint32(4, true);
  if (decodeId(head, 0) !== "ds64" || length < SIZES_BYTES - 4) {
    throw malformed(
      offset,
      `the first chunk of ${container} is no whole 'ds64'`,
    );
  }
  const fields = await readWhole(bytes, 24, "'ds64'");
  const view = toView(fields);
  const sizes = new Map<string, number | undefined>();
  sizes.set("data", toSize(view.getBigUint64(8, true), offset + 16));
  await readTable(bytes, length - 24, sizes);
  const size =
    riffSize === UNKNOWN_32
      ? toSize(view.getBigUint64(0, true), offset + 8)
      : riffSize;
  return { container, end: toEnd(size), sizes };
}

/** Reads the sizes of other chunks that are above 4 GiB. */
async function readTable(
  bytes: ByteReader,
  length: number,
  sizes: Map<string, number | undefined>,
): Promise<void> {
  if (length < 4) {
    await skipWhole(bytes, length + (length % 2));
    return;
  }
  const { offset } = bytes;
  const count = toView(await readWhole(bytes, 4, "'ds64'")).getUint32(0, true);
  if (count * 12 > length - 4 || count > MOST_TABLE_ENTRIES) {
    throw malformed(
      offset,
      `a table of ${count} sizes in a 'ds64' chunk of ${length + 24} bytes`,
    );
  }
  for (let entry = 0; entry < count; entry++) {
    const at = bytes.offset;
    const data = await readWhole(bytes, 12, "'ds64'");
    const size = toSize(toView(data).getBigUint64(4, true), at + 4);
    if (decodeId(data, 0) !== "data") sizes.set(decodeId(data, 0), size);
  }
  const rest = length - 4 - count * 12;
  await skipWhole(bytes, rest + (length % 2));
}

/** Leaves out the rest of the 'ds64' chunk, or fails. */
async function skipWhole(bytes: ByteReader, length: number): Promise<void> {
  if ((await bytes.skip(length)) === length) return;
  throw truncated(bytes.offset, "the file ends within 'ds64'");
}

const MOST_TABLE_ENTRIES = 1000;

function toSize(size: bigint, offset: number): number | undefined {
  if (size === UNKNOWN_64) return undefined;
  if (size <= BigInt(Number.MAX_SAFE_INTEGER) - 0x100000000n) {
    return Number(size);
  }
  throw malformed(offset, `a size of ${size} bytes`);
}

function toEnd(size: number | undefined): number | undefined {
  return size === undefined || size === 0 || size === UNKNOWN_32
    ? undefined
    : size + 8;
}

function isContainer(id: string): id is WaveContainer {
  return id === "RIFF" || id === "RF64" || id === "BW64";
}

function decodeId(data: Uint8Array, at: number): string {
  return String.fromCharCode(...data.subarray(at, at + 4));
}

function toView(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.length);
}

function fail(
  code: FormatErrorCode,
  offset: number,
  problem: string,
): FormatError {
  return new FormatError({ code, format: "WAV", offset, problem });
}
