import type { Flow } from "@sluice/tams";
import type { FlowStore } from "../port/flow-store.ts";
import type { FlowSegment } from "./flow-segment.ts";

/** Where an initialisation object goes. */
export interface InitObjectTarget {
  readonly store: FlowStore;
  readonly flow: Flow;
  /** The segment of the flow that was written last, if there is one. */
  readonly last: FlowSegment | undefined;
  readonly signal: AbortSignal;
}

/**
 * Gives the id of an object with these bytes: of the one that the flow's last segment needs, if
 * it is the same, or else of one that is written. Another id would have decoders begin anew.
 *
 * Source: TAMS 8.2, application note 0024.
 */
export async function placeInitObject(
  bytes: Uint8Array,
  { store, flow, last, signal }: InitObjectTarget,
): Promise<string> {
  const used = last?.document.init_object;
  if (used !== undefined) {
    const there = await store.readObject(used, { signal });
    if (isEqual(there, bytes)) return used.object_id;
  }
  return writeNewObject({ store, flow, signal }, bytes);
}

/** Makes room for an object of a flow, and writes it; gives its id. */
async function writeNewObject(
  { store, flow: { id, container }, signal }: Omit<InitObjectTarget, "last">,
  bytes: Uint8Array,
): Promise<string> {
  const [allocated] = await store.allocateObjects(id, {
    limit: 1,
    ...(container === undefined ? {} : { contentType: container }),
  });
  if (allocated === undefined) {
    throw new RangeError(
      `The store made no room for an object of flow '${id}'`,
    );
  }
  await store.writeObject(allocated, bytes, { signal });
  return allocated.objectId;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
