import { z } from "zod";
import {
  storageBackendFacts,
  type StorageBackendFacts,
} from "./storage-backend.ts";
import { uuidSchema } from "./uuid.ts";

/** A URL that an object can be read from. Source: TAMS 8.2, `object-core.json`. */
export interface GetUrl extends StorageBackendFacts {
  /** The URL. */
  readonly url: string;
  /** The storage backend's id, if the service has put it there. */
  readonly storage_id?: string | undefined;
  /** Whether it has its credentials in itself. */
  readonly presigned?: boolean | undefined;
  /** Its name among the URLs of the object. */
  readonly label?: string | undefined;
  /** Whether the service looks after what it points to; true if it is absent. */
  readonly controlled?: boolean | undefined;
}

/** Source: TAMS 8.2, `object-core.json`: nothing else may stand in it. */
export const getUrlSchema: z.ZodType<GetUrl> = z.strictObject({
  ...storageBackendFacts,
  storage_id: uuidSchema.optional(),
  url: z.string(),
  presigned: z.boolean().optional(),
  label: z.string().optional(),
  controlled: z.boolean().optional(),
});
