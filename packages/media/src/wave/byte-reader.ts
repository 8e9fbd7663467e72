import type { Stream, StreamScope } from "sluice";

const EMPTY = new Uint8Array(0);

/**
 * Reads runs of bytes out of chunks of any size.
 *
 * Holds one chunk. What is read are views of it, except a run that goes over the end of
 * a chunk, which is a copy.
 */
export class ByteReader {
  readonly #chunks: Stream<Uint8Array>;
  readonly #guard: StreamScope["guard"];
  #chunk: Uint8Array = EMPTY;
  #at = 0;
  #offset = 0;

  /** @param chunks Is read, and not closed. */
  constructor(chunks: Stream<Uint8Array>, guard: StreamScope["guard"]) {
    this.#chunks = chunks;
    this.#guard = guard;
  }

  /** Where the next byte is, from the start. */
  get offset(): number {
    return this.#offset;
  }

  /** Gives the number of bytes that can be read as a view; 0 only at the end. */
  async getReady(): Promise<number> {
    while (this.#at === this.#chunk.length) {
      const result = await this.#guard(this.#chunks.next());
      if (result.done === true) return 0;
      if (!(result.value instanceof Uint8Array)) {
        throw new TypeError(
          "Cannot read bytes: the source gave something that is no Uint8Array",
        );
      }
      this.#chunk = result.value;
      this.#at = 0;
    }
    return this.#chunk.length - this.#at;
  }

  /** Reads so many bytes; fewer only at the end. */
  async read(length: number): Promise<Uint8Array> {
    const first = this.#take(Math.min(length, await this.getReady()));
    if (first.length === length) return first;
    const parts = [first];
    for (let missing = length - first.length; missing > 0;) {
      const ready = await this.getReady();
      if (ready === 0) break;
      const part = this.#take(Math.min(missing, ready));
      parts.push(part);
      missing -= part.length;
    }
    return join(parts);
  }

  /** Leaves out so many bytes, and gives how many there were. */
  async skip(length: number): Promise<number> {
    let missing = length;
    while (missing > 0) {
      const ready = await this.getReady();
      if (ready === 0) break;
      missing -= this.#take(Math.min(missing, ready)).length;
    }
    return length - missing;
  }

  #take(length: number): Uint8Array {
    const start = this.#at;
    this.#at += length;
    this.#offset += length;
    return this.#chunk.subarray(start, this.#at);
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
