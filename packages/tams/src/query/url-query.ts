import { boolean, listOf, text, uuid } from "./parameter.ts";
import {
  createQueryFormat,
  formatTagFilter,
  parseTagFilter,
  type QueryFormat,
} from "./query-format.ts";
import type { TagFilter } from "./tag-filter.ts";

/** Which URLs of an object are told. Source: TAMS 8.2, `/flows/{id}/segments`. */
export interface UrlQuery {
  /** Those with one of these labels; none, if it is empty; all by default. */
  readonly acceptGetUrls?: readonly string[];
  /** Those in one of these storage backends; all by default, or if it is empty. */
  readonly acceptStorageIds?: readonly string[];
  /** Those with credentials in them, or those without; both by default. */
  readonly presigned?: boolean;
  /** Those in storage backends with such tags. */
  readonly storageBackend?: TagFilter;
  /** Whether all that is known of their storage backends is told; false by default. */
  readonly verboseStorage?: boolean;
}

const parameters = createQueryFormat<Omit<UrlQuery, "storageBackend">>({
  acceptGetUrls: ["accept_get_urls", listOf(text)],
  acceptStorageIds: ["accept_storage_ids", listOf(uuid)],
  presigned: ["presigned", boolean],
  verboseStorage: ["verbose_storage", boolean],
});

/** How URLs are asked for, of segments and of objects. */
export const urlQueryFormat: QueryFormat<UrlQuery> = {
  parse: (search) => {
    const storageBackend = parseTagFilter(search, "storage_backend_");
    return {
      ...parameters.parse(search),
      ...(Object.keys(storageBackend).length > 0 && { storageBackend }),
    };
  },
  format: (query) => {
    const search = parameters.format(query);
    formatTagFilter(search, "storage_backend_", query.storageBackend ?? {});
    return search;
  },
};
