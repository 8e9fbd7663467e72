/** Below this a chunk that has to wait is copied behind the one before it. */
const smallChunk = 1024;
const [smallestTail, largestTail] = [64, 16 * smallChunk];

/** Bytes that came in chunks and wait to be taken, in pieces of any size. */
export class ByteQueue {
  readonly #chunks: Uint8Array[] = [];
  /** The tail that small chunks are gathered in, and how much of it is used. */
  #tail: Uint8Array | undefined;
  #tailUsed = 0;
  #length = 0;
  #offset = 0;

  /** How many bytes wait. */
  get length(): number {
    return this.#length;
  }

  /** How many bytes were taken or dropped. */
  get offset(): number {
    return this.#offset;
  }

  /** Appends a chunk, which is not copied unless it is small and has to wait. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (this.#length > 0 && chunk.length < smallChunk) this.#gather(chunk);
    else this.#append(chunk, undefined);
    this.#length += chunk.length;
  }

  /**
   * Shows the first bytes, and leaves them: a view, if one chunk has them all.
   *
   * @param size How many; so many must be there.
   */
  peek(size: number): Uint8Array {
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= size) {
      return first.subarray(0, size);
    }
    return this.#join(size);
  }

  /**
   * Takes the first bytes: a view, if one chunk has them all.
   *
   * @param size How many; so many must be there.
   */
  take(size: number): Uint8Array {
    const bytes = this.peek(size);
    this.drop(size);
    return bytes;
  }

  /**
   * Lets go of the first bytes, as far as they are there.
   *
   * @returns How many they were.
   */
  drop(size: number): number {
    const dropped = Math.min(size, this.#length);
    let rest = dropped;
    let whole = 0;
    for (const chunk of this.#chunks) {
      if (chunk.length > rest) break;
      rest -= chunk.length;
      whole += 1;
    }
    this.#chunks.splice(0, whole);
    const [first] = this.#chunks;
    if (first !== undefined) this.#chunks[0] = first.subarray(rest);
    else this.#tail = undefined;
    this.#length -= dropped;
    this.#offset += dropped;
    return dropped;
  }

  #append(chunk: Uint8Array, tail: Uint8Array | undefined): void {
    this.#chunks.push(chunk);
    this.#tail = tail;
    this.#tailUsed = chunk.length;
  }

  /** So that many small chunks do not weigh more than what they hold. */
  #gather(chunk: Uint8Array): void {
    const tail = this.#tail;
    const last = this.#chunks.at(-1);
    const used = this.#tailUsed;
    if (
      tail === undefined ||
      last === undefined ||
      used + chunk.length > tail.length
    ) {
      const fresh = new Uint8Array(this.#findTailSize(chunk.length));
      fresh.set(chunk);
      this.#append(fresh.subarray(0, chunk.length), fresh);
      return;
    }
    tail.set(chunk, used);
    this.#tailUsed = used + chunk.length;
    const start = last.byteOffset - tail.byteOffset;
    this.#chunks[this.#chunks.length - 1] = tail.subarray(
      start,
      this.#tailUsed,
    );
  }

  /** No tail is much larger than what waits, for what is taken may keep it. */
  #findTailSize(needed: number): number {
    const size = Math.max(this.#length, needed, smallestTail);
    return Math.min(size, largestTail);
  }

  /** Makes one chunk of the first bytes. */
  #join(size: number): Uint8Array {
    const joined = new Uint8Array(size);
    let filled = 0;
    let whole = 0;
    for (const chunk of this.#chunks) {
      const part = chunk.subarray(0, size - filled);
      joined.set(part, filled);
      filled += part.length;
      if (part.length < chunk.length) {
        this.#chunks[whole] = chunk.subarray(part.length);
        break;
      }
      whole += 1;
      if (filled === size) break;
    }
    this.#chunks.splice(0, whole, joined);
    if (this.#chunks.length === 1) this.#tail = undefined;
    return joined;
  }
}
