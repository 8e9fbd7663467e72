import type { Ask } from "./serve-memory.ts";

/** Ids that are there to be used. */
export const ids = {
  flow: "11111111-1111-4111-8111-111111111111",
  other: "22222222-2222-4222-8222-222222222222",
  multi: "33333333-3333-4333-8333-333333333333",
  source: "44444444-4444-4444-8444-444444444444",
  otherSource: "55555555-5555-4555-8555-555555555555",
  profile: "66666666-6666-4666-8666-666666666666",
  unknown: "99999999-9999-4999-8999-999999999999",
} as const;

/** Makes a flow's document. */
export function videoFlow(changes: Readonly<Record<string, unknown>> = {}): {
  readonly id: string;
} & Readonly<Record<string, unknown>> {
  return {
    id: ids.flow,
    source_id: ids.source,
    format: "urn:x-nmos:format:video",
    codec: "video/h264",
    container: "video/mp2t",
    essence_parameters: {
      frame_rate: { numerator: 25 },
      frame_width: 1920,
      frame_height: 1080,
    },
    ...changes,
  };
}

/** Puts a flow. */
export async function putFlow(
  ask: Ask,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const flow = videoFlow(changes);
  const { status } = await ask("PUT", `/flows/${flow.id}`, { json: flow });
  if (status !== 201) throw new Error(`PUT flow was answered with ${status}`);
  return flow.id;
}

/** Has room made for objects; gives what was answered for each. */
export async function allocate(
  ask: Ask,
  flowId: string,
  json: object,
): Promise<readonly Place[]> {
  const response = await ask("POST", `/flows/${flowId}/storage`, { json });
  const storage = (await response.json()) as { media_objects: Place[] };
  return storage.media_objects;
}

/** Where an object is to be put. */
export interface Place {
  readonly object_id: string;
  readonly put_url: { readonly url: string; readonly "content-type": string };
  readonly presigned: boolean;
}

/** Registers segments of a second each, from a second on, in objects of their own. */
export async function addSeconds(
  ask: Ask,
  flowId: string,
  { from = 0, count }: { readonly from?: number; readonly count: number },
): Promise<void> {
  const names = Array.from(
    { length: count },
    (_, at) => `${flowId}-${from + at}`,
  );
  await allocate(ask, flowId, { object_ids: names });
  const { status } = await ask("POST", `/flows/${flowId}/segments`, {
    json: names.map((object_id, at) => ({
      object_id,
      timerange: `[${from + at}:0_${from + at + 1}:0)`,
    })),
  });
  if (status !== 201) throw new Error(`POST segments: ${status}`);
}
