import { z } from "zod";

/**
 * An id as TAMS spells it: a UUID of version 1 to 5, in small letters.
 *
 * Source: TAMS 8.2, `uuid.json`; version 7 is not among them.
 */
export const uuidSchema: z.ZodType<string, string> = z
  .string()
  .regex(
    /^[\da-f]{8}-[\da-f]{4}-[1-5][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    {
      error: "is no UUID of version 1 to 5 in small letters",
    },
  );

/** Whether a text is an id as TAMS spells it. */
export function isUuid(text: string): boolean {
  return uuidSchema.safeParse(text).success;
}
