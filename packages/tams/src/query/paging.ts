import { TimeRange } from "@sluice/time";
import { boolean, positive, text } from "./parameter.ts";
import { createQueryFormat, type QueryFormat } from "./query-format.ts";

/** Which part of a listing is wanted. */
export interface PageOptions {
  /** At most how many; the service has a limit of its own as well. */
  readonly limit?: number | undefined;
  /** Where to go on: `next` of the page before; the beginning, if it is absent. */
  readonly page?: string | undefined;
}

/** How a part of a listing is asked for. */
export const pageOptionsFormat: QueryFormat<PageOptions> = createQueryFormat({
  limit: ["limit", positive],
  page: ["page", text],
});

/** What the headers of a page tell of it. Source: TAMS 8.2, `X-Paging-*` and `Link`. */
export interface PageHeaders {
  /** Where the next page begins; absent on the last. */
  readonly next?: string | undefined;
  /** At most how many a page has. */
  readonly limit?: number | undefined;
  /** How many are on this page. */
  readonly count?: number | undefined;
  /** Whether the order is reversed. */
  readonly reverseOrder?: boolean | undefined;
  /** What the segments of the page cover. */
  readonly timerange?: TimeRange | undefined;
}

/**
 * Writes what is told of a page.
 *
 * @param url The URL that was asked for, absolute: the link to the next page is that one with
 * another `page`, so that it keeps every filter.
 */
export function formatPageHeaders(headers: PageHeaders, url: URL): Headers {
  const result = new Headers();
  const { next, limit, count, reverseOrder, timerange } = headers;
  if (next !== undefined) {
    const link = new URL(url);
    link.searchParams.set("page", next);
    result.set("Link", `<${link.href}>; rel="next"`);
    result.set("X-Paging-NextKey", next);
  }
  setText(result, "X-Paging-Limit", limit);
  setText(result, "X-Paging-Count", count);
  setText(result, "X-Paging-Reverse-Order", reverseOrder);
  setText(result, "X-Paging-Timerange", timerange);
  return result;
}

/**
 * Reads what is told of a page. Where there is a link to the next page and no key of its own,
 * the key is taken from the link.
 *
 * @throws {QueryError} If a header has a value that it cannot have.
 */
export function parsePageHeaders(headers: Headers): PageHeaders {
  const limit = headers.get("X-Paging-Limit");
  const count = headers.get("X-Paging-Count");
  const reverse = headers.get("X-Paging-Reverse-Order");
  const timerange = headers.get("X-Paging-Timerange");
  return {
    next: findNextKey(headers),
    limit: limit === null ? undefined : positive.parse(limit, "X-Paging-Limit"),
    count: count === null ? undefined : Number(count),
    reverseOrder:
      reverse === null
        ? undefined
        : boolean.parse(reverse, "X-Paging-Reverse-Order"),
    timerange:
      timerange === null
        ? undefined
        : TimeRange.parse(timerange, { spelling: "any" }),
  };
}

function findNextKey(headers: Headers): string | undefined {
  const key = headers.get("X-Paging-NextKey");
  if (key !== null) return key;
  const link = /<([^>]*)>[^,]*;\s*rel="?next"?/.exec(headers.get("Link") ?? "");
  if (link?.[1] === undefined) return undefined;
  const url = new URL(link[1], "http://localhost");
  return url.searchParams.get("page") ?? undefined;
}

function setText(
  headers: Headers,
  name: string,
  value: { toString(): string } | undefined,
): void {
  if (value !== undefined) headers.set(name, value.toString());
}
