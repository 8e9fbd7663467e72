import type { Flow, FlowCollectionItem } from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import type { IndexTransaction } from "../port/segment-index.ts";
import { updateFlow } from "./flow-stamps.ts";
import type { Change } from "./transactions.ts";

/**
 * Checks what a flow is to collect: flows that are there, and not, at whatever depth,
 * itself.
 *
 * Source: TAMS 8.2, `flow-collection.json`; application note 0006.
 *
 * @throws {InvalidRequestError} If a member is unknown, or there would be a circle.
 */
export async function checkCollection(
  index: IndexTransaction,
  flowId: string,
  collection: readonly FlowCollectionItem[],
): Promise<void> {
  for (const { id } of collection) {
    if (id === flowId || (await index.findFlow(id)) !== undefined) continue;
    throw new InvalidRequestError(
      `Cannot collect flow '${id}' in flow '${flowId}': there is none; make it first`,
    );
  }
  const seen = new Set<string>();
  const open = collection.map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === flowId) {
      throw new InvalidRequestError(
        `Cannot let flow '${flowId}' collect itself, nor a flow that collects it`,
      );
    }
    if (seen.has(id)) continue;
    seen.add(id);
    const member = await index.findFlow(id);
    open.push(...(member?.flow_collection ?? []).map((item) => item.id));
  }
}

/** Takes a flow that goes out of the collections that it is in. */
export async function leaveCollections(
  change: Change,
  flow: Flow,
): Promise<void> {
  for (const id of await change.index.listCollectorsOfFlow(flow.id)) {
    const collector = await change.index.findFlow(id);
    if (collector === undefined) continue;
    await updateFlow(change, {
      ...collector,
      flow_collection: collector.flow_collection?.filter(
        (item) => item.id !== flow.id,
      ),
    });
  }
}
