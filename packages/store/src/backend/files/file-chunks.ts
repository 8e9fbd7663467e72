import type { FileHandle } from "node:fs/promises";
import type { KnownByteRange } from "../../port/byte-range.ts";
import { StorageAccessError } from "../../error/storage-access-error.ts";
import { inStorage } from "./storage-failure.ts";

/** How bytes are moved from a file. */
export interface FileReading {
  /** Its path, for errors. */
  readonly file: string;
  /** Throws once it should stop. */
  readonly check: () => void;
}

/** What is read in pieces comes in pieces of at most this. */
const CHUNK_BYTES = 256 * 1024;

// One read that is as large as the file would keep a thread of the pool until it is done.
const stepBytes = 8 * 1024 * 1024;

/** Reads a range of a file as a whole. */
export async function readWhole(
  handle: FileHandle,
  { start, end }: KnownByteRange,
  reading: FileReading,
): Promise<Uint8Array> {
  const whole = allocate(end - start);
  for (let at = 0; at < whole.byteLength; at += stepBytes) {
    reading.check();
    const step = whole.subarray(at, at + stepBytes);
    await fill(handle, step, start + at, reading);
  }
  return whole;
}

/** Reads a range of a file piece by piece; each piece is the reader's own. */
export async function* readChunks(
  handle: FileHandle,
  { start, end }: KnownByteRange,
  reading: FileReading,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = start; at < end; at += CHUNK_BYTES) {
    reading.check();
    const chunk = allocate(Math.min(CHUNK_BYTES, end - at));
    await fill(handle, chunk, at, reading);
    yield chunk;
  }
}

/** Writes bytes where a file ends; the system may take fewer at once than it is given. */
export async function append(
  handle: FileHandle,
  bytes: Uint8Array,
): Promise<void> {
  for (let at = 0; at < bytes.byteLength;) {
    const length = Math.min(stepBytes, bytes.byteLength - at);
    const { bytesWritten } = await handle.write(bytes, at, length);
    at += bytesWritten;
  }
}

async function fill(
  handle: FileHandle,
  target: Uint8Array,
  position: number,
  { file }: FileReading,
): Promise<void> {
  for (let at = 0; at < target.byteLength;) {
    const { bytesRead } = await inStorage(
      file,
      handle.read(target, at, target.byteLength - at, position + at),
    );
    if (bytesRead === 0) {
      throw new StorageAccessError(
        file,
        "it became shorter while it was read: something else has changed it",
      );
    }
    at += bytesRead;
  }
}

/** Makes bytes that are not zeroed, since all of them are read into. */
function allocate(sizeBytes: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(sizeBytes).buffer);
}
