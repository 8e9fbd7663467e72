import { TimeRange } from "@sluice/time";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { toSpan } from "../port/instant-bounds.ts";
import type { IndexTransaction, SegmentRecord } from "../port/segment-index.ts";

/** Lists the ranges of a flow that are being deleted. */
export async function listGoing(
  index: IndexTransaction,
  flowId: string,
): Promise<readonly TimeRange[]> {
  const requests = await index.listOpenDeletionRequests();
  return requests
    .filter(({ flow_id }) => flow_id === flowId)
    .map(({ timerange_to_delete }) => TimeRange.parse(timerange_to_delete));
}

/**
 * Keeps a segment out of a range that is being deleted: it would be deleted with it.
 *
 * @throws {InvalidRequestError} If its range overlaps one.
 */
export function checkStays(
  segment: SegmentRecord,
  going: readonly TimeRange[],
): void {
  for (const range of going) {
    const { start, end } = toSpan(range);
    if (start >= segment.end || segment.start >= end) continue;
    throw new InvalidRequestError(
      `Cannot add ${segment.timerange} to flow '${segment.flowId}' yet: ${range} of it is being deleted; wait for that`,
    );
  }
}
