import { z } from "zod";
import { tagsSchema, type Tags } from "./tags.ts";
import { uuidSchema } from "./uuid.ts";

/** What is known of a place for objects. Source: TAMS 8.2, `storage-backend.json`. */
export interface StorageBackendFacts {
  /** How it is spoken to. */
  readonly store_type?: "http_object_store" | undefined;
  /** Who runs it. */
  readonly provider?: string | undefined;
  /** Where. */
  readonly region?: string | undefined;
  /** Where within that. */
  readonly availability_zone?: string | undefined;
  /** What it is a product of. */
  readonly store_product?: string | undefined;
  /** Names and values. */
  readonly tags?: Tags | undefined;
}

/** A place for objects. Source: TAMS 8.2, `storage-backends-list.json`. */
export interface StorageBackend extends StorageBackendFacts {
  readonly store_type: "http_object_store";
  readonly provider: string;
  readonly store_product: string;
  /** Its id: a UUID. */
  readonly id: string;
  /** A short name; URLs of objects in it have it as theirs. */
  readonly label?: string | undefined;
  /** Whether objects go there if nobody says where. */
  readonly default_storage?: boolean | undefined;
}

/** The parts of a schema that tell of a storage backend. */
export const storageBackendFacts = {
  store_type: z.literal("http_object_store").optional(),
  provider: z.string().optional(),
  region: z.string().optional(),
  availability_zone: z.string().optional(),
  store_product: z.string().optional(),
  tags: tagsSchema.optional(),
};

/** Source: TAMS 8.2, `storage-backends-list.json`. */
export const storageBackendSchema: z.ZodType<StorageBackend> = z.looseObject({
  ...storageBackendFacts,
  store_type: z.literal("http_object_store"),
  provider: z.string(),
  store_product: z.string(),
  id: uuidSchema,
  label: z.string().optional(),
  default_storage: z.boolean().optional(),
});
