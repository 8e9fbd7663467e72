import type { Page } from "../../model/page.ts";
import type { ListingOrder, ListingPlace } from "../listing/listing-order.ts";
import { toPage, type ListingWindow } from "../listing/page-start.ts";
import { keep } from "./kept.ts";
import { compareKeys, compareParts, OrderedMap } from "./ordered-map.ts";

/** Documents by id, and in each order in which they are listed. */
export class DocumentTable<T extends { readonly id: string }> {
  readonly #byId: OrderedMap<string, T>;
  readonly #listings: ReadonlyMap<ListingOrder<T>, OrderedMap<ListingPlace, T>>;

  /**
   * @param orders How they are listed.
   * @param original What this is a copy of.
   */
  constructor(orders: readonly ListingOrder<T>[], original?: DocumentTable<T>) {
    this.#byId = original
      ? original.#byId.copy()
      : new OrderedMap<string, T>(compareParts);
    this.#listings = new Map(
      orders.map((order) => [
        order,
        (original && original.#listings.get(order))?.copy() ??
          new OrderedMap<ListingPlace, T>(comparePlaces(order)),
      ]),
    );
  }

  /** Makes a copy, which changes by itself. */
  copy(): DocumentTable<T> {
    return new DocumentTable([...this.#listings.keys()], this);
  }

  find(id: string): T | undefined {
    return this.#byId.get(id);
  }

  /** Keeps a document in place of the one with its id; gives what is kept. */
  put(document: T): T {
    const kept = keep(document);
    this.remove(kept.id);
    this.#byId.set(kept.id, kept);
    for (const [order, listing] of this.#listings) {
      listing.set({ key: order.keyOf(kept), id: kept.id }, kept);
    }
    return kept;
  }

  remove(id: string): void {
    const document = this.#byId.get(id);
    if (document === undefined) return;
    this.#byId.delete(id);
    for (const [order, listing] of this.#listings) {
      listing.delete({ key: order.keyOf(document), id });
    }
  }

  /** Lists those that are wanted; looks at those that are not as well. */
  list(window: ListingWindow<T>, isWanted: (document: T) => boolean): Page<T> {
    const found: T[] = [];
    for (const document of this.#inOrder(window)) {
      if (found.length > window.limit) break;
      if (isWanted(document)) found.push(document);
    }
    return toPage(found, window);
  }

  /** Lists all. */
  all(order: ListingOrder<T>): T[] {
    const places = this.#listings.get(order)?.from() ?? [];
    return Array.from(places, ([, document]) => document);
  }

  *#inOrder({ order, isReversed, after }: ListingWindow<T>): Iterable<T> {
    const listing = this.#listings.get(order);
    if (listing === undefined) return;
    if (isReversed) {
      for (const [, document] of listing.before(after)) yield document;
      return;
    }
    for (const [place, document] of listing.from(after)) {
      if (place.id !== after?.id) yield document;
    }
  }
}

function comparePlaces<T>({
  isDescending,
}: ListingOrder<T>): (a: ListingPlace, b: ListingPlace) => number {
  const sign = isDescending ? -1 : 1;
  return (a, b) =>
    sign * compareParts(a.key, b.key) || compareKeys([a.id], [b.id]);
}
