import { formatPageHeaders, type PageHeaders } from "@sluice/tams";
import type { Exchange } from "./exchange.ts";
import { replyJson } from "./reply.ts";

/**
 * Answers with a page of a listing.
 *
 * Source: TAMS 8.2, `X-Paging-*` and `Link`.
 *
 * @param exchange The request, whose URL the link to the next page repeats.
 * @param document The page.
 * @param headers What is told of it.
 */
export function replyPage(
  { url }: Pick<Exchange, "url">,
  document: unknown,
  headers: PageHeaders,
): Response {
  return replyJson(document, 200, formatPageHeaders(headers, url));
}

/** Tells of a page how many it has, and in which order. */
export function describePage(
  page: {
    readonly items: readonly unknown[];
    readonly next: string | undefined;
    readonly limit: number;
  },
  { reverseOrder = false }: { readonly reverseOrder?: boolean } = {},
): PageHeaders {
  const { items, next, limit } = page;
  return { next, limit, count: items.length, reverseOrder };
}
