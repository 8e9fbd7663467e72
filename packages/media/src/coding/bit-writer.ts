/** Writes numbers as bits, the highest bit of each byte first. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;

  /** Writes a number of up to 32 bits, without a sign. */
  write(value: number, count: number): this {
    for (let left = count - 1; left >= 0; left--) {
      if (this.#bits % 8 === 0) this.#bytes.push(0);
      const bit = Math.floor(value / 2 ** left) % 2;
      const last = this.#bytes.length - 1;
      this.#bytes[last] =
        (this.#bytes[last] ?? 0) | (bit << (7 - (this.#bits % 8)));
      this.#bits += 1;
    }
    return this;
  }

  /** Gives all bytes; the last is filled up with zeros. */
  toBytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
