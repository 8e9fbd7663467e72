import { MediaError } from "./media-error.ts";

/**
 * Why bytes cannot be had: there is no such file; it may not be read; it is a directory or
 * the like; the server does not answer; it gives no parts of a file; the file has become
 * another while it was read; or this platform has no files.
 */
export type UnreadableReason =
  | "not-found"
  | "forbidden"
  | "no-file"
  | "unreachable"
  | "no-ranges"
  | "changed"
  | "no-platform";

/** What cannot be read, and why. */
export interface UnreadableMediaDetails {
  /** The path or the URL. */
  readonly source: string;
  /** Why it cannot. */
  readonly reason: UnreadableReason;
  /** What was found, in words that follow a colon. */
  readonly problem: string;
}

/**
 * The bytes of a file cannot be had: it is not there, or it stopped to be.
 *
 * @example A file that is not there
 * ```ts
 * import { openContainer, UnreadableMediaError } from "@sluice/media";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * await assert.rejects(
 *   asyncWith(openContainer("/no/such/file.mp4"), () => 0),
 *   (error) =>
 *     error instanceof UnreadableMediaError && error.reason === "not-found",
 * );
 * ```
 */
export class UnreadableMediaError extends MediaError {
  /** @inheritDoc */
  readonly code = "MEDIA_UNREADABLE";
  /** The path or the URL. */
  readonly source: string;
  /** Why it cannot be read. */
  readonly reason: UnreadableReason;

  /**
   * @param details What cannot be read, and why.
   * @param options The error's `cause`, if it has one.
   */
  constructor(details: UnreadableMediaDetails, options?: ErrorOptions) {
    const { source, reason, problem } = details;
    super(`Cannot read ${source}: ${problem}`, options);
    this.source = source;
    this.reason = reason;
  }

  /** @inheritDoc */
  get name(): string {
    return "UnreadableMediaError";
  }
}
