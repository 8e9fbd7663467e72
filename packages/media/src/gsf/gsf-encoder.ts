import { ByteBuilder } from "../bytes/byte-builder.ts";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import { highestUint32 } from "../grain/check-integer.ts";
import { writeEnd, writeGrain } from "./block/grai.ts";
import { writeHead } from "./block/head.ts";
import type { GsfBlock, GsfPart } from "./gsf-part.ts";
import { writeSignature } from "./gsf-signature.ts";
import type { GsfVersion } from "./gsf-version.ts";
import { blockHeaderSize, writeBlock } from "./ssb/block.ts";

/** Tags that stand for something else than a block that is not known. */
const knownTags = ["SSBB", "head", "grai"];

/** Makes bytes of parts, one after the other. */
export class GsfEncoder {
  #version: GsfVersion | undefined;

  /**
   * Makes bytes of a part.
   *
   * @returns Chunks; the payload of a grain may be one.
   * @throws {TypeError} If there was no head before it.
   * @throws {UnsupportedMediaError} If the format has no way to say what it is.
   */
  encode(part: GsfPart): Uint8Array[] {
    if (part.kind === "head") {
      this.#version = part.version;
      const builder = new ByteBuilder();
      builder.writeBytes(writeSignature(part.version));
      writeHead(builder, part);
      return [builder.toBytes()];
    }
    if (this.#version === undefined) {
      throw new TypeError(
        `Cannot write a part of kind ${part.kind}: there was no head before it`,
      );
    }
    if (part.kind === "grain") return writeGrain(part, this.#version);
    if (part.kind === "block") return encodeBlock(part);
    this.#version = undefined;
    return [writeEnd()];
  }
}

function encodeBlock({ tag, data }: GsfBlock): Uint8Array[] {
  if (!/^[\0-\xff]{4}$/s.test(tag) || knownTags.includes(tag)) {
    throw new RangeError(
      `Cannot write a block ${JSON.stringify(tag)}: that is no tag of an unknown block`,
    );
  }
  if (data.length > highestUint32 - blockHeaderSize) {
    throw new UnsupportedMediaError(
      "GSF",
      `a block has at most ${highestUint32} bytes`,
    );
  }
  const builder = new ByteBuilder();
  writeBlock(builder, tag, () => undefined, data.length);
  return [builder.toBytes(), data];
}
