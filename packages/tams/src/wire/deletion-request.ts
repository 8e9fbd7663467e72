import { z } from "zod";
import { errorBodySchema, type ErrorBody } from "./error-body.ts";
import { dateTimeSchema, timerangeSchema } from "./time-text.ts";
import { uuidSchema } from "./uuid.ts";

/** A removal under way. Source: TAMS 8.2, `deletion-request.json`. */
export interface DeletionRequest {
  /** Its id: a UUID. */
  readonly id: string;
  /** The flow that is removed, or a range of it. */
  readonly flow_id: string;
  /** The range that is to go. */
  readonly timerange_to_delete: string;
  /** What of it is still there. */
  readonly timerange_remaining?: string | undefined;
  /** Whether the flow goes as well. */
  readonly delete_flow: boolean;
  /** When it was made. */
  readonly created?: string | undefined;
  /** Who made it. */
  readonly created_by?: string | undefined;
  /** When it was changed last. */
  readonly updated?: string | undefined;
  /** Until when it is kept once it is done. */
  readonly expiry?: string | undefined;
  /** How far it is. */
  readonly status: "created" | "started" | "done" | "error";
  /** Why it failed. */
  readonly error?: ErrorBody | undefined;
}

/** Source: TAMS 8.2, `deletion-request.json`. */
export const deletionRequestSchema: z.ZodType<DeletionRequest> = z.looseObject({
  id: uuidSchema,
  flow_id: uuidSchema,
  timerange_to_delete: timerangeSchema,
  timerange_remaining: timerangeSchema.optional(),
  delete_flow: z.boolean(),
  created: dateTimeSchema.optional(),
  created_by: z.string().optional(),
  updated: dateTimeSchema.optional(),
  expiry: dateTimeSchema.optional(),
  status: z.enum(["created", "started", "done", "error"]),
  error: errorBodySchema.optional(),
});
