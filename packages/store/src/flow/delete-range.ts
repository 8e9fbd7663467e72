import type { TimeRange } from "@sluice/time";
import type { MediaPlace } from "./media-place.ts";

/**
 * Removes the segments of a flow that lie wholly within a range, and waits until it is done.
 *
 * @throws {FlowNotFoundError} If there is no such flow.
 * @throws {ReadOnlyFlowError} If nothing of it may be changed.
 */
export function deleteRange(
  { store, lifetime }: MediaPlace,
  flowId: string,
  timeRange: TimeRange,
): Promise<void> {
  return lifetime.run(async (signal) => {
    const request = await store.deleteSegments(flowId, {
      timerange: timeRange,
    });
    if (request !== undefined)
      await store.waitForDeletion(request.id, { signal });
  });
}
