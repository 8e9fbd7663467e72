/** Bytes that are put one behind the other. */
export class ByteList {
  readonly #parts: Uint8Array[] = [];

  /** @param bytes The first ones. */
  constructor(bytes: Iterable<number> = []) {
    this.append(bytes);
  }

  /** Appends bytes. */
  append(bytes: Iterable<number>): void {
    this.#parts.push(Uint8Array.from(bytes));
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
