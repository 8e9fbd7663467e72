import type { TimeRange } from "@sluice/time";
import { boolean, text, timerange } from "./parameter.ts";
import { createQueryFormat, type QueryFormat } from "./query-format.ts";
import { urlQueryFormat, type UrlQuery } from "./url-query.ts";

/** Which segments are listed, and what is told of them. */
export interface SegmentQuery extends UrlQuery {
  /** Those that overlap it; all by default. */
  readonly timerange?: TimeRange;
  /** Those of this object. */
  readonly objectId?: string;
  /** Whether the latest comes first; false by default. */
  readonly reverseOrder?: boolean;
  /** Whether `object_timerange` is told; false by default. */
  readonly includeObjectTimerange?: boolean;
}

const parameters = createQueryFormat<Omit<SegmentQuery, keyof UrlQuery>>({
  timerange: ["timerange", timerange],
  objectId: ["object_id", text],
  reverseOrder: ["reverse_order", boolean],
  includeObjectTimerange: ["include_object_timerange", boolean],
});

/** How `GET /flows/{flowId}/segments` is asked. */
export const segmentQueryFormat: QueryFormat<SegmentQuery> = {
  parse: (search) => ({
    ...parameters.parse(search),
    ...urlQueryFormat.parse(search),
  }),
  format: (query) => {
    const search = parameters.format(query);
    for (const [name, value] of urlQueryFormat.format(query)) {
      search.set(name, value);
    }
    return search;
  },
};
