import type { Flow, FlowPut } from "@sluice/tams";
import { FlowNotFoundError } from "../error/flow-not-found-error.ts";
import type { FlowStore } from "../port/flow-store.ts";
import { toFlowPut } from "./flow-put.ts";
import { listPages } from "./list-pages.ts";

/** The tag of flows that a file is being taken in to; nobody else uses it. */
const TAG = "sluice_ingest";

/** Which ingest a flow belongs to. */
export interface IngestMark {
  /** The storage of the store that it goes on in: copies elsewhere are left alone. */
  readonly storageId: string;
  /** The flow of flows. Once its own mark is gone, the file is there as a whole. */
  readonly wholeId: string;
}

/** Begins an ingest: says where, and makes the id of its flow of flows. */
export async function createIngestMark(store: FlowStore): Promise<IngestMark> {
  const { items } = await store.listStorageBackends();
  const place = items.find((one) => one.default_storage) ?? items[0];
  return { storageId: place?.id ?? "", wholeId: crypto.randomUUID() };
}

/** Marks a flow that is to be made as one that is not whole yet. */
export function markFlow(
  flow: FlowPut,
  { storageId, wholeId }: IngestMark,
): FlowPut {
  const tags = { ...flow.tags, [TAG]: [storageId, wholeId] };
  return { ...flow, status: "ingesting", tags };
}

/** Says that a flow is whole, and takes its mark away, in one change. */
export async function completeFlow(
  store: FlowStore,
  id: string,
): Promise<Flow> {
  const { tags = {}, ...flow } = toFlowPut(await store.getFlow(id));
  const { [TAG]: _mark, ...others } = tags;
  const { flow: whole } = await store.putFlow({
    ...flow,
    status: "closed_complete",
    ...(Object.keys(others).length > 0 && { tags: others }),
  });
  return whole;
}

/**
 * Ends what ingests that were cut off have left in a store: flows of a file that was not yet
 * there as a whole are removed, and those of one that was are said to be whole.
 *
 * Only for when none goes on in the store. One that somebody has made read-only is left.
 *
 * @param store The store.
 * @param storageId Its storage.
 */
export async function recoverIngests(
  store: FlowStore,
  storageId: string,
): Promise<void> {
  const query = { tags: { [TAG]: [storageId] } };
  const left = await listPages((page) =>
    store.listFlows(query, page),
  ).toArray();
  for (const flow of left) {
    if (flow.read_only === true) continue;
    if (await belongsToWhole(store, flow)) await completeFlow(store, flow.id);
    else await store.deleteFlow(flow.id);
  }
}

async function belongsToWhole(
  store: FlowStore,
  { id, tags }: Flow,
): Promise<boolean> {
  const wholeId = tags?.[TAG]?.[1];
  if (wholeId === undefined || wholeId === id) return false;
  try {
    const whole = await store.getFlow(wholeId);
    return whole.tags?.[TAG] === undefined;
  } catch (error) {
    if (error instanceof FlowNotFoundError) return false;
    throw error;
  }
}
