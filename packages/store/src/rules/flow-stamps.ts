import type { Flow } from "@sluice/tams";
import { withoutAbsent } from "./absent-properties.ts";
import type { Change } from "./transactions.ts";

/**
 * Marks a flow whose metadata change: when, by whom, and with a new version.
 *
 * Source: TAMS 8.2, `flow-common.json`.
 *
 * @param change The change.
 * @param flow The flow, with what has changed.
 * @returns The flow to be kept.
 */
export function stampMetadata(change: Change, flow: Flow): Flow {
  return withoutAbsent({
    ...flow,
    metadata_updated: change.now,
    updated_by: change.actor,
    metadata_version: crypto.randomUUID(),
  });
}

/** Keeps a flow whose metadata change, marks it, and tells of it. */
export async function updateFlow(change: Change, flow: Flow): Promise<void> {
  const after = stampMetadata(change, flow);
  await change.index.putFlow(after);
  await change.events.flowChanged("flows/updated", after);
}

/** Marks a flow whose segments change. */
export async function stampSegments(change: Change, flow: Flow): Promise<void> {
  await change.index.putFlow({ ...flow, segments_updated: change.now });
}
