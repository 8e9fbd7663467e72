import { TimeRange, Timestamp } from "@sluice/time";
import { z } from "zod";

/**
 * An instant or a length of time as TAMS spells it: `-1:500000000`.
 *
 * Source: TAMS 8.2, `timestamp.json`.
 */
export const timestampSchema: z.ZodType<string, string> = z
  .string()
  .refine((text) => isText(() => Timestamp.parse(text)) && isPlain(text), {
    error:
      "is no timestamp: write seconds and nanoseconds, as in '10:500000000'",
  });

/**
 * A range of time in any of TAMS's spellings: `[0:0_10:0)`, `_`, `()`.
 *
 * Source: TAMS 8.2, `timerange.json`; what its pattern lets through and means nothing, such
 * as `[1:0`, is refused.
 */
export const timerangeSchema: z.ZodType<string, string> = z
  .string()
  .refine((text) => isText(() => TimeRange.parse(text, { spelling: "any" })), {
    error: "is no range of time: write it as in '[0:0_10:0)'",
  });

/** A date and time of RFC 3339; one of the examples of TAMS has no offset. */
export const dateTimeSchema: z.ZodType<string, string> = z.iso.datetime({
  offset: true,
  local: true,
  error: "is no date and time: write it as in '2026-01-31T12:00:00Z'",
});

function isText(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}

/** Whether it is seconds and nanoseconds, and none of the other texts of a timestamp. */
function isPlain(text: string): boolean {
  return /^-?(0|[1-9]\d*):(0|[1-9]\d{0,8})$/.test(text);
}
