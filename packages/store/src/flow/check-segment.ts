import type { Flow } from "@sluice/tams";
import { TimeRange } from "@sluice/time";
import type { Found } from "./finding.ts";
import { TOLERANCE, type FlowSegment } from "./flow-segment.ts";

/**
 * Compares what a segment says with its flow and with its object, and reads no byte.
 *
 * Source: TAMS 8.2, `flow-segment.json`, `object_timerange`; `init_segments` of
 * `flow-video.json`.
 */
export function checkSegment(flow: Flow, segment: FlowSegment): Found[] {
  const {
    object_id: objectId,
    init_object,
    object_timerange,
  } = segment.document;
  const found: Found[] = [];
  if (needsInitObject(flow) && init_object === undefined) {
    const text = "it has no initialisation object, and its flow says it has";
    found.push({ problem: "missing-init-object", objectId, text });
  }
  if (object_timerange !== undefined && !isWithin(segment, object_timerange)) {
    const text = `it takes what object '${objectId}' does not have, which goes over ${object_timerange}`;
    found.push({ problem: "outside-object", objectId, text });
  }
  return found;
}

function needsInitObject({
  essence_parameters: parameters = {},
}: Flow): boolean {
  return "init_segments" in parameters && parameters.init_segments === true;
}

/** Whether what a segment takes of its object's timeline is there. */
function isWithin(segment: FlowSegment, objectTimeRange: string): boolean {
  const object = TimeRange.parse(objectTimeRange, {
    spelling: "any",
  }).toNanosecondBounds();
  const { nanoseconds: offset } = segment.timestampOffset;
  const start = segment.start - offset;
  const end = segment.end - offset;
  return (
    (object.start === undefined || start >= object.start - TOLERANCE) &&
    (object.end === undefined || end <= object.end + TOLERANCE)
  );
}
