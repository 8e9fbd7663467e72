import {
  formatTagFilter,
  parseTagFilter,
  type QueryFormat,
} from "./query-format.ts";
import type { TagFilter } from "./tag-filter.ts";
import { urlQueryFormat, type UrlQuery } from "./url-query.ts";

/** Which of the flows that refer to an object are told, and which of its URLs. */
export interface ObjectQuery extends UrlQuery {
  /** Flows with such tags. */
  readonly flow?: TagFilter;
}

/** How `GET /objects/{objectId}` is asked. */
export const objectQueryFormat: QueryFormat<ObjectQuery> = {
  parse: (search) => {
    const flow = parseTagFilter(search, "flow_");
    return {
      ...urlQueryFormat.parse(search),
      ...(Object.keys(flow).length > 0 && { flow }),
    };
  },
  format: (query) => {
    const search = urlQueryFormat.format(query);
    formatTagFilter(search, "flow_", query.flow ?? {});
    return search;
  },
};
