import { z } from "zod";
import { errorBodySchema, type ErrorBody } from "./error-body.ts";
import { tagsSchema, type Tags } from "./tags.ts";
import { uuidSchema } from "./uuid.ts";

/** What subscribers are told of. */
export type EventType =
  | "flows/created"
  | "flows/updated"
  | "flows/deleted"
  | "flows/segments_added"
  | "flows/segments_deleted"
  | "sources/created"
  | "sources/updated"
  | "sources/deleted";

const eventTypes: readonly EventType[] = [
  "flows/created",
  "flows/updated",
  "flows/deleted",
  "flows/segments_added",
  "flows/segments_deleted",
  "sources/created",
  "sources/updated",
  "sources/deleted",
];

/** What subscriptions have, read or written. Source: TAMS 8.2, `webhook.json`. */
export interface WebhookCommon {
  /** Where events are sent. */
  readonly url: string;
  /** The header that the subscriber's key is sent in. */
  readonly api_key_name?: string | undefined;
  /** What is sent. */
  readonly events: readonly EventType[];
  /** Of these flows only. */
  readonly flow_ids?: readonly string[] | undefined;
  /** Of these sources, and their flows, only. */
  readonly source_ids?: readonly string[] | undefined;
  /** Of flows that one of these collects only; of those that none collects, if empty. */
  readonly flow_collected_by_ids?: readonly string[] | undefined;
  /** Of sources that one of these collects only; of those that none collects, if empty. */
  readonly source_collected_by_ids?: readonly string[] | undefined;
  /** The labels of URLs that are told; none, if it is empty. */
  readonly accept_get_urls?: readonly string[] | undefined;
  /** The storage backends whose URLs are told. */
  readonly accept_storage_ids?: readonly string[] | undefined;
  /** Whether URLs with credentials are told, or those without. */
  readonly presigned?: boolean | undefined;
  /** Whether all that is known of storage backends is told. */
  readonly verbose_storage?: boolean | undefined;
  /** Whether `object_timerange` is told. */
  readonly include_object_timerange?: boolean | undefined;
  /** Names and values. */
  readonly tags?: Tags | undefined;
}

/** A subscription. Source: TAMS 8.2, `webhook-get.json`. */
export interface Webhook extends WebhookCommon {
  /** Its id: a UUID. */
  readonly id: string;
  /** Whether events are sent. */
  readonly status: "created" | "started" | "disabled" | "error";
  /** Why they are not. */
  readonly error?: ErrorBody | undefined;
}

/** A subscription to be made. Source: TAMS 8.2, `webhook-post.json`. */
export interface WebhookPost extends WebhookCommon {
  /** The subscriber's key, which is never told again. */
  readonly api_key_value?: string | undefined;
  /** Whether events are to be sent; `created` by default. */
  readonly status?: "created" | "disabled" | undefined;
}

/** A subscription to be changed. Source: TAMS 8.2, `webhook-put.json`. */
export interface WebhookPut extends WebhookCommon {
  /** Its id: a UUID. */
  readonly id: string;
  /** The subscriber's key; as it was, if it is absent. */
  readonly api_key_value?: string | undefined;
  /** Whether events are to be sent. */
  readonly status: "created" | "disabled";
}

const common = {
  url: z.string(),
  api_key_name: z.string().optional(),
  events: z.array(z.enum(eventTypes)),
  flow_ids: z.array(uuidSchema).optional(),
  source_ids: z.array(uuidSchema).optional(),
  flow_collected_by_ids: z.array(uuidSchema).optional(),
  source_collected_by_ids: z.array(uuidSchema).optional(),
  accept_get_urls: z.array(z.string()).optional(),
  accept_storage_ids: z.array(uuidSchema).optional(),
  presigned: z.boolean().optional(),
  verbose_storage: z.boolean().optional(),
  include_object_timerange: z.boolean().optional(),
  tags: tagsSchema.optional(),
};

/** Source: TAMS 8.2, `webhook-get.json`. */
export const webhookSchema: z.ZodType<Webhook> = z.looseObject({
  ...common,
  id: uuidSchema,
  status: z.enum(["created", "started", "disabled", "error"]),
  error: errorBodySchema.optional(),
});

/** Source: TAMS 8.2, `webhook-post.json`. */
export const webhookPostSchema: z.ZodType<WebhookPost> = z.looseObject({
  ...common,
  api_key_value: z.string().optional(),
  status: z.enum(["created", "disabled"]).optional(),
});

/** Source: TAMS 8.2, `webhook-put.json`. */
export const webhookPutSchema: z.ZodType<WebhookPut> = z.looseObject({
  ...common,
  id: uuidSchema,
  api_key_value: z.string().optional(),
  status: z.enum(["created", "disabled"]),
});
