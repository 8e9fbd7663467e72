import type { Selectable } from "kysely";
import type { ObjectRecord, SegmentRecord } from "../../port/segment-index.ts";
import { formatDocument, parseDocument, type JsonText } from "./json-text.ts";
import type { KeptObject, ObjectTable, SegmentTable } from "./tables.ts";

/** The row of a segment, without what is found out as it is inserted. */
export type SegmentRow = Omit<Selectable<SegmentTable>, "init_object_id">;

/**
 * Makes the row of a segment.
 *
 * @param segment The segment.
 * @returns Its row.
 */
export function toSegmentRow(segment: SegmentRecord): SegmentRow {
  return {
    flow_id: segment.flowId,
    start_ns: segment.start,
    end_ns: segment.end,
    object_id: segment.objectId,
    timerange: segment.timerange,
    offset_ns: segment.offset,
    last_duration_ns: segment.lastDuration ?? null,
    sample_offset: toBig(segment.sampleOffset),
    sample_count: toBig(segment.sampleCount),
  };
}

/**
 * Reads the row of a segment.
 *
 * @param row The row.
 * @returns The segment.
 */
export function toSegment(row: SegmentRow): SegmentRecord {
  return {
    flowId: row.flow_id,
    objectId: row.object_id,
    start: row.start_ns,
    end: row.end_ns,
    timerange: row.timerange,
    offset: row.offset_ns,
    lastDuration: row.last_duration_ns ?? undefined,
    sampleOffset: toNumber(row.sample_offset),
    sampleCount: toNumber(row.sample_count),
  };
}

/**
 * Makes the row of an object.
 *
 * @param object The object.
 * @returns Its row.
 */
export function toObjectRow(object: ObjectRecord): Selectable<ObjectTable> {
  const { span } = object;
  return {
    id: object.id,
    state: object.state,
    allocated_at: object.allocatedAt,
    init_object_id: object.initObjectId ?? null,
    document: formatDocument({
      ...object,
      span: span && ([String(span.start), String(span.end)] as const),
    }),
  };
}

/**
 * Reads the row of an object.
 *
 * @param row Where it is.
 * @returns The object.
 */
export function toObject(row: {
  readonly document: JsonText<KeptObject>;
}): ObjectRecord {
  const kept = parseDocument(row);
  return {
    id: kept.id,
    state: kept.state,
    isInit: kept.isInit,
    allocatedFor: kept.allocatedFor,
    allocatedAt: kept.allocatedAt,
    firstFlowId: kept.firstFlowId,
    contentType: kept.contentType,
    span: kept.span && {
      start: BigInt(kept.span[0]),
      end: BigInt(kept.span[1]),
    },
    timerange: kept.timerange,
    keyFrameCount: kept.keyFrameCount,
    initObjectId: kept.initObjectId,
    sizeBytes: kept.sizeBytes,
    sha256: kept.sha256,
    instances: kept.instances.map(({ storageId, url, label }) => ({
      storageId,
      url,
      label,
    })),
  };
}

function toBig(count: number | undefined): bigint | null {
  return count === undefined ? null : BigInt(count);
}

function toNumber(count: bigint | null): number | undefined {
  return count === null ? undefined : Number(count);
}
