import { z } from "zod";
import { mimeTypeSchema } from "./mime-type.ts";
import { uuidSchema } from "./uuid.ts";

/** What room is asked for. Source: TAMS 8.2, `flow-storage-post.json`. */
export interface StorageRequest {
  /** For how many objects; not beside `object_ids`. */
  readonly limit?: number | undefined;
  /** For which ids. */
  readonly object_ids?: readonly string[] | undefined;
  /** In which storage backend. */
  readonly storage_id?: string | undefined;
  /** What the bytes are, for initialisation objects. */
  readonly content_type?: string | undefined;
  /** Whether URLs with credentials are wanted, or none of them. */
  readonly presigned?: boolean | undefined;
}

/** A request to be made. Source: TAMS 8.2, `http-request.json`. */
export interface HttpRequest {
  /** To where. */
  readonly url: string;
  /** What is sent. */
  readonly body?: string | undefined;
  /** Its `Content-Type`. */
  readonly "content-type"?: string | undefined;
  /** Other headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Room that was made. Source: TAMS 8.2, `flow-storage.json`. */
export interface Storage {
  /** For each object where to put it. */
  readonly media_objects?:
    | readonly {
        /** The object's id. */
        readonly object_id: string;
        /** How its bytes are put there, by `PUT`. */
        readonly put_url: HttpRequest;
        /** Whether the URL has its credentials in itself. */
        readonly presigned?: boolean | undefined;
      }[]
    | undefined;
}

/**
 * Source: TAMS 8.2, `flow-storage-post.json`; the prose spells `content-type`, which is
 * taken as well.
 */
export const storageRequestSchema: z.ZodType<StorageRequest> = z.preprocess(
  respell,
  z
    .looseObject({
      limit: z.int().min(1).optional(),
      object_ids: z.array(z.string().min(1)).optional(),
      storage_id: uuidSchema.optional(),
      content_type: mimeTypeSchema.optional(),
      presigned: z.boolean().optional(),
    })
    .refine((request) => !("limit" in request && "object_ids" in request), {
      error: "must have a limit, or object_ids, and not both",
      path: ["limit"],
    }),
);

/** Source: TAMS 8.2, `flow-storage.json`. */
export const storageSchema: z.ZodType<Storage> = z.strictObject({
  media_objects: z
    .array(
      z.looseObject({
        object_id: z.string(),
        put_url: z.looseObject({
          url: z.string(),
          body: z.string().optional(),
          "content-type": z.string().optional(),
          headers: z.record(z.string(), z.string()).optional(),
        }),
        presigned: z.boolean().optional(),
      }),
    )
    .optional(),
});

function respell(request: unknown): unknown {
  if (typeof request !== "object" || request === null) return request;
  if (!("content-type" in request) || "content_type" in request) return request;
  const { "content-type": type, ...rest } = request;
  return { ...rest, content_type: type };
}
