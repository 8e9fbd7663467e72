import { asyncWith, type AsyncContextManager } from "sluice";
import type { FlowStore } from "../port/flow-store.ts";
import { allocationLaws } from "./flow-store/allocation-laws.ts";
import { collectionLaws } from "./flow-store/collection-laws.ts";
import { deletionLaws } from "./flow-store/deletion-laws.ts";
import { flowLaws } from "./flow-store/flow-laws.ts";
import { initObjectLaws } from "./flow-store/init-object-laws.ts";
import { instanceLaws } from "./flow-store/instance-laws.ts";
import { listingLaws } from "./flow-store/listing-laws.ts";
import { modelLaws } from "./flow-store/model-law.ts";
import { objectLaws } from "./flow-store/object-laws.ts";
import { profileLaws } from "./flow-store/profile-laws.ts";
import { segmentLaws } from "./flow-store/segment-laws.ts";
import { serviceLaws } from "./flow-store/service-laws.ts";
import { sourceLaws } from "./flow-store/source-laws.ts";
import type { StorePlan } from "./flow-store/store-plan.ts";
import { webhookLaws } from "./flow-store/webhook-laws.ts";
import { writerLaws } from "./flow-store/writer-laws.ts";

/** A promise that every flow store keeps. */
export interface FlowStoreLaw {
  /** What a store does, as the title of a test. */
  readonly title: string;
  /** Opens a store, and rejects if it does not keep the promise. */
  readonly check: () => Promise<void>;
}

const plans: readonly StorePlan[] = [
  ...serviceLaws,
  ...flowLaws,
  ...profileLaws,
  ...collectionLaws,
  ...sourceLaws,
  ...listingLaws,
  ...allocationLaws,
  ...segmentLaws,
  ...initObjectLaws,
  ...objectLaws,
  ...instanceLaws,
  ...deletionLaws,
  ...webhookLaws,
  ...writerLaws,
  ...modelLaws,
];

/**
 * Gives what every flow store promises, each with a check, for any runner of tests.
 *
 * Each check opens a store of its own, which must be empty, and closes it. They use nothing
 * but the port. The store must have two storage backends, one of them the default, and keep
 * the bytes of both.
 *
 * @param open Gives a manager of an empty store.
 * @returns The laws. Nothing has run.
 *
 * @example Check a store of your own
 * ```ts
 * import { createFlowStore, MemoryBucket, MemoryIndex } from "@sluice/store";
 * import { flowStoreLaws } from "@sluice/store/contract";
 *
 * const product = {
 *   store_type: "http_object_store",
 *   provider: "example",
 *   store_product: "memory",
 * } as const;
 * const ids = ["7d5f5a38-0d2c-4b3b-8f06-59a5c5d5d8a1", "5b0e1d4b-93f2-4a0c-9d8a-0d5a7b3c9e10"];
 * const laws = flowStoreLaws(() =>
 *   createFlowStore({
 *     index: new MemoryIndex(),
 *     buckets: ids.map((id, at) => ({
 *       backend: { ...product, id, label: `${at}`, default_storage: at === 0 },
 *       bucket: new MemoryBucket(),
 *     })),
 *   }),
 * );
 *
 * // In a test file: for (const { title, check } of laws) it(title, check);
 * await laws[0]?.check();
 * ```
 */
export function flowStoreLaws(
  open: () => AsyncContextManager<FlowStore>,
): readonly FlowStoreLaw[] {
  return plans.map(({ title, check }) => ({
    title,
    check: async () => {
      await asyncWith(open(), check);
    },
  }));
}
