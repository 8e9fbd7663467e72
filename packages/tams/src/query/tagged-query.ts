import { boolean } from "./parameter.ts";
import {
  createQueryFormat,
  formatTagFilter,
  parseTagFilter,
  type QueryFormat,
} from "./query-format.ts";
import type { TagFilter } from "./tag-filter.ts";

/** Which storage backends, or subscriptions, are listed. */
export interface TaggedQuery extends TagFilter {
  /** Whether the order is turned round; false by default. */
  readonly reverseOrder?: boolean;
}

const parameters = createQueryFormat<Omit<TaggedQuery, keyof TagFilter>>({
  reverseOrder: ["reverse_order", boolean],
});

/** How `GET /service/storage-backends` and `GET /service/webhooks` are asked. */
export const taggedQueryFormat: QueryFormat<TaggedQuery> = {
  parse: (search) => ({
    ...parameters.parse(search),
    ...parseTagFilter(search, ""),
  }),
  format: (query) => {
    const search = parameters.format(query);
    formatTagFilter(search, "", query);
    return search;
  },
};
