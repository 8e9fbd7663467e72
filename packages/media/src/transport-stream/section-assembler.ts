import { computeCrc } from "./crc.ts";

/** A section has at most so many bytes: 12 bits of length, and 3 before them. */
const MOST_BYTES = 4098;
/** What fills a packet behind the last section. */
const STUFFING = 0xff;

/** What becomes of a section. */
export interface SectionResult {
  /** The section, if all of it is there and its checksum is right. */
  readonly section: Uint8Array | undefined;
  /** Where its first packet is in the file. */
  readonly offset: number;
  /** How many bytes of it there were. */
  readonly bytes: number;
}

/**
 * Puts the sections of tables together that come on one PID.
 *
 * Source: ISO/IEC 13818-1, 2.4.4. Holds one section.
 */
export class SectionAssembler {
  #buffer = new Uint8Array(0);
  #length = 0;
  #offset = 0;
  #isStarted = false;

  /** Takes the payload of a packet, and gives what it completes. */
  append(
    payload: Uint8Array,
    isStart: boolean,
    offset: number,
  ): SectionResult[] {
    const results: SectionResult[] = [];
    if (!isStart) {
      if (this.#isStarted) this.#take(payload, results);
      return results;
    }
    // The first byte tells where the first section begins that begins here.
    const first = 1 + (payload[0] ?? 0);
    if (this.#isStarted) this.#take(payload.subarray(1, first), results);
    results.push(...this.drop());
    let rest = payload.subarray(first);
    while (rest.length > 0 && rest[0] !== STUFFING) {
      this.#offset = offset;
      this.#isStarted = true;
      rest = this.#take(rest, results);
    }
    return results;
  }

  /** Gives up what is not complete. */
  drop(): SectionResult[] {
    if (!this.#isStarted) return [];
    const result = this.#toResult(undefined);
    this.#reset();
    return [result];
  }

  /** Takes as much as belongs to the section, and gives what does not. */
  #take(bytes: Uint8Array, results: SectionResult[]): Uint8Array {
    const head = Math.max(0, Math.min(3 - this.#length, bytes.length));
    this.#store(bytes.subarray(0, head));
    if (this.#length < 3) return bytes.subarray(head);
    const total = getSectionBytes(this.#buffer);
    const missing = Math.max(0, total - this.#length);
    this.#store(bytes.subarray(head, head + missing));
    if (this.#length < total) return bytes.subarray(bytes.length);
    const section = this.#buffer.slice(0, total);
    results.push(this.#toResult(isRight(section) ? section : undefined));
    this.#reset();
    return bytes.subarray(head + missing);
  }

  #store(bytes: Uint8Array): void {
    if (this.#buffer.length < this.#length + bytes.length) {
      const grown = new Uint8Array(
        Math.min(MOST_BYTES, 2 * (this.#length + bytes.length)),
      );
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #toResult(section: Uint8Array | undefined): SectionResult {
    return { section, offset: this.#offset, bytes: this.#length };
  }

  #reset(): void {
    this.#length = 0;
    this.#isStarted = false;
  }
}

function getSectionBytes(head: Uint8Array): number {
  return 3 + ((((head[1] ?? 0) & 0x0f) << 8) | (head[2] ?? 0));
}

/** Whether the checksum is right, of sections of the long form, which have one. */
function isRight(section: Uint8Array): boolean {
  const isLong = ((section[1] ?? 0) & 0x80) !== 0;
  return !isLong || (section.length >= 12 && computeCrc(section) === 0);
}
