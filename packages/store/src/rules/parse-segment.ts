import type { SegmentPost } from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import type { SegmentRecord, Span } from "../port/segment-index.ts";
import { checkCount } from "./flow-validation.ts";
import { checkSpan, parseInstant, parseSpan } from "./time-text.ts";

/** A segment that was read, and what it says of its object. */
export interface ParsedSegment {
  readonly record: SegmentRecord;
  /** Where its samples are on its object's timeline. */
  readonly used: Span;
  /** Where all samples are on the object's timeline, if that was told. */
  readonly objectSpan: Span | undefined;
}

/**
 * Reads a segment that a client wants to register.
 *
 * Source: TAMS 8.2, `flow-segment-post.json`.
 *
 * @param flowId Its flow.
 * @param post The segment.
 * @throws {InvalidRequestError} If it breaks a rule that it can break by itself.
 */
export function parseSegment(flowId: string, post: SegmentPost): ParsedSegment {
  if (post.object_id === "" || post.object_id === post.init_object_id) {
    throw new InvalidRequestError(
      `Cannot use '${post.object_id}' as a segment's object: it must be a text that is not empty, and not its initialisation object too`,
    );
  }
  const span = parseSpan("a segment's timerange", post.timerange);
  const offset = parseInstant("ts_offset", post.ts_offset ?? "0:0");
  const used = checkSpan(
    "a segment's timerange less its ts_offset",
    post.timerange,
    {
      start: span.start - offset,
      end: span.end - offset,
    },
  );
  checkCount("sample_offset", post.sample_offset, 0);
  checkCount("sample_count", post.sample_count, 0);
  checkCount("key_frame_count", post.key_frame_count, 0);
  const record: SegmentRecord = {
    ...span,
    flowId,
    objectId: post.object_id,
    timerange: post.timerange,
    offset,
    lastDuration: parseLastDuration(post.last_duration),
    sampleOffset: post.sample_offset,
    sampleCount: post.sample_count,
  };
  return { record, used, objectSpan: parseObjectSpan(post.object_timerange) };
}

function parseLastDuration(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const duration = parseInstant("last_duration", text);
  if (duration >= 0n) return duration;
  throw new InvalidRequestError(
    `Cannot take '${text}' as last_duration: it must not be negative`,
  );
}

function parseObjectSpan(text: string | undefined): Span | undefined {
  return text === undefined ? undefined : parseSpan("object_timerange", text);
}
