import { ByteCursor } from "../bytes/byte-cursor.ts";
import { ByteQueue } from "../bytes/byte-queue.ts";
import { FormatError, type FormatErrorCode } from "../error/format-error.ts";
import { readGrain } from "./block/grai.ts";
import { readHead } from "./block/head.ts";
import type { GsfPart } from "./gsf-part.ts";
import { checkSignature, readVersion, signatureSize } from "./gsf-signature.ts";
import type { GsfVersion } from "./gsf-version.ts";
import { blockHeaderSize, decodeTag } from "./ssb/block.ts";

/** What a parser is told. */
export interface GsfParserSettings {
  /** The greatest size of a block that is held. */
  readonly maxBlockBytes: number;
  /** Whether blocks that are not known are given, and not skipped. */
  readonly keepsUnknown: boolean;
}

/** A block of which only the start has to be there. */
interface Opening {
  readonly tag: string;
  readonly size: number;
}

/** What comes next. */
type State = "signature" | "head" | "grains" | "ended";

/** Makes parts of bytes, as they come; holds the bytes of one part, and a chunk. */
export class GsfParser {
  readonly #settings: GsfParserSettings;
  readonly #queue = new ByteQueue();
  #state: State = "signature";
  #version: GsfVersion = { major: 9, minor: 0 };
  /** How many bytes that are still to come are to be skipped. */
  #skipped = 0;

  constructor(settings: GsfParserSettings) {
    this.#settings = settings;
  }

  /**
   * Takes bytes.
   *
   * @returns The parts that are complete with them; to be read before more is pushed.
   * @throws {FormatError} On reading, if the bytes do not follow the format.
   */
  *push(chunk: Uint8Array): Generator<GsfPart, void, undefined> {
    this.#queue.push(chunk);
    while (this.#hasNext()) {
      const part = this.#step();
      if (part !== undefined) yield part;
    }
  }

  /**
   * Takes the end.
   *
   * @throws {FormatError} If bytes are missing.
   */
  end(): void {
    const { length, offset } = this.#queue;
    const isWhole = this.#state === "ended" && length + this.#skipped === 0;
    if (isWhole) return;
    throw this.#createError(
      this.#describeEnd(length),
      offset + length,
      "MEDIA_TRUNCATED",
    );
  }

  /** Tells whether enough bytes are there for a step; skips those that are to be skipped. */
  #hasNext(): boolean {
    const queue = this.#queue;
    if (this.#skipped > 0) this.#skipped -= queue.drop(this.#skipped);
    if (this.#skipped > 0 || queue.length === 0) return false;
    if (this.#isAtSignature()) {
      const start = queue.peek(Math.min(signatureSize, queue.length));
      checkSignature(start, queue.offset);
      return queue.length >= signatureSize;
    }
    if (queue.length < blockHeaderSize) return false;
    const { tag, size } = this.#checkOpening();
    return queue.length >= this.#countNeeded(tag, size);
  }

  /** A file may follow another, and then begins where a grain would, or the end was. */
  #isAtSignature(): boolean {
    if (this.#state === "signature") return true;
    const queue = this.#queue;
    if (this.#state === "head" || queue.length < 4) return false;
    return decodeTag(queue.peek(4)) === "SSBB";
  }

  #step(): GsfPart | undefined {
    if (this.#isAtSignature()) {
      const { offset } = this.#queue;
      this.#version = readVersion(this.#queue.take(signatureSize), offset);
      this.#state = "head";
      return undefined;
    }
    const { tag, size } = this.#readOpening();
    if (tag === "head") {
      this.#state = "grains";
      return readHead(this.#takeBlock(tag, size), this.#version);
    }
    if (tag !== "grai") return this.#passBlock(tag, size);
    if (size > 0) return readGrain(this.#takeBlock(tag, size), this.#version);
    this.#queue.drop(blockHeaderSize);
    this.#state = "ended";
    return { kind: "end" };
  }

  #passBlock(tag: string, size: number): GsfPart | undefined {
    if (!this.#keeps(tag)) {
      this.#skipped = size;
      return undefined;
    }
    const block = this.#takeBlock(tag, size);
    return { kind: "block", tag, data: block.readBytes(block.left) };
  }

  /** Before the head, nothing could be given that it would not belong to. */
  #keeps(tag: string): boolean {
    if (tag === "head" || tag === "grai") return true;
    return this.#settings.keepsUnknown && this.#state !== "head";
  }

  #countNeeded(tag: string, size: number): number {
    return this.#keeps(tag) ? Math.max(size, blockHeaderSize) : blockHeaderSize;
  }

  #readOpening(): Opening {
    const bytes = this.#queue.peek(blockHeaderSize);
    const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(
      4,
      true,
    );
    return { tag: decodeTag(bytes), size };
  }

  /** Refuses a block by its first bytes. */
  #checkOpening(): Opening {
    const opening = this.#readOpening();
    const { tag, size } = opening;
    const name = JSON.stringify(tag);
    const misplaced = this.#findMisplaced(tag);
    if (misplaced !== undefined) {
      throw this.#createError(misplaced, this.#queue.offset);
    }
    const isEnd = tag === "grai" && size === 0;
    if (size < blockHeaderSize && !isEnd) {
      throw this.#createError(
        `block ${name} has a size of ${size}, and its header alone has ${blockHeaderSize}`,
        this.#queue.offset + 4,
      );
    }
    const { maxBlockBytes } = this.#settings;
    if (size > maxBlockBytes && this.#keeps(tag)) {
      throw this.#createError(
        `block ${name} has a size of ${size}, and at most ${maxBlockBytes} are allowed`,
        this.#queue.offset + 4,
      );
    }
    return opening;
  }

  #findMisplaced(tag: string): string | undefined {
    if (this.#state === "head") {
      if (tag === "grai") return "a grain before the head";
      return tag === "SSBB" ? "another file before the head" : undefined;
    }
    if (tag === "head") return "a second head";
    return this.#state === "ended" && tag === "grai"
      ? "a grain behind the end"
      : undefined;
  }

  /** Takes a whole block, and gives what is behind its header. */
  #takeBlock(tag: string, size: number): ByteCursor {
    const { offset } = this.#queue;
    const block = new ByteCursor(this.#queue.take(size), {
      format: "GSF",
      what: `block ${JSON.stringify(tag)}`,
      offset,
    });
    block.readBytes(blockHeaderSize);
    return block;
  }

  #describeEnd(left: number): string {
    if (this.#state === "signature")
      return "the file ends within its signature";
    if (left > 0 || this.#skipped > 0) return "the file ends within a block";
    return this.#state === "head"
      ? "the file ends before its head"
      : "the file ends without the mark of its end";
  }

  #createError(
    problem: string,
    offset: number,
    code: FormatErrorCode = "MEDIA_MALFORMED",
  ): FormatError {
    return new FormatError({ code, format: "GSF", offset, problem });
  }
}
