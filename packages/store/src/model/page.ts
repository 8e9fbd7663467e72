/** A part of a listing, which goes on where it ended whatever is added or removed meanwhile. */
export interface Page<T> {
  /** What there is. */
  readonly items: readonly T[];
  /** Where the next page begins; absent on the last. */
  readonly next: string | undefined;
  /** At most how many a page has. */
  readonly limit: number;
}
