import type { TimeRange } from "@sluice/time";
import { boolean, timerange } from "./parameter.ts";
import { createQueryFormat, type QueryFormat } from "./query-format.ts";

/** What is told of a single flow. Source: TAMS 8.2, `GET /flows/{flowId}`. */
export interface FlowReadQuery {
  /** Whether `timerange` is told; false by default. */
  readonly includeTimerange?: boolean;
  /** Only segments that overlap it count for that; all by default. */
  readonly timerange?: TimeRange;
}

/** How `GET /flows/{flowId}` is asked. */
export const flowReadQueryFormat: QueryFormat<FlowReadQuery> =
  createQueryFormat({
    includeTimerange: ["include_timerange", boolean],
    timerange: ["timerange", timerange],
  });
