import { z } from "zod";
import { timestampSchema } from "./time-text.ts";

/** What a service says of itself. Source: TAMS 8.2, `service.json`. */
export interface Service {
  /** Its name. */
  readonly name?: string | undefined;
  /** A text about it. */
  readonly description?: string | undefined;
  /** A URN that begins with `urn:x-tams:service`. */
  readonly type: string;
  /** The version of the API: `8.2`. */
  readonly api_version: string;
  /** The version of the service. */
  readonly service_version?: string | undefined;
  /** How it tells events. */
  readonly event_stream_mechanisms?:
    | readonly {
        /** Its name: `webhooks`. */
        readonly name: string;
        /** Where one can read about it. */
        readonly docs?: string | undefined;
      }[]
    | undefined;
  /** How long an object that was asked for waits to be registered, at least. */
  readonly min_object_timeout: string;
  /** How long a URL with credentials is valid, at least. */
  readonly min_presigned_url_timeout?: string | undefined;
}

/** A change of what a service says of itself. Source: TAMS 8.2, `service-post.json`. */
export interface ServicePost {
  /** Its name. */
  readonly name?: string | undefined;
  /** A text about it. */
  readonly description?: string | undefined;
}

/** Source: TAMS 8.2, `service.json`. */
export const serviceSchema: z.ZodType<Service> = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  type: z.string(),
  api_version: z.string().regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)$/, {
    error: "is no version of two numbers",
  }),
  service_version: z.string().optional(),
  event_stream_mechanisms: z
    .array(z.looseObject({ name: z.string(), docs: z.string().optional() }))
    .optional(),
  min_object_timeout: timestampSchema,
  min_presigned_url_timeout: timestampSchema.optional(),
});

/** Source: TAMS 8.2, `service-post.json`. */
export const servicePostSchema: z.ZodType<ServicePost> = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
});
