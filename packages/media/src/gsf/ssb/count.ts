import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import { UnsupportedMediaError } from "../../error/unsupported-media-error.ts";

const most = 0xffff;

/**
 * Writes how many of a thing follow.
 *
 * @param name The things.
 * @throws {UnsupportedMediaError} If the number has more than 16 bits.
 */
export function writeCount(
  builder: ByteBuilder,
  name: string,
  count: number,
): void {
  if (count > most) {
    throw new UnsupportedMediaError(
      "GSF",
      `a grain has at most ${most} ${name}, and this one has ${count}`,
    );
  }
  builder.writeUint16(count);
}
