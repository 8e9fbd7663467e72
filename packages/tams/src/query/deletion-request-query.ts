import { boolean, oneOf } from "./parameter.ts";
import { createQueryFormat, type QueryFormat } from "./query-format.ts";

/** In which order deletion requests are listed. */
export interface DeletionRequestQuery {
  /** `created` by default; newest first. */
  readonly sortBy?: "created" | "expiry";
  /** Whether the order is turned round; false by default. */
  readonly reverseOrder?: boolean;
}

/** How `GET /flow-delete-requests` is asked. */
export const deletionRequestQueryFormat: QueryFormat<DeletionRequestQuery> =
  createQueryFormat({
    sortBy: ["sort_by", oneOf("created", "expiry")],
    reverseOrder: ["reverse_order", boolean],
  });
