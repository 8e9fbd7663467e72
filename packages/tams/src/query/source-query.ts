import type { ContentFormat } from "../wire/content-format.ts";
import { contentFormat } from "./content-format.ts";
import { boolean, listOf, oneOf, text, uuid } from "./parameter.ts";
import {
  createQueryFormat,
  formatTagFilter,
  parseTagFilter,
  type QueryFormat,
} from "./query-format.ts";
import type { TagFilter } from "./tag-filter.ts";

/** What listings of sources are ordered by; what lacks it comes last, by id. */
export type SourceOrder = "created" | "updated" | "label";

/** Which sources are listed: those that meet all of it. Source: TAMS 8.2, `/sources`. */
export interface SourceQuery extends TagFilter {
  /** With this label, to the letter. */
  readonly label?: string;
  /** Of this format. */
  readonly format?: ContentFormat;
  /** Those that one of these collects; if it is empty, those that none collects. */
  readonly collectedByIds?: readonly string[];
  /** `created` by default. Times: newest first; labels: as they are sorted. */
  readonly sortBy?: SourceOrder;
  /** Whether the order is turned round; false by default. */
  readonly reverseOrder?: boolean;
}

const parameters = createQueryFormat<Omit<SourceQuery, keyof TagFilter>>({
  label: ["label", text],
  format: ["format", contentFormat],
  collectedByIds: ["collected_by_ids", listOf(uuid)],
  sortBy: ["sort_by", oneOf("created", "updated", "label")],
  reverseOrder: ["reverse_order", boolean],
});

/** How `GET /sources` is asked. */
export const sourceQueryFormat: QueryFormat<SourceQuery> = {
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
