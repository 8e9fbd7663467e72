import type { Page, PageOptions } from "@sluice/store";

/** How a listing is filtered. */
export interface Visibility<T> {
  /** Gives a page of all. */
  readonly list: (page: PageOptions) => Promise<Page<T>>;
  /** Whether an item may be seen. */
  readonly isVisible: (item: T) => boolean | Promise<boolean>;
}

/**
 * Gives a page of what may be seen of a listing: as long as a page of it would be without
 * the rest, and with a key only if something that may be seen is behind it.
 *
 * It reads on over what may not be seen; what the key stands for is the last item that is
 * shown, so that what is added or removed meanwhile is neither repeated nor dropped.
 *
 * @param visibility The listing, and what of it may be seen.
 * @param page Which part is wanted.
 */
export async function listVisible<T>(
  { list, isVisible }: Visibility<T>,
  page: PageOptions = {},
): Promise<Page<T>> {
  const items: T[] = [];
  let options = page;
  let limit: number | undefined;
  for (;;) {
    const chunk = await list(options);
    limit ??= chunk.limit;
    const { visible, lastNeeded } = await sift(chunk.items, {
      isVisible,
      need: limit - items.length,
    });
    if (lastNeeded !== undefined && lastNeeded < chunk.items.length - 1) {
      // More than is needed: asked again up to there, for the key of that place.
      options = { ...options, limit: lastNeeded + 1 };
      continue;
    }
    items.push(...visible);
    const { next } = chunk;
    if (next === undefined) return { items, next, limit };
    if (items.length >= limit) {
      const hasMore = await isAnyVisible({ list, isVisible }, next);
      return { items, next: hasMore ? next : undefined, limit };
    }
    options = { limit, page: next };
  }
}

/** Finds what may be seen, and the place of the last item that is needed. */
async function sift<T>(
  items: readonly T[],
  {
    isVisible,
    need,
  }: Pick<Visibility<T>, "isVisible"> & { readonly need: number },
): Promise<{ readonly visible: T[]; readonly lastNeeded: number | undefined }> {
  const visible: T[] = [];
  for (const [place, item] of items.entries()) {
    if (!(await isVisible(item))) continue;
    visible.push(item);
    if (visible.length === need) return { visible, lastNeeded: place };
  }
  return { visible, lastNeeded: undefined };
}

async function isAnyVisible<T>(
  { list, isVisible }: Visibility<T>,
  page: string,
): Promise<boolean> {
  let next: string | undefined = page;
  while (next !== undefined) {
    const chunk: Page<T> = await list({ page: next });
    for (const item of chunk.items) if (await isVisible(item)) return true;
    next = chunk.next;
  }
  return false;
}
