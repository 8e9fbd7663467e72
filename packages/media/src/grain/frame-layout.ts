import type { UnlistedFormat } from "./unlisted-format.ts";

/**
 * How the lines of a picture lie: a whole frame, one field after the other, one field
 * alone, fields line by line, or a progressive frame sent as two fields.
 *
 * Source: `CogFrameLayout` of the BBC's GSF specification.
 */
export type FrameLayout =
  | "FULL_FRAME"
  | "SEPARATE_FIELDS"
  | "SINGLE_FIELD"
  | "MIXED_FIELDS"
  | "SEGMENTED_FRAME"
  | "UNKNOWN"
  | UnlistedFormat;
