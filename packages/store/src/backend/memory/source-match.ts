import type { Source, SourceQuery } from "@sluice/tams";
import { fits, fitTags } from "./document-match.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { take } from "./take.ts";

/**
 * Tells whether a source is among those that are asked for.
 *
 * @param tables Where it is.
 * @param query Which are.
 * @param source The source.
 * @returns Whether it is.
 */
export function isSourceWanted(
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
