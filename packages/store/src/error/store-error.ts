/**
 * The root of the errors that this package throws for conditions worth catching.
 *
 * Wrong use (a value of the wrong shape, a number out of bounds) is not among them: it
 * throws `TypeError` or `RangeError`. Across processes and copies of the library tell
 * errors apart by `code`, not by `instanceof`.
 */
export abstract class StoreError extends Error {
  /** Identifies the condition; never changes between versions. */
  abstract readonly code: string;

  /** Says what is wrong in one word; it is on the prototype. */
  abstract override get name(): string;
}
