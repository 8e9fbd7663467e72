import { MediaError } from "./media-error.ts";

/**
 * What is wrong with bytes: `MEDIA_TRUNCATED` if they end too early, so that more of
 * them could be right; `MEDIA_MALFORMED` if nothing that follows could mend them.
 */
export type FormatErrorCode = "MEDIA_MALFORMED" | "MEDIA_TRUNCATED";

/** Where bytes do not follow their format, and why. */
export interface FormatErrorDetails {
  /** Which of the two it is. */
  readonly code: FormatErrorCode;
  /** The format that they should follow, such as `GSF`. */
  readonly format: string;
  /**
   * The first byte at fault, from the start of what was read; the end, if they end too
   * early. Absent if the reader cannot tell.
   */
  readonly offset?: number | undefined;
  /** What was found there, in words that follow "at byte 12: ". */
  readonly problem: string;
}

/**
 * Bytes do not follow their format.
 *
 * What was read of them before the fault is right. A reader that threw this has closed
 * its source.
 *
 * @example A file that is cut short is told from one that is broken
 * ```ts
 * import { FormatError } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const error = new FormatError({
 *   code: "MEDIA_TRUNCATED",
 *   format: "GSF",
 *   offset: 4711,
 *   problem: "the file ends within a block",
 * });
 * assert.equal(
 *   error.message,
 *   "Cannot read GSF at byte 4711: the file ends within a block",
 * );
 * ```
 */
export class FormatError extends MediaError {
  /** @inheritDoc */
  readonly code: FormatErrorCode;
  /** The format that the bytes should follow, such as `GSF`. */
  readonly format: string;
  /**
   * The first byte at fault, from the start of what was read; the end, if they end too
   * early. Absent if the reader cannot tell.
   */
  readonly offset: number | undefined;

  /**
   * @param details Where the bytes are wrong, and why.
   * @param options The error's `cause`, if it has one.
   */
  constructor(details: FormatErrorDetails, options?: ErrorOptions) {
    const { code, format, offset, problem } = details;
    const place = offset === undefined ? "" : ` at byte ${offset}`;
    super(`Cannot read ${format}${place}: ${problem}`, options);
    this.code = code;
    this.format = format;
    this.offset = offset;
  }

  /** @inheritDoc */
  get name(): string {
    return "FormatError";
  }
}
