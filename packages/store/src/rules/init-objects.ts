import type { Flow } from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import type { ObjectRecord } from "../port/segment-index.ts";
import type { Change } from "./transactions.ts";

/**
 * Finds out what becomes of the initialisation object that an object needs.
 *
 * Source: TAMS 8.2, `flow-segment-post.json`; `init_segments` of `flow-video.json`.
 *
 * @param change The change.
 * @param flow The flow that is to have a segment of the object.
 * @param object The object.
 * @returns The initialisation object as it will be; nothing, if there is none or it stays as
 * it is.
 * @throws {InvalidRequestError} If it may not be one, or the flow says otherwise.
 */
export async function prepareInitObject(
  change: Change,
  flow: Flow,
  object: ObjectRecord,
): Promise<ObjectRecord | undefined> {
  const { initObjectId } = object;
  checkFlowNeedsIt(flow, object);
  if (initObjectId === undefined) return undefined;
  const init = await change.index.findObject(initObjectId);
  if (init === undefined || init.state === "doomed") {
    throw new InvalidRequestError(
      `There is no object '${initObjectId}' to initialise '${object.id}' by: make room for it and write it first`,
    );
  }
  if (init.state === "registered") {
    if (init.isInit === true) return undefined;
    throw new InvalidRequestError(
      `Cannot use object '${initObjectId}' as an initialisation object: segments use it`,
    );
  }
  return {
    ...init,
    state: "registered",
    isInit: true,
    firstFlowId: flow.id,
  };
}

function checkFlowNeedsIt(flow: Flow, object: ObjectRecord): void {
  const essence = flow.essence_parameters ?? {};
  const isNeeded = "init_segments" in essence && essence.init_segments === true;
  if (isNeeded === (object.initObjectId !== undefined)) return;
  throw new InvalidRequestError(
    isNeeded
      ? `Cannot use object '${object.id}' in flow '${flow.id}' without an init_object_id: the flow's init_segments is true`
      : `Cannot use object '${object.id}' with an initialisation object in flow '${flow.id}': set the flow's init_segments to true first`,
  );
}
