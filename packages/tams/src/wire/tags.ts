import { z } from "zod";
/** Names, each with a text or several. */
export type Tags = Readonly<Record<string, string | readonly string[]>>;

/** Source: TAMS 8.2, `tags.json`. */
export const tagValueSchema: z.ZodType<string | readonly string[]> = z.union(
  [z.string(), z.array(z.string())],
  { error: "is no text, and no list of texts" },
);

/** Source: TAMS 8.2, `tags.json`. */
export const tagsSchema: z.ZodType<Tags> = z.record(z.string(), tagValueSchema);
