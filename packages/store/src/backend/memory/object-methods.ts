import type {
  IndexTransaction,
  ObjectRecord,
} from "../../port/segment-index.ts";
import type { MemorySession } from "./memory-session.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { compareParts } from "./ordered-map.ts";
import { take } from "./take.ts";

/** What a transaction does with objects. */
export function createObjectMethods(
  session: MemorySession,
): Pick<
  IndexTransaction,
  | "findObject"
  | "putObject"
  | "removeObject"
  | "listObjects"
  | "isReferenced"
  | "listFlowsOfObject"
> {
  return {
    findObject: (id) => session.read(({ objects }) => objects.find(id)),
    putObject: (object) =>
      session.write((tables) => {
        moveInitUses(tables, object.id, object.initObjectId);
        tables.objects.put(object);
      }),
    removeObject: (id) =>
      session.write((tables) => {
        moveInitUses(tables, id, undefined);
        tables.objects.remove(id);
      }),
    listObjects: ({ state, allocatedBefore = Infinity, after, limit }) =>
      session.read(({ objects }) =>
        take(
          allocatedIn(objects.ofState(state, after), allocatedBefore),
          limit,
        ),
      ),
    isReferenced: (id) =>
      session.read(
        ({ segments, objects }) =>
          segments.uses.nextFlow(id, undefined) !== undefined ||
          objects.isNeeded(id),
      ),
    listFlowsOfObject: (id, { after, limit }) =>
      session.read((tables) => take(flowsOf(tables, id, after), limit)),
  };
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

function* allocatedIn(
  objects: Iterable<ObjectRecord>,
  before: number,
): Iterable<ObjectRecord> {
  for (const object of objects) if (object.allocatedAt < before) yield object;
}

function* flowsOf(
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
