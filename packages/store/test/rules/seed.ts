import type { Flow } from "@sluice/tams";
import type { FlowStore } from "@sluice/store";

/** Makes a video flow. */
export async function putVideo(
  store: FlowStore,
  change: { readonly id?: string; readonly source_id?: string } = {},
): Promise<Flow> {
  const { flow } = await store.putFlow({
    id: crypto.randomUUID(),
    source_id: crypto.randomUUID(),
    format: "urn:x-nmos:format:video",
    codec: "video/h264",
    container: "video/mp2t",
    essence_parameters: {
      frame_width: 1920,
      frame_height: 1080,
      frame_rate: { numerator: 25 },
    },
    ...change,
  });
  return flow;
}

/** Writes objects of one byte each. */
export async function writeObjects(
  store: FlowStore,
  flowId: string,
  count: number,
): Promise<readonly string[]> {
  const objects = await store.allocateObjects(flowId, { limit: count });
  for (const object of objects) {
    await store.writeObject(object, Uint8Array.of(1));
  }
  return objects.map(({ objectId }) => objectId);
}

/** Makes a flow with written segments of a second, from 0 on. */
export async function writeSegments(
  store: FlowStore,
  count: number,
): Promise<{ readonly flow: Flow; readonly objectIds: readonly string[] }> {
  const flow = await putVideo(store);
  const objectIds = await writeObjects(store, flow.id, count);
  await store.addSegmentsAtomically(
    flow.id,
    objectIds.map((object_id, n) => ({
      object_id,
      timerange: `[${n}:0_${n + 1}:0)`,
    })),
  );
  return { flow, objectIds };
}

/** A clock that is set by hand. */
export class HandClock {
  #now = Date.parse("2026-01-01T00:00:00Z");

  /** Tells the time. */
  readonly read = (): number => this.#now;

  /** Moves on. */
  pass(ms: number): void {
    this.#now += ms;
  }
}
