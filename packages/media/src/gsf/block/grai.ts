import { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { UnsupportedMediaError } from "../../error/unsupported-media-error.ts";
import { highestUint32 } from "../../grain/check-integer.ts";
import type { GsfGrain } from "../gsf-part.ts";
import type { GsfVersion } from "../gsf-version.ts";
import { blockHeaderSize, readBlocks, writeBlock } from "../ssb/block.ts";
import { readGrainHeader, writeGrainHeader, type GrainHeader } from "./gbhd.ts";

/** Up to this a payload is copied behind its header, so that it makes one chunk. */
const smallPayload = 4096;

/** Reads a grain; its payload is a view of the bytes. */
export function readGrain(block: ByteCursor, version: GsfVersion): GsfGrain {
  const localId = block.readUint16();
  let header: GrainHeader | undefined;
  let data: Uint8Array | undefined;
  readBlocks(block, {
    gbhd: {
      read: (child) => {
        header = readGrainHeader(child, version);
      },
    },
    grdt: {
      read: (child) => {
        if (header === undefined) {
          throw child.createError(
            "a grain whose payload comes before its header",
          );
        }
        data = child.readBytes(child.left);
      },
    },
  });
  if (header === undefined) throw block.createError("a grain without a header");
  const { complete, unused } = header;
  const grain = complete(data ?? new Uint8Array(0));
  return unused === undefined
    ? { kind: "grain", localId, grain }
    : { kind: "grain", localId, grain, unused };
}

/**
 * Writes a grain.
 *
 * @returns One chunk, or, with a longer payload, its header and the payload itself.
 * @throws {UnsupportedMediaError} If its block would have more than 4 GiB, or it has what
 * the version cannot say.
 */
export function writeGrain(part: GsfGrain, version: GsfVersion): Uint8Array[] {
  const builder = new ByteBuilder();
  const { data } = part.grain;
  writeBlock(
    builder,
    "grai",
    () => {
      builder.writeUint16(part.localId);
      writeGrainHeader(builder, part, version);
      writeBlock(builder, "grdt", () => undefined, data.length);
    },
    data.length,
  );
  if (builder.length + data.length > highestUint32) {
    throw new UnsupportedMediaError(
      "GSF",
      `a grain has at most ${highestUint32} bytes, and this one would have ${builder.length + data.length}`,
    );
  }
  if (data.length > smallPayload) return [builder.toBytes(), data];
  builder.writeBytes(data);
  return [builder.toBytes()];
}

/** The mark at the end: a block for a grain, with a size of 0. */
export function writeEnd(): Uint8Array {
  const bytes = new Uint8Array(blockHeaderSize);
  bytes.set(Uint8Array.from("grai", (letter) => letter.charCodeAt(0)));
  return bytes;
}
