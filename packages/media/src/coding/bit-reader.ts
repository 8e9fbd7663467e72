import { FormatError } from "../error/format-error.ts";

/** What bits are read of. */
export interface BitReaderOptions {
  /** The format that they should follow, as errors name it: `H.264`. */
  readonly format: string;
  /** Where the first byte is in what the reader of errors knows; 0 by default. */
  readonly offset?: number;
  /**
   * Whether a 3 behind two zeros is there to keep start codes out, and is passed over
   * (Rec. ITU-T H.264, 7.4.1); false by default.
   */
  readonly isEscaped?: boolean;
}

/** Reads numbers out of bits, the highest bit of each byte first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #options: BitReaderOptions;
  /** The next byte. */
  #next = 0;
  #zeros = 0;
  #byte = 0;
  /** How many bits of the byte are left. */
  #bits = 0;

  constructor(bytes: Uint8Array, options: BitReaderOptions) {
    this.#bytes = bytes;
    this.#options = options;
  }

  /** How many bits are left; of escaped ones, at most. */
  get left(): number {
    return (this.#bytes.length - this.#next) * 8 + this.#bits;
  }

  /** How many bytes were begun. */
  get position(): number {
    return this.#next;
  }

  /** Reads a number of up to 32 bits, without a sign. */
  read(count: number): number {
    let value = 0;
    for (let left = count; left > 0;) {
      if (this.#bits === 0) this.#advance();
      const taken = Math.min(left, this.#bits);
      this.#bits -= taken;
      left -= taken;
      const part = (this.#byte >> this.#bits) & ((1 << taken) - 1);
      value = value * 2 ** taken + part;
    }
    return value;
  }

  /** Reads one bit. */
  readFlag(): boolean {
    return this.read(1) === 1;
  }

  /** Passes over bits. */
  skip(count: number): void {
    for (let left = count; left > 0; left -= 32) this.read(Math.min(left, 32));
  }

  /** Reads a number of Exp-Golomb code without a sign: `ue(v)`. */
  readUnsigned(): number {
    let zeros = 0;
    while (!this.readFlag()) {
      zeros += 1;
      if (zeros > 32) throw this.createError("a number has more than 32 bits");
    }
    return 2 ** zeros - 1 + this.read(zeros);
  }

  /** Reads a number of Exp-Golomb code with a sign: `se(v)`. */
  readSigned(): number {
    const code = this.readUnsigned();
    return code % 2 === 0 ? -code / 2 : (code + 1) / 2;
  }

  /**
   * Makes an error that tells where it is.
   *
   * @param problem What is wrong.
   * @param position The byte at fault; the one that was read last by default.
   */
  createError(
    problem: string,
    position: number = Math.max(0, this.#next - 1),
  ): FormatError {
    return this.#toError("MEDIA_MALFORMED", position, problem);
  }

  #advance(): void {
    let byte = this.#take();
    if (this.#options.isEscaped === true) {
      if (this.#zeros >= 2 && byte === 3) {
        this.#zeros = 0;
        byte = this.#take();
      }
      this.#zeros = byte === 0 ? this.#zeros + 1 : 0;
    }
    this.#byte = byte;
    this.#bits = 8;
  }

  #take(): number {
    const byte = this.#bytes[this.#next];
    if (byte === undefined) {
      throw this.#toError(
        "MEDIA_TRUNCATED",
        this.#next,
        "it ends within its header",
      );
    }
    this.#next += 1;
    return byte;
  }

  #toError(
    code: FormatError["code"],
    position: number,
    problem: string,
  ): FormatError {
    const { format, offset = 0 } = this.#options;
    return new FormatError({
      code,
      format,
      offset: offset + position,
      problem,
    });
  }
}
