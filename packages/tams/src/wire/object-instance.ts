import { z } from "zod";
import { uuidSchema } from "./uuid.ts";

/** Another place for an object. Source: TAMS 8.2, `objects-instances-post.json`. */
export type ObjectInstancePost =
  | {
      /** The storage backend that it is to be copied to. */
      readonly storage_id: string;
    }
  | {
      /** Where a copy is that the service does not look after. */
      readonly url: string;
      /** Its name among the URLs of the object. */
      readonly label: string;
    };

/** Source: TAMS 8.2, `objects-instances-post.json`: one of the two, and not both. */
export const objectInstancePostSchema: z.ZodType<ObjectInstancePost> = z.union([
  z.looseObject({
    storage_id: uuidSchema,
    url: z.undefined().optional(),
    label: z.undefined().optional(),
  }),
  z.looseObject({
    url: z.string(),
    label: z.string(),
    storage_id: z.undefined().optional(),
  }),
]);
