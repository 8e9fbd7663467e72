/** Which part of a listing is wanted. */
export interface PageOptions {
  /** At most how many; the store has a limit of its own as well. */
  readonly limit?: number | undefined;
  /** Where to go on: `next` of the page before; the beginning, if it is absent. */
  readonly page?: string | undefined;
}

/** A part of a listing, which goes on where it ended whatever is added or removed meanwhile. */
export interface Page<T> {
  /** What there is. */
  readonly items: readonly T[];
  /** Where the next page begins; absent on the last. */
  readonly next: string | undefined;
  /** At most how many a page has. */
  readonly limit: number;
}
