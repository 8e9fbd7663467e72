import type { Flow } from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import type { FlowQuery } from "../../model/flow-query.ts";
import { toSpan } from "../../port/instant-bounds.ts";
import type { IndexTransaction } from "../../port/segment-index.ts";
import { flowFacts } from "../listing/flow-facts.ts";
import { flowOrders } from "../listing/listing-order.ts";
import { toListingWindow } from "../listing/page-start.ts";
import { fits, fitTags } from "./document-match.ts";
import type { MemorySession } from "./memory-session.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { take } from "./take.ts";

/** What a transaction does with flows. */
export function createFlowMethods(
  session: MemorySession,
): Pick<
  IndexTransaction,
  "findFlow" | "putFlow" | "removeFlow" | "listFlows" | "listCollectorsOfFlow"
> {
  return {
    findFlow: (id) => session.read(({ flows }) => flows.find(id)),
    putFlow: (flow) =>
      session.write((tables) => {
        remove(tables, flow.id);
        const { id, source_id, flow_collection = [] } = tables.flows.put(flow);
        tables.flowsOfSources.add(source_id, id);
        for (const member of flow_collection) {
          tables.collectors.add(member.id, id);
        }
      }),
    removeFlow: (id) =>
      session.write((tables) => {
        remove(tables, id);
      }),
    listFlows: (query, page) =>
      session.read((tables) => {
        const { sortBy = "created", reverseOrder = false } = query;
        return tables.flows.list(
          toListingWindow(flowOrders[sortBy], reverseOrder, page),
          (flow) => isWanted(tables, query, flow),
        );
      }),
    listCollectorsOfFlow: (flowId) =>
      session.read(({ collectors }) => [...collectors.of(flowId)]),
  };
}

function remove(tables: MemoryTables, id: string): void {
  const flow = tables.flows.find(id);
  if (flow === undefined) return;
  tables.flows.remove(id);
  tables.flowsOfSources.remove(flow.source_id, id);
  for (const member of flow.flow_collection ?? []) {
    tables.collectors.remove(member.id, id);
  }
}

function isWanted(tables: MemoryTables, query: FlowQuery, flow: Flow): boolean {
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
