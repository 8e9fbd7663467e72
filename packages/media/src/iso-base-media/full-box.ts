import { truncated, type Box, type BoxBytes } from "./box.ts";

/**
 * Takes numbers out of a box that has a version and flags, one after the other.
 *
 * Source: ISO/IEC 14496-12, 4.2.2.
 */
export class FullBox {
  /** The first byte: which form the fields have. */
  readonly version: number;
  /** The 24 bits behind it: which fields there are. */
  readonly flags: number;
  readonly #view: DataView;
  readonly #box: Box;
  #at: number;

  constructor({ view }: BoxBytes, box: Box) {
    this.#view = view;
    this.#box = box;
    this.#at = box.body;
    const word = this.uint32();
    this.version = word >>> 24;
    this.flags = word & 0xff_ffff;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#box.end - this.#at;
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4));
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#advance(8));
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#advance(8));
  }

  /** Reads a number that has 32 bits in version 0, and 64 in version 1. */
  long(): bigint {
    return this.version === 0 ? BigInt(this.uint32()) : this.uint64();
  }

  /** Passes over bytes. */
  skip(size: number): void {
    this.#advance(size);
  }

  #advance(size: number): number {
    const at = this.#at;
    if (at + size > this.#box.end) {
      throw truncated(
        this.#box.end,
        `the box '${this.#box.type}' ends within its fields`,
      );
    }
    this.#at += size;
    return at;
  }
}
