import type { Stream } from "sluice";

/** Which bytes of an object are read: from `start` up to, and without, `end`. */
export interface ByteRange {
  /** The first byte; 0 by default. */
  readonly start?: number;
  /** The first byte that is no longer read; the object's size by default. */
  readonly end?: number;
}

/** What is known of an object in a bucket. */
export interface StoredObject {
  /** Its key. */
  readonly key: string;
  /** How many bytes it has. */
  readonly sizeBytes: number;
}

/** What a bucket tells of an object that was written. */
export interface WrittenObject extends StoredObject {
  /** SHA-256 of its bytes, in hexadecimal digits. */
  readonly sha256: string;
}

/**
 * The low port of bytes: objects by key. It never sees time.
 *
 * Keys are any text that is not empty, `..` and `/` among it: a bucket makes them safe.
 * An object is there as a whole or not at all, whatever happens while it is written.
 */
export interface ObjectBucket {
  /**
   * Writes an object; when it resolves, the object outlives a loss of power.
   *
   * @throws {ObjectExistsError} If there is one with this key: objects never change.
   * @throws {StorageFullError} If there is no room. Nothing is left then.
   */
  write(
    key: string,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<WrittenObject>;
  /**
   * Reads an object, or a range of it, as a whole.
   *
   * @throws {ObjectNotFoundError} If there is none.
   * @throws {RangeError} If the range is not within it.
   */
  read(
    key: string,
    options?: ByteRange & { readonly signal?: AbortSignal | undefined },
  ): Promise<Uint8Array>;
  /** Reads an object, or a range of it, in chunks of bounded size; fails as `read` does. */
  stream(key: string, range?: ByteRange): Stream<Uint8Array>;
  /** Tells what is known of an object; nothing, if there is none. */
  find(key: string): Promise<StoredObject | undefined>;
  /** Removes an object; false, if there was none. */
  remove(key: string): Promise<boolean>;
  /** Lists all objects, in no order. */
  list(): Stream<StoredObject>;
  /** Tells where others can read an object; absent, or nothing, if they cannot. */
  getUrl?(key: string): string | undefined;
}
