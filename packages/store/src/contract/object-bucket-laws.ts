import { asyncWith, type AsyncContextManager } from "sluice";
import type { ObjectBucket } from "../port/object-bucket.ts";
import type { BucketPlan } from "./bucket/bucket-plan.ts";
import { keyLaws } from "./bucket/key-laws.ts";
import { readingLaws } from "./bucket/reading-laws.ts";
import { writingLaws } from "./bucket/writing-laws.ts";

/** A promise that every bucket keeps. */
export interface ObjectBucketLaw {
  /** What a bucket does, as the title of a test. */
  readonly title: string;
  /** Opens a bucket, and rejects if it does not keep the promise. */
  readonly check: () => Promise<void>;
}

const plans: readonly BucketPlan[] = [
  ...keyLaws,
  ...writingLaws,
  ...readingLaws,
];

/**
 * Gives what every bucket promises, each with a check, for any runner of tests.
 *
 * Each check opens a bucket of its own, which must be empty, and closes it. They write up
 * to some megabytes, and need no other one running at the same time, nor to be alone.
 *
 * @param open Gives a manager of an empty bucket.
 * @returns The laws. Nothing has run.
 *
 * @example Check a bucket of your own
 * ```ts
 * import { MemoryBucket } from "@sluice/store";
 * import { objectBucketLaws } from "@sluice/store/contract";
 * import { nullContext } from "sluice";
 *
 * const laws = objectBucketLaws(() => nullContext(new MemoryBucket()));
 *
 * // In a test file: for (const { title, check } of laws) it(title, check);
 * for (const { check } of laws) await check();
 * ```
 */
export function objectBucketLaws(
  open: () => AsyncContextManager<ObjectBucket>,
): readonly ObjectBucketLaw[] {
  return plans.map(({ title, check }) => ({
    title,
    check: async () => {
      await asyncWith(open(), check);
    },
  }));
}
