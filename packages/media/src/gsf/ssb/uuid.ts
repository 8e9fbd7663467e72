import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";

const hex = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** Reads 16 bytes, in the order of the text. */
export function readUuid(cursor: ByteCursor): string {
  let text = "";
  let at = 0;
  for (const byte of cursor.readBytes(16)) {
    if (at === 4 || at === 6 || at === 8 || at === 10) text += "-";
    text += hex[byte] ?? "";
    at += 1;
  }
  return text;
}

/** Writes 16 bytes, in the order of the text. */
export function writeUuid(builder: ByteBuilder, text: string): void {
  const digits = text.replaceAll("-", "");
  for (let at = 0; at < 32; at += 2) {
    builder.writeUint8(Number.parseInt(digits.slice(at, at + 2), 16));
  }
}
