import { UnsupportedMediaError } from "../../error/unsupported-media-error.ts";
import type { UnlistedFormat } from "../../grain/unlisted-format.ts";
import type { FormatCodes } from "../format-codes.ts";

/**
 * Gives the number that stands for a format.
 *
 * @throws {UnsupportedMediaError} If there is none.
 */
export function toCode<F extends string>(
  codes: FormatCodes<F>,
  name: F | UnlistedFormat,
  most = 0xffff_ffff,
): number {
  const code = codes.findCode(name);
  if (code !== undefined && code <= most) return code;
  throw new UnsupportedMediaError("GSF", `it has no number for ${name}`);
}
