import { MediaError } from "./media-error.ts";

/** What an error of this kind is told. */
export interface UnsupportedMediaErrorOptions extends ErrorOptions {
  /** What could not be done; `write` unless said otherwise. */
  readonly act?: "read" | "write";
}

/**
 * What is to be written is right, but the format has no way to say it: a video format
 * without a code, or a time before 0 in GSF 7. Or what is to be read is right, but Sluice
 * has no way to say it.
 *
 * Nothing is left out or rounded to make it fit. What was written before it is whole.
 *
 * @example A codec that GSF has no code for
 * ```ts
 * import { UnsupportedMediaError } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const error = new UnsupportedMediaError("GSF 9", "it has no format VP9");
 * assert.equal(error.message, "Cannot write GSF 9: it has no format VP9");
 * ```
 */
export class UnsupportedMediaError extends MediaError {
  /** @inheritDoc */
  readonly code = "MEDIA_UNSUPPORTED";
  /** The format, and its version where it has several, such as `GSF 7`. */
  readonly format: string;

  /**
   * @param format The format, and its version where it has several, such as `GSF 7`.
   * @param problem What it cannot say, in words that follow a colon.
   * @param options The error's `cause`, if it has one, and what could not be done.
   */
  constructor(
    format: string,
    problem: string,
    options?: UnsupportedMediaErrorOptions,
  ) {
    const { act = "write" } = options ?? {};
    super(`Cannot ${act} ${format}: ${problem}`, options);
    this.format = format;
  }

  /** @inheritDoc */
  get name(): string {
    return "UnsupportedMediaError";
  }
}
