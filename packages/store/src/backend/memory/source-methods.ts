import type { Source } from "@sluice/tams";
import type { SourceQuery } from "../../model/flow-query.ts";
import type { IndexTransaction } from "../../port/segment-index.ts";
import { sourceOrders } from "../listing/listing-order.ts";
import { toListingWindow } from "../listing/page-start.ts";
import { fits, fitTags } from "./document-match.ts";
import type { MemorySession } from "./memory-session.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { take } from "./take.ts";

/** What a transaction does with sources. */
export function createSourceMethods(
  session: MemorySession,
): Pick<
  IndexTransaction,
  | "findSource"
  | "putSource"
  | "removeSource"
  | "listSources"
  | "listFlowIdsOfSource"
> {
  return {
    findSource: (id) => session.read(({ sources }) => sources.find(id)),
    putSource: (source) =>
      session.write(({ sources }) => {
        sources.put(source);
      }),
    removeSource: (id) =>
      session.write(({ sources }) => {
        sources.remove(id);
      }),
    listSources: (query, page) =>
      session.read((tables) => {
        const { sortBy = "created", reverseOrder = false } = query;
        const order = sourceOrders[sortBy];
        return tables.sources.list(
          toListingWindow(order, reverseOrder, page),
          (source) => isWanted(tables, query, source),
        );
      }),
    listFlowIdsOfSource: (sourceId, limit) =>
      session.read(({ flowsOfSources }) =>
        take(flowsOfSources.of(sourceId), limit),
      ),
  };
}

function isWanted(
  tables: MemoryTables,
  query: SourceQuery,
  source: Source,
): boolean {
  return (
    fits(query.label, source.label) &&
    fits(query.format, source.format) &&
    fitTags(query, source.tags) &&
    fitCollectors(tables, query.collectedByIds, source)
  );
}

/** A source is collected as its flows are. */
function fitCollectors(
  tables: MemoryTables,
  ids: readonly string[] | undefined,
  { id }: Source,
): boolean {
  if (ids === undefined) return true;
  const collectors = collectingSources(tables, id);
  if (ids.length === 0) return take(collectors, 1).length === 0;
  for (const collector of collectors) {
    if (ids.includes(collector)) return true;
  }
  return false;
}

function* collectingSources(
  { flows, flowsOfSources, collectors }: MemoryTables,
  sourceId: string,
): Iterable<string> {
  for (const flowId of flowsOfSources.of(sourceId)) {
    for (const collectorId of collectors.of(flowId)) {
      const collector = flows.find(collectorId);
      if (collector !== undefined) yield collector.source_id;
    }
  }
}
