import type { Flow } from "@sluice/tams";
import type { MemoryTables } from "./memory-tables.ts";

/**
 * Keeps a flow, and what it collects.
 *
 * @param tables Where.
 * @param flow The flow.
 */
export function putFlow(tables: MemoryTables, flow: Flow): void {
  removeFlow(tables, flow.id);
  const { id, source_id, flow_collection = [] } = tables.flows.put(flow);
  tables.flowsOfSources.add(source_id, id);
  for (const member of flow_collection) tables.collectors.add(member.id, id);
}

/**
 * Removes a flow, and what it collects.
 *
 * @param tables Where.
 * @param id The flow's id; nothing is done, if there is none.
 */
export function removeFlow(tables: MemoryTables, id: string): void {
  const flow = tables.flows.find(id);
  if (flow === undefined) return;
  tables.flows.remove(id);
  tables.flowsOfSources.remove(flow.source_id, id);
  for (const member of flow.flow_collection ?? []) {
    tables.collectors.remove(member.id, id);
  }
}
