/**
 * The root of the errors that this package throws for conditions worth catching.
 *
 * Across processes and copies of the library tell errors apart by `code`, not by
 * `instanceof`.
 */
export abstract class ServerError extends Error {
  /** Identifies the condition; never changes between versions. */
  abstract readonly code: string;

  /** Says what is wrong in one word; it is on the prototype. */
  abstract override get name(): string;
}
