import { FormatError } from "../error/format-error.ts";
import type { TransportStreamLoss } from "./transport-stream-item.ts";

/** The length of a packet. */
export const PACKET_BYTES = 188;
/** The byte that a packet begins with. */
export const SYNC = 0x47;

/**
 * From one packet to the next: bare, with a time of arrival before each (Blu-ray's M2TS),
 * or with a checksum behind each (DVB's 204 bytes).
 */
const STRIDES: readonly number[] = [PACKET_BYTES, 192, 204];

/** So many packets in a row are no chance. */
const ROW = 5;

/** So many bytes are kept while a next packet is looked for. */
const WINDOW = 100 * 204;

/** So many bytes at the start may be no packets, before it is no transport stream. */
const PROBE_BYTES = 0x100000;

const EMPTY: Uint8Array = new Uint8Array(0);

/**
 * Finds the packets in bytes that may have been lost or put in.
 *
 * A packet counts if another begins right behind it, or if those behind it go on in its
 * rhythm; one that does not end where it should is left out with what follows, up to
 * where five packets come in a row again. Holds what is left of a chunk, at most 20 kB.
 */
export class PacketFramer {
  /** The bytes in which the packet is. */
  bytes: Uint8Array = EMPTY;
  /** Where the packet begins in them. */
  at = 0;

  /** Memory for what goes over the end of a chunk. */
  #own = EMPTY;
  readonly #report: (loss: TransportStreamLoss) => void;
  /** From one packet to the next; 0 until there was one. */
  #stride = 0;
  #isEnded = false;
  #isInRhythm = false;

  // Places in the file:
  /** Where the bytes begin. */
  #base = 0;
  /** Where the next packet should be. */
  #next = 0;
  /** Where to look for one, while there is no rhythm. */
  #search = 0;
  /** Where what is left out begins, if that is no longer held. */
  #lostFrom: number | undefined;

  constructor(report: (loss: TransportStreamLoss) => void) {
    this.#report = report;
  }

  /** Where the packet is in the file. */
  get offset(): number {
    return this.#base + this.at;
  }

  /** Goes on with another chunk, when `next()` has found no more. */
  push(chunk: Uint8Array): void {
    const rest = this.#takeRest();
    if (rest.length === 0) {
      // A Node Buffer has its own slice(), which does not copy, and a slow subarray().
      this.bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
      return;
    }
    const length = rest.length + chunk.length;
    this.#keep(rest, length);
    this.#own.set(chunk, rest.length);
    this.bytes = this.#own.subarray(0, length);
  }

  /** No other chunk will come. */
  end(): void {
    this.#isEnded = true;
  }

  /** Lets go of the chunk: what is left of it is copied. */
  release(): void {
    const rest = this.#takeRest();
    this.#keep(rest, rest.length);
    this.bytes = this.#own.subarray(0, rest.length);
  }

  /**
   * Finds the next packet, if it is there.
   *
   * @throws {FormatError} If there has been none, and cannot be one.
   */
  next(): boolean {
    if (!this.#isInRhythm) return this.#seek();
    const { bytes } = this;
    const at = this.#next - this.#base;
    const following = at + this.#stride;
    if (following >= bytes.length && !this.#isEnded) return false;
    const isWhole =
      following < bytes.length
        ? bytes[following] === SYNC
        : at + PACKET_BYTES <= bytes.length;
    if (isWhole && bytes[at] === SYNC) {
      this.at = at;
      this.#next += this.#stride;
      return true;
    }
    this.#isInRhythm = false;
    this.#search = this.#next + 1;
    return this.#seek();
  }

  /** Gives the bytes from where the next packet should be. */
  #takeRest(): Uint8Array {
    const used = Math.min(this.#next - this.#base, this.bytes.length);
    this.#base += used;
    return this.bytes.subarray(used);
  }

  /** Copies bytes into memory of its own, with room for more. */
  #keep(rest: Uint8Array, length: number): void {
    if (this.#own.length >= length) {
      this.#own.set(rest);
      return;
    }
    this.#own = new Uint8Array(Math.max(length, 2 * PACKET_BYTES));
    this.#own.set(rest);
  }

  get #end(): number {
    return this.#base + this.bytes.length;
  }

