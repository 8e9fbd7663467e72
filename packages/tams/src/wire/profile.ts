import { z } from "zod";
import { monoTechnicalSchema, type MonoTechnical } from "./flow.ts";
import { tagsSchema, type Tags } from "./tags.ts";
import { dateTimeSchema } from "./time-text.ts";
import { uuidSchema } from "./uuid.ts";

/** A profile: the technical part that several flows share. Source: TAMS 8.2, `profile.json`. */
export interface Profile {
  /** Its id: a UUID. */
  readonly id: string;
  /** A short name. */
  readonly label?: string | undefined;
  /** A text about it. */
  readonly description?: string | undefined;
  /** Who made it. */
  readonly created_by?: string | undefined;
  /** When it was made. */
  readonly created?: string | undefined;
  /** Names and values. */
  readonly tags?: Tags | undefined;
  /** The technical part. */
  readonly flow_metadata: MonoTechnical;
}

/** Source: TAMS 8.2, `profile.json`. */
export const profileSchema: z.ZodType<Profile> = z.looseObject({
  id: uuidSchema,
  label: z.string().optional(),
  description: z.string().optional(),
  created_by: z.string().optional(),
  created: dateTimeSchema.optional(),
  tags: tagsSchema.optional(),
  flow_metadata: monoTechnicalSchema,
});
