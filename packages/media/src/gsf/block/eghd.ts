import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import { createDataGrain, type DataGrain } from "../../grain/data-grain.ts";
import type { GrainInit } from "../../grain/grain-common.ts";
import { dataFormats } from "../format-codes.ts";
import { writeBlock } from "../ssb/block.ts";
import { toCode } from "../ssb/format.ts";

/** Reads the header of data. */
export function readDataHeader(
  block: ByteCursor,
): (init: GrainInit) => DataGrain {
  const format = dataFormats.getName(block.readUint8());
  return (init) => createDataGrain({ ...init, format });
}

/** Writes the header of data. */
export function writeDataHeader(builder: ByteBuilder, grain: DataGrain): void {
  writeBlock(builder, "eghd", () => {
    builder.writeUint8(toCode(dataFormats, grain.format, 0xff));
  });
}
