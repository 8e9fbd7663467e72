import { deepEqual } from "node:assert/strict";
import type {
  IndexTransaction,
  SegmentIndex,
} from "../../port/segment-index.ts";

/** A law, before it is known for which index. */
export interface IndexPlan {
  readonly title: string;
  /** Is given an empty index. */
  readonly check: (index: SegmentIndex) => Promise<void>;
}

/** Makes a law. */
export function indexPlan(
  title: string,
  check: (index: SegmentIndex) => Promise<void>,
): IndexPlan {
  return { title, check };
}

/** Changes an index. */
export function write<T>(
  index: SegmentIndex,
  work: (transaction: IndexTransaction) => Promise<T>,
): Promise<T> {
  return index.transact("write", work);
}

/** Reads from an index. */
export function read<T>(
  index: SegmentIndex,
  work: (transaction: IndexTransaction) => Promise<T>,
): Promise<T> {
  return index.transact("read", work);
}

/** Claims that values are the same; what is undefined may be absent. */
export function claimSame(actual: unknown, expected: unknown): void {
  deepEqual(withoutUndefined(actual), withoutUndefined(expected));
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) => [name, withoutUndefined(one)]),
  );
}
