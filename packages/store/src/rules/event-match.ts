import type { Webhook } from "@sluice/tams";

/** What an event is about. */
export interface EventSubject {
  /** The flow; nothing, if it is about a source. */
  readonly flowId: string | undefined;
  /** The source, or that of the flow. */
  readonly sourceId: string;
  /** Gives the flows that collect the flow. */
  readonly listFlowCollectors: () => Promise<readonly string[]>;
  /** Gives the sources that collect the source. */
  readonly listSourceCollectors: () => Promise<readonly string[]>;
}

/**
 * Tells whether a subscription is about a subject: all that it names must be met, and what
 * it says of flows is not asked of sources.
 *
 * Source: TAMS 8.2, `webhook.json`.
 */
export async function isSubjectWanted(
  webhook: Webhook,
  subject: EventSubject,
): Promise<boolean> {
  const {
    flow_ids: flowIds,
    source_ids: sourceIds,
    flow_collected_by_ids: flowCollectors,
    source_collected_by_ids: sourceCollectors,
  } = webhook;
  const { flowId, sourceId } = subject;
  if (sourceIds !== undefined && !sourceIds.includes(sourceId)) return false;
  if (flowId !== undefined) {
    if (flowIds !== undefined && !flowIds.includes(flowId)) return false;
    if (!(await fits(flowCollectors, subject.listFlowCollectors))) return false;
  }
  return fits(sourceCollectors, subject.listSourceCollectors);
}

async function fits(
  wanted: readonly string[] | undefined,
  list: () => Promise<readonly string[]>,
): Promise<boolean> {
  if (wanted === undefined) return true;
  const collectors = await list();
  if (wanted.length === 0) return collectors.length === 0;
  return collectors.some((id) => wanted.includes(id));
}