  #seek(): boolean {
    for (; this.#search < this.#end; this.#search++) {
      const verdict = this.#test(this.#search - this.#base);
      if (verdict === "yes") return this.#resume();
      if (verdict === "wait") break;
    }
    if (this.#isEnded) {
      this.#giveUp();
    } else if (this.#search - this.#next > WINDOW) {
      this.#lostFrom ??= this.#next;
      this.#next = this.#search;
    }
    if (this.#stride === 0 && this.#search > PROBE_BYTES) this.#refuse();
    return false;
  }

  /** Whether packets come in a row from here. */
  #test(at: number): "yes" | "no" | "wait" {
    if (this.bytes[at] !== SYNC) return "no";
    const strides = this.#stride === 0 ? STRIDES : [this.#stride];
    const verdicts = strides.map((stride) => this.#testRow(at, stride));
    const found = verdicts.indexOf("yes");
    if (found < 0) return verdicts.includes("wait") ? "wait" : "no";
    this.#stride = strides[found] ?? PACKET_BYTES;
    return "yes";
  }

  #testRow(at: number, stride: number): "yes" | "no" | "wait" {
    const row = this.#countRow(at, stride);
    if (row === ROW) return "yes";
    if (at + row * stride < this.bytes.length) return "no";
    if (!this.#isEnded) return "wait";
    // The last packets are some if they are two, or one that ends with the file.
    return row > 1 || at + PACKET_BYTES === this.bytes.length ? "yes" : "no";
  }

  #countRow(at: number, stride: number): number {
    let row = 1;
    while (row < ROW && this.bytes[at + row * stride] === SYNC) row++;
    return row;
  }

  /** Goes on where packets come in a row again. */
  #resume(): boolean {
    const found = this.#search;
    const from = this.#lostFrom ?? this.#next;
    const at = this.#next - this.#base;
    this.#isInRhythm = true;
    this.#next = found;
    const distance = found - from;
    const isRhythm =
      this.#lostFrom === undefined &&
      distance >= PACKET_BYTES &&
      distance % this.#stride === 0 &&
      this.bytes[at] === SYNC;
    this.#lostFrom = undefined;
    if (isRhythm) {
      // Only the first bytes of those behind it are damaged.
      this.#lose("sync", from + this.#stride, found);
      this.at = at;
      return true;
    }
    const isArrival = from === 0 && found === 4 && this.#stride === 192;
    if (!isArrival) this.#lose("sync", from, found);
    return this.next();
  }

  #giveUp(): void {
    const end = this.#end;
    if (this.#stride === 0 && end > 0) this.#refuse();
    const from = this.#lostFrom ?? this.#next;
    const isCut =
      from > this.#base - 1 &&
      end - from < PACKET_BYTES &&
      this.bytes[from - this.#base] === SYNC;
    this.#lose(isCut ? "end" : "sync", from, end);
    this.#lostFrom = undefined;
    this.#next = end;
    this.#search = end;
  }

  #lose(reason: "sync" | "end", offset: number, end: number): void {
    const bytes = end - offset;
    if (bytes <= 0) return;
    this.#report({
      kind: "loss",
      reason,
      offset,
      bytes,
      pid: undefined,
      packets: 0,
    });
  }

  #refuse(): never {
    const looked = Math.min(this.#end, PROBE_BYTES);
    throw new FormatError({
      code:
        this.#end < PACKET_BYTES && this.bytes[0] === SYNC
          ? "MEDIA_TRUNCATED"
          : "MEDIA_MALFORMED",
      format: "MPEG-TS",
      offset: 0,
      problem: `there is no packet in the first ${looked} bytes`,
    });
  }
}
