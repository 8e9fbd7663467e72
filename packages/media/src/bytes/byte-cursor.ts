import { FormatError } from "../error/format-error.ts";

/** What a cursor needs to tell where it is when something is wrong. */
export interface CursorPlace {
  /** The format, such as `GSF`. */
  readonly format: string;
  /** What the bytes are, such as `"comp"`. */
  readonly what: string;
  /** Where they start in all that is read. */
  readonly offset: number;
}

/** Reads little-endian values out of bytes, one after the other. */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #place: CursorPlace;
  #position = 0;

  constructor(bytes: Uint8Array, place: CursorPlace) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#place = place;
  }

  /** Where the next byte is in all that is read. */
  get offset(): number {
    return this.#place.offset + this.#position;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#bytes.length - this.#position;
  }

  readUint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  readUint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  readInt16(): number {
    return this.#view.getInt16(this.#advance(2), true);
  }

  readUint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  readInt32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  readUint48(): number {
    const low = this.readUint32();
    return this.readUint16() * 2 ** 32 + low;
  }

  readInt64(): bigint {
    return this.#view.getBigInt64(this.#advance(8), true);
  }

  /** Gives a view of so many bytes. */
  readBytes(size: number): Uint8Array {
    const start = this.#advance(size);
    return this.#bytes.subarray(start, start + size);
  }

  /** Gives a cursor of its own over so many bytes. */
  readPart(size: number, what: string): ByteCursor {
    const { format } = this.#place;
    const { offset } = this;
    return new ByteCursor(this.readBytes(size), { format, what, offset });
  }

  /**
   * Makes an error that tells where it was found.
   *
   * @param problem What is wrong.
   * @param back How many bytes before the next one it begins.
   * @param options The error's `cause`, if it has one.
   */
  createError(problem: string, back = 0, options?: ErrorOptions): FormatError {
    return new FormatError(
      {
        code: "MEDIA_MALFORMED",
        format: this.#place.format,
        offset: this.offset - back,
        problem,
      },
      options,
    );
  }

  #advance(size: number): number {
    const position = this.#position;
    if (size > this.left) {
      const { what } = this.#place;
      throw this.createError(
        `${what} should go on for ${size} bytes, and has ${this.left}`,
      );
    }
    this.#position += size;
    return position;
  }
}
