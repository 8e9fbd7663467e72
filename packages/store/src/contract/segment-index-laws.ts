import { asyncWith, type AsyncContextManager } from "sluice";
import type { SegmentIndex } from "../port/segment-index.ts";
import { documentLaws } from "./segment-index/document-laws.ts";
import { filterLaws } from "./segment-index/filter-laws.ts";
import type { IndexPlan } from "./segment-index/index-plan.ts";
import { listingLaws } from "./segment-index/listing-laws.ts";
import { modelLaw } from "./segment-index/model-law.ts";
import { objectLaws } from "./segment-index/object-laws.ts";
import { segmentLaws } from "./segment-index/segment-laws.ts";
import { transactionLaws } from "./segment-index/transaction-laws.ts";
import { webhookLaws } from "./segment-index/webhook-laws.ts";

/** How the laws are checked. */
export interface SegmentIndexLawsOptions {
  /** How many random runs the last law has: 40 by default. */
  readonly runs?: number;
}

/** A promise that every index keeps. */
export interface SegmentIndexLaw {
  /** What an index does, as the title of a test. */
  readonly title: string;
  /** Opens an index, and rejects if it does not keep the promise. */
  readonly check: () => Promise<void>;
}

const plans: readonly IndexPlan[] = [
  ...segmentLaws,
  ...objectLaws,
  ...documentLaws,
  ...listingLaws,
  ...filterLaws,
  ...transactionLaws,
  ...webhookLaws,
];

/**
 * Gives what every index promises, each with a check, for any runner of tests.
 *
 * Each check opens an index of its own, which must be empty, and closes it. The last one
 * runs whatever fast-check thinks of on the index and on arrays beside each other.
 *
 * @param open Gives a manager of an empty index.
 * @param options How they are checked.
 * @returns The laws. Nothing has run.
 *
 * @example Check an index of your own
 * ```ts
 * import { MemoryIndex } from "@sluice/store";
 * import { segmentIndexLaws } from "@sluice/store/contract";
 * import { nullContext } from "sluice";
 *
 * const laws = segmentIndexLaws(() => nullContext(new MemoryIndex()));
 *
 * // In a test file: for (const { title, check } of laws) it(title, check);
 * for (const { check } of laws) await check();
 * ```
 */
export function segmentIndexLaws(
  open: () => AsyncContextManager<SegmentIndex>,
  { runs = 40 }: SegmentIndexLawsOptions = {},
): readonly SegmentIndexLaw[] {
  return [...plans, modelLaw(runs)].map(({ title, check }) => ({
    title,
    check: async () => {
      await asyncWith(open(), check);
    },
  }));
}
