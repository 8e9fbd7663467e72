import { TimeRange } from "@sluice/time";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { toSpan } from "../port/instant-bounds.ts";
import type { IndexTransaction, SegmentRecord } from "../port/segment-index.ts";

/**
 * Keeps a segment out of a range that is being deleted: it would be deleted with it.
 *
 * @throws {InvalidRequestError} If its range overlaps one.
 */
export async function checkNotBeingDeleted(
  index: IndexTransaction,
  segment: SegmentRecord,
): Promise<void> {
  for (const request of await index.listOpenDeletionRequests()) {
    if (request.flow_id !== segment.flowId) continue;
    const going = toSpan(TimeRange.parse(request.timerange_to_delete));
    if (going.start < segment.end && segment.start < going.end) {
      throw new InvalidRequestError(
        `Cannot add ${segment.timerange} to flow '${segment.flowId}' yet: ${request.timerange_to_delete} of it is being deleted; wait for that`,
      );
    }
  }
}
