import { describe } from "../../core/describe.ts";
import type { Semaphore } from "../../task/semaphore.ts";

/** How many at a time: a number, or a semaphore, which several streams may share. */
export type Limit = number | Semaphore;

/** Options of operators that can work on several items at a time. */
export interface ConcurrencyOptions {
  /**
   * How many items may be under way, or ready and not taken, at least 1; 1 by default. A
   * semaphore lends a permit for each that is under way.
   */
  readonly concurrency?: Limit;
  /**
   * Whether results come in the order of the items, and not as they are there; yes by
   * default.
   */
  readonly ordered?: boolean;
}

/** @throws {RangeError} If a number is not an integer of at least `least`. */
export function checkCount(
  value: unknown,
  name: string,
  least: number,
): asserts value is number {
  if (Number.isInteger(value) && Number(value) >= least) return;
  throw new RangeError(
    `Cannot use ${describe(value)} as '${name}': it is not an integer of ${least} or more`,
  );
}

/** Gives a limit as a number. */
export function countLimit(limit: Limit, name: string): number {
  const count = typeof limit === "object" ? limit.permits : limit;
  checkCount(count, name, 1);
  return count;
}

/** The semaphore of a limit, if it is one. */
export function findSemaphores(limit: Limit): readonly Semaphore[] {
  return typeof limit === "object" ? [limit] : [];
}
