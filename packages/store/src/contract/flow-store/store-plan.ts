import { ok, rejects } from "node:assert/strict";
import type { DeletionRequest, Flow, SegmentPost } from "@sluice/tams";
import { TimeRange } from "@sluice/time";
import type { FlowStore } from "../../port/flow-store.ts";

/** A law, before it is known for which store. */
export interface StorePlan {
  readonly title: string;
  /** Is given an empty store. */
  readonly check: (store: FlowStore) => Promise<void>;
}

/** Makes a law. */
export function storePlan(
  title: string,
  check: (store: FlowStore) => Promise<void>,
): StorePlan {
  return { title, check };
}

/** Makes an id. */
export function createId(): string {
  return crypto.randomUUID();
}

/** What a test says of a video flow. */
export type VideoFlow = Extract<Flow, { format: "urn:x-nmos:format:video" }>;

/** A video flow that nobody has made. */
export function videoFlow(change: Partial<VideoFlow> = {}): VideoFlow {
  return {
    id: createId(),
    source_id: createId(),
    format: "urn:x-nmos:format:video",
    codec: "video/h264",
    container: "video/mp2t",
    essence_parameters: {
      frame_width: 1920,
      frame_height: 1080,
      frame_rate: { numerator: 25 },
    },
    ...change,
  };
}

/** A multi flow that nobody has made. */
export function multiFlow(
  change: Partial<Extract<Flow, { format: "urn:x-nmos:format:multi" }>> = {},
): Flow {
  return {
    id: createId(),
    source_id: createId(),
    format: "urn:x-nmos:format:multi",
    ...change,
  };
}

/** Makes a video flow. */
export async function putVideo(
  store: FlowStore,
  change: Partial<VideoFlow> = {},
): Promise<Flow> {
  return (await store.putFlow(videoFlow(change))).flow;
}

/** Makes room for an object; gives its id. */
export async function allocate(
  store: FlowStore,
  flowId: string,
): Promise<string> {
  const [object] = await store.allocateObjects(flowId, { limit: 1 });
  ok(object !== undefined);
  return object.objectId;
}

/** Registers a segment with an object that room is made for; gives the object's id. */
export async function addSegment(
  store: FlowStore,
  flowId: string,
  timerange: string,
  change: Partial<SegmentPost> = {},
): Promise<string> {
  const object_id = change.object_id ?? (await allocate(store, flowId));
  await store.addSegmentsAtomically(flowId, [
    { ...change, object_id, timerange },
  ]);
  return object_id;
}

/** Gives the ranges of a flow's segments, in order. */
export async function listRanges(
  store: FlowStore,
  flowId: string,
  timerange?: string,
): Promise<readonly string[]> {
  const query =
    timerange === undefined ? {} : { timerange: TimeRange.parse(timerange) };
  const page = await store.listSegments(flowId, query);
  return page.items.map((segment) => segment.timerange);
}

/** Waits for a deletion, if it was not done at once. */
export async function finish(
  store: FlowStore,
  request: Promise<DeletionRequest | undefined>,
): Promise<void> {
  const left = await request;
  if (left !== undefined) await store.waitForDeletion(left.id);
}

/** Claims that something fails with a code, and with words if they matter. */
export function refuses(
  work: Promise<unknown>,
  code: string,
  words = /./,
): Promise<void> {
  return rejects(work, (error: unknown) => {
    ok(error instanceof Error && "code" in error, String(error));
    ok(error.code === code && words.test(error.message), error.message);
    return true;
  });
}

/** Claims that all of several fail with a code. */
export async function allRefuse(
  work: readonly Promise<unknown>[],
  code: string,
): Promise<void> {
  await Promise.all(work.map((one) => refuses(one, code)));
}

/** Claims that something breaks a rule. */
export function breaksRule(
  work: Promise<unknown>,
  words?: RegExp,
): Promise<void> {
  return refuses(work, "STORE_INVALID_REQUEST", words);
}
