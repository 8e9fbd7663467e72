import type { Flow, FlowQuery } from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import { toSpan } from "../../port/instant-bounds.ts";
import { flowFacts } from "../listing/flow-facts.ts";
import { fits, fitTags } from "./document-match.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { take } from "./take.ts";

/**
 * Tells whether a flow is among those that are asked for.
 *
 * @param tables Where it is.
 * @param query Which are.
 * @param flow The flow.
 * @returns Whether it is.
 */
export function isFlowWanted(
  tables: MemoryTables,
  query: FlowQuery,
  flow: Flow,
): boolean {
  return (
    fitFacts(query, flow) &&
    fitTags(query, flow.tags) &&
    fitCollectors(tables, query.collectedByIds, flow) &&
    fitTimerange(tables, query.timerange, flow)
  );
}

function fitFacts(query: FlowQuery, flow: Flow): boolean {
  const facts = flowFacts(flow);
  return (
    fits(query.sourceId, facts.sourceId) &&
    fits(query.format, facts.format) &&
    fits(query.codec, facts.codec) &&
    fits(query.profileId, facts.profileId) &&
    fits(query.label, facts.label) &&
    fits(query.status, facts.status) &&
    fits(query.frameWidth, facts.frameWidth) &&
    fits(query.frameHeight, facts.frameHeight) &&
    fits(query.initSegments, facts.initSegments)
  );
}

function fitCollectors(
  { collectors }: MemoryTables,
  ids: readonly string[] | undefined,
  { id }: Flow,
): boolean {
  if (ids === undefined) return true;
  if (ids.length === 0) return take(collectors.of(id), 1).length === 0;
  return ids.some((collectorId) => collectors.has(id, collectorId));
}

function fitTimerange(
  { segments }: MemoryTables,
  timerange: TimeRange | undefined,
  { id }: Flow,
): boolean {
  if (timerange === undefined) return true;
  const { isEmpty } = timerange;
  const window = isEmpty ? {} : { span: toSpan(timerange) };
  return (take(segments.within(id, window), 1).length === 0) === isEmpty;
}
