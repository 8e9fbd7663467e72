import type { CollectionItem, Source } from "@sluice/tams";
import type { IndexTransaction } from "../port/segment-index.ts";

/** How many flows of a source are looked at for what it collects. */
const maxFlowsOfSource = 10_000;

/** Adds what follows from the collections of the source's flows. */
export async function deriveSource(
  index: IndexTransaction,
  source: Source,
): Promise<Source> {
  const flowIds = await index.listFlowIdsOfSource(source.id, maxFlowsOfSource);
  const collection = await listMembers(index, flowIds);
  const collectors = await listCollectors(index, flowIds);
  return {
    ...source,
    ...(collection.length > 0 && { source_collection: collection }),
    ...(collectors.length > 0 && { collected_by: collectors }),
  };
}

/** The sources of what some flows collect, each role of one once, in the flows' order. */
async function listMembers(
  index: IndexTransaction,
  flowIds: readonly string[],
): Promise<readonly CollectionItem[]> {
  const members = new Map<string, CollectionItem>();
  for (const flowId of flowIds) {
    const flow = await index.findFlow(flowId);
    for (const { id, role } of flow?.flow_collection ?? []) {
      const sourceId = (await index.findFlow(id))?.source_id;
      if (sourceId === undefined) continue;
      const item = { id: sourceId, ...(role !== undefined && { role }) };
      members.set(JSON.stringify([sourceId, role]), item);
    }
  }
  return [...members.values()];
}

/** The sources of the flows that collect some flows. */
async function listCollectors(
  index: IndexTransaction,
  flowIds: readonly string[],
): Promise<readonly string[]> {
  const sourceIds = new Set<string>();
  for (const flowId of flowIds) {
    for (const collectorId of await index.listCollectorsOfFlow(flowId)) {
      const collector = await index.findFlow(collectorId);
      if (collector !== undefined) sourceIds.add(collector.source_id);
    }
  }
  return [...sourceIds].sort();
}

/** The sources that collect a source, by id. */
export async function listSourceCollectors(
  index: IndexTransaction,
  sourceId: string,
): Promise<readonly string[]> {
  const flowIds = await index.listFlowIdsOfSource(sourceId, maxFlowsOfSource);
  return listCollectors(index, flowIds);
}
