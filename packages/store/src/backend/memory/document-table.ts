import type { Page } from "../../model/page.ts";
import type { ListingOrder, ListingPlace } from "../listing/listing-order.ts";
import { toPage, type ListingWindow } from "../listing/page-start.ts";
import { keep } from "./kept.ts";
import { compareKeys, compareParts, OrderedMap } from "./ordered-map.ts";

interface Listing<T> {
  readonly order: ListingOrder<T>;
  readonly places: OrderedMap<ListingPlace, T>;
}

/** Documents by id, and in each order in which they are listed. */
export class DocumentTable<T extends { readonly id: string }> {
  readonly #byId: OrderedMap<string, T>;
  readonly #listings: readonly Listing<T>[];

  /** @param orders How they are listed; or what this is a copy of. */
  constructor(orders: readonly ListingOrder<T>[] | DocumentTable<T>) {
    if (orders instanceof DocumentTable) {
      this.#byId = orders.#byId.copy();
      this.#listings = orders.#listings.map(({ order, places }) => ({
        order,
        places: places.copy(),
      }));
    } else {
      this.#byId = new OrderedMap<string, T>(compareParts);
      this.#listings = orders.map((order) => ({
        order,
        places: new OrderedMap<ListingPlace, T>(comparePlaces(order)),
      }));
    }
  }

  /** Makes a copy, which changes by itself. */
  copy(): DocumentTable<T> {
    return new DocumentTable<T>(this);
  }

  find(id: string): T | undefined {
    return this.#byId.get(id);
  }

  /** Keeps a document in place of the one with its id; gives what is kept. */
  put(document: T): T {
    const kept = keep(document);
    this.remove(kept.id);
    this.#byId.set(kept.id, kept);
    for (const { order, places } of this.#listings) {
      places.set({ key: order.keyOf(kept), id: kept.id }, kept);
    }
    return kept;
  }

  remove(id: string): void {
    const document = this.#byId.get(id);
    if (document === undefined) return;
    this.#byId.delete(id);
    for (const { order, places } of this.#listings) {
      places.delete({ key: order.keyOf(document), id });
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
    return Array.from(this.#placesIn(order).from(), ([, document]) => document);
  }

  *#inOrder({ order, isReversed, after }: ListingWindow<T>): Iterable<T> {
    const places = this.#placesIn(order);
    if (isReversed) {
      for (const [, document] of places.before(after)) yield document;
      return;
    }
    for (const [place, document] of places.from(after)) {
      if (place.id !== after?.id) yield document;
    }
  }

  #placesIn(order: ListingOrder<T>): OrderedMap<ListingPlace, T> {
    const listing = this.#listings.find((one) => one.order === order);
    if (listing !== undefined) return listing.places;
    throw new TypeError(`Cannot list by ${order.name}: that order is not kept`);
  }
}

function comparePlaces<T>({
  isDescending,
}: ListingOrder<T>): (a: ListingPlace, b: ListingPlace) => number {
  const sign = isDescending ? -1 : 1;
  return (a, b) =>
    sign * compareParts(a.key, b.key) || compareKeys([a.id], [b.id]);
}
