import { z } from "zod";
import { getUrlSchema, type GetUrl } from "./get-url.ts";
import { timerangeSchema } from "./time-text.ts";
import { uuidSchema } from "./uuid.ts";

/** An object, and who refers to it. Source: TAMS 8.2, `object.json`. */
export interface MediaObject {
  /** Its id: any text. */
  readonly id: string;
  /** The flows whose segments refer to it. */
  readonly referenced_by_flows: readonly string[];
  /** The first of these, ever. */
  readonly first_referenced_by_flow?: string | undefined;
  /** From when to when its samples are, on its own timeline; initialisation objects have none. */
  readonly timerange?: string | undefined;
  /** How many key frames it has. */
  readonly key_frame_count?: number | undefined;
  /** Where it can be read. */
  readonly get_urls?: readonly GetUrl[] | undefined;
  /** What is read before it. */
  readonly init_object?:
    | {
        /** The initialisation object's id. */
        readonly id: string;
        /** Where it can be read. */
        readonly get_urls?: readonly GetUrl[] | undefined;
      }
    | undefined;
}

/** Source: TAMS 8.2, `object.json`: nothing else may stand in it. */
export const mediaObjectSchema: z.ZodType<MediaObject> = z.strictObject({
  id: z.string(),
  referenced_by_flows: z.array(uuidSchema),
  first_referenced_by_flow: uuidSchema.optional(),
  timerange: timerangeSchema.optional(),
  key_frame_count: z.int().optional(),
  get_urls: z.array(getUrlSchema).optional(),
  init_object: z
    .strictObject({
      id: z.string(),
      get_urls: z.array(getUrlSchema).optional(),
    })
    .optional(),
});
