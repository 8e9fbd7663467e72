import type { PageOptions, StorageBackend, TagFilter } from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { decodePageKey, encodePageKey } from "../model/page-key.ts";
import type { Page } from "../model/page.ts";
import type { StoreBucket } from "./flow-store-options.ts";
import { matchesTags } from "./tag-match.ts";

/** The places for objects that a store has. */
export class StorageBackends {
  readonly #byId = new Map<string, StoreBucket>();

  /**
   * @param buckets The places.
   * @throws {TypeError} If there is none, or two have one id or are both the default.
   */
  constructor(buckets: readonly StoreBucket[]) {
    for (const place of buckets) {
      const { id } = place.backend;
      if (this.#byId.has(id)) {
        throw new TypeError(`Cannot use two buckets as storage '${id}'`);
      }
      this.#byId.set(id, place);
    }
    const defaults = buckets.filter(({ backend }) => backend.default_storage);
    if (buckets.length === 0 || defaults.length > 1) {
      throw new TypeError(
        `Cannot make a store with ${buckets.length} buckets, ${defaults.length} of them the default: it needs at least one, and at most one default`,
      );
    }
    const [only] = buckets;
    if (only !== undefined && buckets.length === 1) {
      const { default_storage = true } = only.backend;
      const backend = { ...only.backend, default_storage };
      this.#byId.set(backend.id, { ...only, backend });
    }
  }

  /** All of them. */
  get places(): readonly StoreBucket[] {
    return [...this.#byId.values()];
  }

  /** Finds one by its id. */
  find(storageId: string): StoreBucket | undefined {
    return this.#byId.get(storageId);
  }

  /**
   * Gives the one with an id, or the default.
   *
   * @throws {InvalidRequestError} If there is none.
   */
  get(storageId: string | undefined): StoreBucket {
    const place =
      storageId === undefined
        ? this.places.find(({ backend }) => backend.default_storage)
        : this.#byId.get(storageId);
    if (place !== undefined) return place;
    throw new InvalidRequestError(
      storageId === undefined
        ? "Cannot choose a storage backend: none is the default; name one by its id"
        : `There is no storage backend '${storageId}': list those that there are`,
    );
  }

  /** Tells whether one has a label, which no other URL may have then. */
  hasLabel(label: string): boolean {
    return this.places.some(({ backend }) => backend.label === label);
  }

  /** Lists them by label; those without come last, by id. */
  list(
    query: TagFilter & { readonly reverseOrder?: boolean },
    page: PageOptions & { readonly limit: number },
  ): Page<StorageBackend> {
    const sorted = this.places
      .map(({ backend }) => backend)
      .filter(({ tags }) => matchesTags(tags, query))
      .sort(compareBackends);
    if (query.reverseOrder === true) sorted.reverse();
    const start =
      page.page === undefined
        ? 0
        : sorted.findIndex(({ id }) => id === readKey(page.page ?? "")) + 1;
    const end = start + page.limit;
    const items = sorted.slice(start, end);
    const last = items.at(-1);
    const next =
      end < sorted.length && last !== undefined
        ? encodePageKey([last.id])
        : undefined;
    return { items, next, limit: page.limit };
  }
}

function readKey(key: string): unknown {
  return decodePageKey(key, ["string"])[0];
}

function compareBackends(a: StorageBackend, b: StorageBackend): number {
  if (a.label === b.label) return compareTexts(a.id, b.id);
  if (a.label === undefined) return 1;
  return b.label === undefined ? -1 : compareTexts(a.label, b.label);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
