import type { Flow } from "@sluice/tams";
import type { IndexTransaction } from "../port/segment-index.ts";

/** Adds to a flow what follows from other flows. */
export async function deriveFlow(
  index: IndexTransaction,
  flow: Flow,
): Promise<Flow> {
  const collectors = await index.listCollectorsOfFlow(flow.id);
  return collectors.length > 0 ? { ...flow, collected_by: collectors } : flow;
}
