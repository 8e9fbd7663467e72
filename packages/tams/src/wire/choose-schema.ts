import { z } from "zod";

/**
 * Makes a schema that looks at a value first, and then follows one of several schemas: what
 * it finds is told as of that one, where a union would tell of all.
 *
 * @param choose Gives the schema for a value.
 */
export function chooseSchema<T>(
  choose: (value: unknown) => z.ZodType<T>,
): z.ZodType<T> {
  return z.unknown().transform((value, context): T => {
    const result = choose(value).safeParse(value);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) {
      context.addIssue({ code: "custom", path, message, input: value });
    }
    return z.NEVER;
  });
}
