import type { ObjectRecord } from "../../port/segment-index.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { compareParts } from "./ordered-map.ts";

/**
 * Keeps an object.
 *
 * @param tables Where.
 * @param object The object.
 */
export function putObject(tables: MemoryTables, object: ObjectRecord): void {
  moveInitUses(tables, object.id, object.initObjectId);
  tables.objects.put(object);
}

/**
 * Removes an object.
 *
 * @param tables Where.
 * @param id The object's id; nothing is done, if there is none.
 */
export function removeObject(tables: MemoryTables, id: string): void {
  moveInitUses(tables, id, undefined);
  tables.objects.remove(id);
}

/**
 * Lists the flows whose segments are in an object, or in one that needs it.
 *
 * @param tables Where.
 * @param objectId The object's id.
 * @param after Behind which flow's id.
 * @returns The ids of flows, in their order.
 */
export function* flowsOfObject(
  { segments, initUses }: MemoryTables,
  objectId: string,
  after: string | undefined,
): Iterable<string> {
  for (let last = after; ;) {
    const next = [segments.uses, initUses]
      .map((uses) => uses.nextFlow(objectId, last))
      .filter((id) => id !== undefined)
      .sort(compareParts)[0];
    if (next === undefined) return;
    yield (last = next);
  }
}

/** Its segments use another initialisation object from now on. */
function moveInitUses(
  { objects, segments, initUses }: MemoryTables,
  id: string,
  to: string | undefined,
): void {
  const from = objects.find(id)?.initObjectId;
  if (from === to) return;
  for (const segment of segments.uses.of(id)) {
    if (from !== undefined) initUses.remove(from, segment);
    if (to !== undefined) initUses.add(to, segment);
  }
}
