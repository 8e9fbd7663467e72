/** Writes little-endian values into bytes that grow as needed. */
export class ByteBuilder {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** How many bytes were written. */
  get length(): number {
    return this.#length;
  }

  writeUint8(value: number): void {
    const position = this.#advance(1);
    this.#view.setUint8(position, value);
  }

  writeUint16(value: number): void {
    const position = this.#advance(2);
    this.#view.setUint16(position, value, true);
  }

  writeInt16(value: number): void {
    const position = this.#advance(2);
    this.#view.setInt16(position, value, true);
  }

  writeUint32(value: number): void {
    const position = this.#advance(4);
    this.#view.setUint32(position, value, true);
  }

  writeInt32(value: number): void {
    const position = this.#advance(4);
    this.#view.setInt32(position, value, true);
  }

  writeUint48(value: number): void {
    this.writeUint32(value % 2 ** 32);
    this.writeUint16(Math.floor(value / 2 ** 32));
  }

  writeInt64(value: bigint): void {
    const position = this.#advance(8);
    this.#view.setBigInt64(position, value, true);
  }

  writeBytes(bytes: Uint8Array): void {
    const position = this.#advance(bytes.length);
    this.#bytes.set(bytes, position);
  }

  /** Writes zeros. */
  writeZeros(size: number): void {
    this.#advance(size);
  }

  /** Writes over what was written before. */
  setUint32(position: number, value: number): void {
    this.#view.setUint32(position, value, true);
  }

  /** Gives a view of what was written; write no more then. */
  toBytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Makes room for so many bytes, which may change the view, and tells where. */
  #advance(size: number): number {
    const position = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) this.#grow();
    return position;
  }

  #grow(): void {
    const grown = new Uint8Array(
      Math.max(2 * this.#bytes.length, this.#length),
    );
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
