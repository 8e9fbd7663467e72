import type { Flow, SegmentPost } from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import type {
  InstanceRecord,
  ObjectRecord,
  Span,
} from "../port/segment-index.ts";
import { prepareInitObject } from "./init-objects.ts";
import type { ParsedSegment } from "./parse-segment.ts";
import type { StorageBackends } from "./storage-backends.ts";
import type { Change } from "./transactions.ts";
import { addUncontrolled } from "./uncontrolled-instances.ts";

/** A segment to be registered. */
export interface Registration {
  readonly flow: Flow;
  readonly post: SegmentPost;
  readonly parsed: ParsedSegment;
}

/**
 * Finds out what becomes of the objects of a segment; changes nothing.
 *
 * Source: TAMS 8.2, `POST /flows/{id}/segments`.
 *
 * @returns The objects to be kept, as they will be.
 * @throws {InvalidRequestError} If the segment may not use them.
 */
export async function prepareObjects(
  change: Change,
  registration: Registration,
  backends: StorageBackends,
): Promise<readonly ObjectRecord[]> {
  const { post, flow } = registration;
  const found = await change.index.findObject(post.object_id);
  const instances = addUncontrolled(
    found?.instances ?? [],
    post.get_urls ?? [],
    backends,
  );
  const object =
    found?.state === "registered"
      ? reuseObject(found, registration)
      : registerObject(
          found ?? createUncontrolled(change, post, instances),
          registration,
        );
  const init = await prepareInitObject(change, flow, object);
  const isSame =
    object === found && instances.length === found.instances.length;
  return [
    ...(init === undefined ? [] : [init]),
    ...(isSame ? [] : [{ ...object, instances }]),
  ];
}

/** An object of which only a URL is known. */
function createUncontrolled(
  change: Change,
  { object_id: id }: SegmentPost,
  instances: readonly InstanceRecord[],
): ObjectRecord {
  if (instances.length === 0) {
    throw new InvalidRequestError(
      `There is no object '${id}' to use: make room for it and write it first, or tell by get_urls where it is`,
    );
  }
  return {
    id,
    state: "allocated",
    isInit: undefined,
    allocatedFor: undefined,
    allocatedAt: change.nowMs,
    firstFlowId: undefined,
    contentType: undefined,
    span: undefined,
    timerange: undefined,
    keyFrameCount: undefined,
    initObjectId: undefined,
    sizeBytes: undefined,
    sha256: undefined,
    instances,
  };
}

/** The first segment of an object says what it is. */
function registerObject(
  object: ObjectRecord,
  { flow, post, parsed }: Registration,
): ObjectRecord {
  if (object.state === "doomed") {
    throw new InvalidRequestError(
      `Cannot use object '${object.id}': it is being removed; write it again under another id`,
    );
  }
  const { allocatedFor } = object;
  if (allocatedFor !== undefined && allocatedFor !== flow.id) {
    throw new InvalidRequestError(
      `Cannot use object '${object.id}' in flow '${flow.id}' first: room was made for it in flow '${allocatedFor}'; register it there before`,
    );
  }
  const span = parsed.objectSpan ?? parsed.used;
  checkWithin(object.id, parsed.used, span);
  return {
    ...object,
    state: "registered",
    isInit: false,
    firstFlowId: flow.id,
    contentType: object.contentType ?? flow.container,
    span,
    timerange: post.object_timerange,
    keyFrameCount: post.key_frame_count,
    initObjectId: post.init_object_id,
  };
}

/** Later segments may use any part of it, and change nothing. */
function reuseObject(
  object: ObjectRecord,
  { post, parsed }: Registration,
): ObjectRecord {
  const { span } = object;
  if (object.isInit === true || span === undefined) {
    throw new InvalidRequestError(
      `Cannot use object '${object.id}' as a segment's: it is an initialisation object; give it as init_object_id`,
    );
  }
  checkWithin(object.id, parsed.used, span);
  const { objectSpan } = parsed;
  const conflicts = {
    object_timerange:
      objectSpan !== undefined && !isWithin(span, objectSpan, true),
    key_frame_count:
      post.key_frame_count !== undefined &&
      post.key_frame_count !== object.keyFrameCount,
    init_object_id:
      post.init_object_id !== undefined &&
      post.init_object_id !== object.initObjectId,
  };
  const names = Object.entries(conflicts)
    .filter(([, isConflict]) => isConflict)
    .map(([name]) => name);
  if (names.length === 0) return object;
  throw new InvalidRequestError(
    `Cannot change ${names.join(", ")} of object '${object.id}': what its first segment said stays; leave it out`,
  );
}

function checkWithin(objectId: string, used: Span, span: Span): void {
  if (isWithin(used, span)) return;
  throw new InvalidRequestError(
    `Cannot use what object '${objectId}' does not have: the segment less its ts_offset is not within the object's timerange`,
  );
}

/** Tells whether a span lies within another, or is the same. */
function isWithin(inner: Span, outer: Span, isSame = false): boolean {
  if (isSame) return inner.start === outer.start && inner.end === outer.end;
  return inner.start >= outer.start && inner.end <= outer.end;
}
