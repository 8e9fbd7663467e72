import { from, stream, type Stream } from "sluice";
import { ObjectExistsError } from "../../error/object-exists-error.ts";
import { ObjectNotFoundError } from "../../error/object-not-found-error.ts";
import { StorageFullError } from "../../error/storage-full-error.ts";
import { checkByteRange, resolveByteRange } from "../../port/byte-range.ts";
import { checkChunk, checkKey } from "../../port/check-object.ts";
import type {
  ByteRange,
  ObjectBucket,
  StoredObject,
  WrittenObject,
} from "../../port/object-bucket.ts";

/** How a bucket in memory is made. */
export interface MemoryBucketOptions {
  /** How many bytes all of its objects may have together; no bound by default. */
  readonly capacityBytes?: number;
}

// What is read in pieces comes in pieces of at most this.
const chunkBytes = 256 * 1024;

/**
 * A bucket that keeps its objects in memory: for tests, and for what need not last.
 *
 * Holds all bytes of all objects, and of those that are being written. What is given to it
 * and what it gives are copies.
 *
 * @example Write and read
 * ```ts
 * import { MemoryBucket } from "@sluice/store";
 * import assert from "node:assert/strict";
 *
 * const bucket = new MemoryBucket();
 * await bucket.write("a", new Uint8Array([1, 2, 3]));
 *
 * assert.deepEqual(await bucket.read("a", { start: 1 }), new Uint8Array([2, 3]));
 * ```
 */
export class MemoryBucket implements ObjectBucket {
  readonly #objects = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #capacityBytes: number;
  #usedBytes = 0;

  /**
   * @param options How much it may hold.
   * @throws {RangeError} If the capacity is negative, or no number.
   */
  constructor(options: MemoryBucketOptions = {}) {
    const { capacityBytes = Infinity } = options;
    if (!(capacityBytes >= 0)) {
      throw new RangeError(
        `Cannot make a bucket of ${capacityBytes} bytes: its capacity must be 0 or more`,
      );
    }
    this.#capacityBytes = capacityBytes;
  }

  /** @inheritDoc */
  async write(
    key: string,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<WrittenObject> {
    checkKey(key);
    const { signal } = options;
    signal?.throwIfAborted();
    this.#checkIsNew(key);
    let taken = 0;
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of toChunks(bytes, signal)) {
        checkChunk(key, chunk);
        this.#take(chunk.byteLength);
        taken += chunk.byteLength;
        chunks.push(chunk.slice());
      }
      const whole = join(chunks, taken);
      const sha256 = await computeSha256(whole);
      signal?.throwIfAborted();
      // Another writer of the same key may have been quicker.
      this.#checkIsNew(key);
      this.#objects.set(key, whole);
      taken = 0;
      return { key, sizeBytes: whole.byteLength, sha256 };
    } finally {
      this.#usedBytes -= taken;
    }
  }

  /** @inheritDoc */
  async read(
    key: string,
    options: ByteRange & { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Uint8Array> {
    checkKey(key);
    checkByteRange(options);
    options.signal?.throwIfAborted();
    return Promise.resolve(this.#find(key, options).slice());
  }

  /** @inheritDoc */
  stream(key: string, range: ByteRange = {}): Stream<Uint8Array> {
    checkKey(key);
    checkByteRange(range);
    const find = (): Uint8Array => this.#find(key, range);
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream's generator is asynchronous
    return stream(async function* () {
      const bytes = find();
      for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
        yield bytes.slice(at, at + chunkBytes);
      }
    });
  }

  /** @inheritDoc */
  async find(key: string): Promise<StoredObject | undefined> {
    checkKey(key);
    const bytes = this.#objects.get(key);
    return Promise.resolve(
      bytes === undefined ? undefined : { key, sizeBytes: bytes.byteLength },
    );
  }

  /** @inheritDoc */
  async remove(key: string): Promise<boolean> {
    checkKey(key);
    this.#usedBytes -= this.#objects.get(key)?.byteLength ?? 0;
    return Promise.resolve(this.#objects.delete(key));
  }

  /** @inheritDoc */
  list(): Stream<StoredObject> {
    return from(this.#objects).map(([key, { byteLength }]) => ({
      key,
      sizeBytes: byteLength,
    }));
  }

  #checkIsNew(key: string): void {
    if (this.#objects.has(key)) throw new ObjectExistsError(key);
  }

  #take(sizeBytes: number): void {
    if (this.#usedBytes + sizeBytes > this.#capacityBytes) {
      throw new StorageFullError("memory");
    }
    this.#usedBytes += sizeBytes;
  }

  #find(key: string, range: ByteRange): Uint8Array<ArrayBuffer> {
    const bytes = this.#objects.get(key);
    if (bytes === undefined) throw new ObjectNotFoundError(key);
    const { start, end } = resolveByteRange(key, range, bytes.byteLength);
    return bytes.subarray(start, end);
  }
}

function toChunks(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Stream<Uint8Array> {
  const source = bytes instanceof Uint8Array ? [bytes] : bytes;
  return from(source, signal === undefined ? {} : { signal });
}

function join(
  chunks: readonly Uint8Array[],
  sizeBytes: number,
): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

async function computeSha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
