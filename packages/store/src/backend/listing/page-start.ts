import type { PageOptions } from "@sluice/tams";
import { InvalidRequestError } from "../../error/invalid-request-error.ts";
import { decodePageKey, encodePageKey } from "../../model/page-key.ts";
import type { Page } from "../../model/page.ts";
import type { ListingOrder, ListingPlace } from "./listing-order.ts";

/** Which part of which listing is wanted. */
export interface ListingWindow<T> {
  readonly order: ListingOrder<T>;
  /** Whether the order is turned around. */
  readonly isReversed: boolean;
  readonly limit: number;
  /** The last item of the page before. */
  readonly after: ListingPlace | undefined;
}

/**
 * Finds which part of a listing is wanted.
 *
 * @param order How it is ordered.
 * @param isReversed Whether that is turned around.
 * @param options How much, and behind which page.
 * @returns The window.
 * @throws {RangeError} If the limit is not a whole number of at least 1.
 * @throws {InvalidRequestError} If the key is not one that a page of such a listing gave.
 */
export function toListingWindow<T>(
  order: ListingOrder<T>,
  isReversed: boolean,
  options: PageOptions & { readonly limit: number },
): ListingWindow<T> {
  const { limit, page } = options;
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(`Cannot list ${limit} items: it is not 1 or more`);
  }
  return {
    order,
    isReversed,
    limit,
    after: readPlace(page, order, isReversed),
  };
}

/**
 * Makes a page.
 *
 * @param items What was found: one more than the page has, if there is more.
 * @param window Which part it is.
 * @returns The page.
 */
export function toPage<T extends { readonly id: string }>(
  items: readonly T[],
  { order, isReversed, limit }: ListingWindow<T>,
): Page<T> {
  const last = items.length > limit ? items[limit - 1] : undefined;
  return {
    items: items.slice(0, limit),
    next:
      last &&
      encodePageKey([order.name, isReversed, order.keyOf(last), last.id]),
    limit,
  };
}

function readPlace(
  page: string | undefined,
  order: ListingOrder<never>,
  isReversed: boolean,
): ListingPlace | undefined {
  if (page === undefined) return undefined;
  const [name, wasReversed, key, id] = decodePageKey(page, [
    "string",
    "boolean",
    "string",
    "string",
  ]);
  if (name !== order.name || wasReversed !== isReversed) {
    throw new InvalidRequestError(
      `Cannot go on at page '${page}': it is of a listing in another order; ask in the same order throughout`,
    );
  }
  return { key: String(key), id: String(id) };
}
