import {
  PES_START_BYTES,
  decodePesHeader,
  type PesHeader,
} from "./pes-header.ts";

/** A PES packet that is over. */
export interface PesResult {
  /** Its header; absent if it cannot be right. */
  readonly header: PesHeader | undefined;
  /** Its payload, of its own memory. */
  readonly data: Uint8Array;
  /** How many bytes of it there were, with the header. */
  readonly bytes: number;
  /** How many bytes there were behind its end. */
  readonly surplus: number;
  readonly start: PesStart;
  readonly isComplete: boolean;
}

/** What the first packet of a PES packet says of it. */
export interface PesStart {
  readonly offset: number;
  readonly isRandomAccess: boolean;
  readonly isDiscontinuous: boolean;
}

const EMPTY = new Uint8Array(0);

/** Puts the PES packets of one PID together. Holds one, and its memory for the next. */
export class PesAssembler {
  #buffer = EMPTY;
  #length = 0;
  /** All bytes of it, if it says so; 0 if it goes on until the next begins. */
  #total = 0;
  #start: PesStart | undefined;
  #isComplete = true;

  /** Whether one has begun and is not over. */
  get isOpen(): boolean {
    return this.#start !== undefined;
  }

  /** Where the one that is open begins in the file. */
  get offset(): number {
    return this.#start?.offset ?? 0;
  }

  /** How many bytes it holds. */
  get length(): number {
    return this.#length;
  }

  /** Begins one. */
  begin(start: PesStart): void {
    this.#start = start;
    this.#length = 0;
    this.#total = 0;
    this.#isComplete = true;
  }

  /** Takes the payload of a packet. */
  append(bytes: Uint8Array, from: number, to: number): void {
    const before = this.#length;
    const length = before + to - from;
    if (this.#buffer.length < length) this.#grow(length);
    this.#buffer.set(bytes.subarray(from, to), before);
    this.#length = length;
    if (before < PES_START_BYTES && length >= PES_START_BYTES) {
      const [high = 0, low = 0] = this.#buffer.subarray(4, 6);
      const rest = (high << 8) | low;
      this.#total = rest === 0 ? 0 : PES_START_BYTES + rest;
    }
  }

  /** Whether all bytes are there that it says it has. */
  get isFull(): boolean {
    return this.#total > 0 && this.#length >= this.#total;
  }

  /** Says that a part of it is missing. */
  damage(): void {
    this.#isComplete = false;
  }

  /** Gives up the one that is open. */
  drop(): void {
    this.#start = undefined;
    this.#length = 0;
  }

  /** Gives the one that is open, and is over. */
  finish(): PesResult | undefined {
    const start = this.#start;
    if (start === undefined) return undefined;
    const end = this.#total > 0 ? this.#total : this.#length;
    const bytes = Math.min(end, this.#length);
    const header = decodePesHeader(this.#buffer.subarray(0, bytes));
    const result: PesResult = {
      header,
      data:
        header === undefined ? EMPTY : this.#buffer.slice(header.length, bytes),
      bytes,
      surplus: this.#length - bytes,
      start,
      isComplete: this.#isComplete && this.#length >= end,
    };
    this.drop();
    return result;
  }

  #grow(length: number): void {
    const grown = new Uint8Array(length + Math.max(length >> 1, 72));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}
