import { z } from "zod";
/** Names, each with a text or several. */
export type Tags = Readonly<Record<string, string | readonly string[]>>;

/** Source: TAMS 8.2, `tags.json`. */
export const tagValueSchema: z.ZodType<string | readonly string[]> = z.union(
  [z.string(), z.array(z.string())],
  { error: "is no text, and no list of texts" },
);

/**
 * Source: TAMS 8.2, `tags.json`. No `z.record`, which leaves out a tag with the name
 * `__proto__`: a tag may have any.
 */
export const tagsSchema: z.ZodType<Tags> = z
  .any()
  .superRefine((tags: unknown, context) => {
    if (typeof tags !== "object" || tags === null || Array.isArray(tags)) {
      context.addIssue({ code: "custom", message: "is no object" });
      return;
    }
    for (const [name, value] of Object.entries(tags)) {
      for (const { path, message } of tagValueSchema.safeParse(value).error
        ?.issues ?? []) {
        context.addIssue({ code: "custom", message, path: [name, ...path] });
      }
    }
  })
  .meta({
    type: "object",
    additionalProperties: {
      anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
    },
  });
