import type { PageOptions } from "@sluice/tams";
import type { StoreLimits } from "./flow-store-options.ts";

/**
 * Completes what a caller says of a page: at most the store's own limit.
 *
 * @throws {RangeError} If the limit is no whole number of at least 1.
 */
export function limitPage(
  options: PageOptions | undefined,
  limits: Required<StoreLimits>,
): PageOptions & { readonly limit: number } {
  const { limit = limits.pageSize } = options ?? {};
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(
      `Cannot make a page of ${limit}: its limit must be a whole number of at least 1`,
    );
  }
  return { ...options, limit: Math.min(limit, limits.maxPageSize) };
}
