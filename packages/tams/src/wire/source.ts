import { z } from "zod";
import { collectionItemSchema, type CollectionItem } from "./collection.ts";
import { contentFormatSchema, type ContentFormat } from "./content-format.ts";
import { tagsSchema, type Tags } from "./tags.ts";
import { dateTimeSchema } from "./time-text.ts";
import { uuidSchema } from "./uuid.ts";

/**
 * A source: a piece of media apart from how it is coded. Its flows show it.
 *
 * Source: TAMS 8.2, `source.json`. Dates are of RFC 3339.
 */
export interface Source {
  /** Its id: a UUID. */
  readonly id: string;
  /** What it is of. */
  readonly format: ContentFormat;
  /** A short name. */
  readonly label?: string | undefined;
  /** A text about it. */
  readonly description?: string | undefined;
  /** Who made it. */
  readonly created_by?: string | undefined;
  /** Who changed it last. */
  readonly updated_by?: string | undefined;
  /** When it was made. */
  readonly created?: string | undefined;
  /** When it was changed last, other than by its flows. */
  readonly updated?: string | undefined;
  /** Names and values. */
  readonly tags?: Tags | undefined;
  /** The sources that it collects, as its flows do: derived. */
  readonly source_collection?: readonly CollectionItem[] | undefined;
  /** The sources that collect it: derived. */
  readonly collected_by?: readonly string[] | undefined;
}

/** Source: TAMS 8.2, `source.json`. */
export const sourceSchema: z.ZodType<Source> = z.looseObject({
  id: uuidSchema,
  format: contentFormatSchema,
  label: z.string().optional(),
  description: z.string().optional(),
  created_by: z.string().optional(),
  updated_by: z.string().optional(),
  created: dateTimeSchema.optional(),
  updated: dateTimeSchema.optional(),
  tags: tagsSchema.optional(),
  source_collection: z.array(collectionItemSchema).optional(),
  collected_by: z.array(uuidSchema).optional(),
});
