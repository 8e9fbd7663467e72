import type { ObjectRecord } from "../port/segment-index.ts";
import type { Change } from "./transactions.ts";

/**
 * Dooms those of some objects that nothing refers to any more, with the initialisation
 * objects that only they needed. Their bytes are removed once the change is done.
 *
 * Source: TAMS 8.2, `DELETE /flows/{id}/segments`: objects are deleted only when no segment
 * and no other object refers to them.
 */
export async function doomUnreferenced(
  change: Change,
  objectIds: Iterable<string>,
): Promise<void> {
  for (const id of new Set(objectIds)) {
    if (await change.index.isReferenced(id)) continue;
    const object = await change.index.findObject(id);
    if (object !== undefined) await doomObject(change, object);
  }
}

/** Dooms an object that nothing refers to. */
export async function doomObject(
  change: Change,
  object: ObjectRecord,
): Promise<void> {
  if (object.state === "doomed") return;
  const { initObjectId } = object;
  await change.index.putObject({
    ...object,
    state: "doomed",
    initObjectId: undefined,
  });
  change.leaveWork();
  if (initObjectId !== undefined)
    await doomUnreferenced(change, [initObjectId]);
}
