/** Bytes that are put one behind the other. */
export class ByteList {
  readonly #parts: Uint8Array[] = [];

  /** @param bytes The first ones. */
  constructor(bytes: Uint8Array | readonly number[] = []) {
    this.append(bytes);
  }

  /** Appends bytes, which are copied when all are joined. */
  append(bytes: Uint8Array | readonly number[]): void {
    this.#parts.push(
      bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes),
    );
  }

  /** Joins them. */
  toBytes(): Uint8Array {
    const size = this.#parts.reduce((sum, { length }) => sum + length, 0);
    const joined = new Uint8Array(size);
    let at = 0;
    for (const part of this.#parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }
}
