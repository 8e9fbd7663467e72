import type { Flow, Source } from "@sluice/tams";
import type { ObjectRecord, SegmentRecord } from "../../port/segment-index.ts";

/** Makes a segment, in an object of its own. */
export function makeSegment(
  flowId: string,
  start: bigint,
  end: bigint,
  more: Partial<SegmentRecord> = {},
): SegmentRecord {
  return {
    flowId,
    objectId: `${flowId}-${start}`,
    start,
    end,
    timerange: `[0:${start}_0:${end})`,
    offset: 0n,
    lastDuration: undefined,
    sampleOffset: undefined,
    sampleCount: undefined,
    ...more,
  };
}

/** Makes segments one behind the other, each of ten nanoseconds, from 0 on. */
export function makeSegments(
  flowId: string,
  count: number,
): readonly SegmentRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const start = BigInt(index) * 10n;
    return makeSegment(flowId, start, start + 10n);
  });
}

/** Makes an object that a segment refers to. */
export function makeObject(
  id: string,
  more: Partial<ObjectRecord> = {},
): ObjectRecord {
  return {
    id,
    state: "registered",
    isInit: undefined,
    allocatedFor: undefined,
    allocatedAt: 0,
    firstFlowId: undefined,
    contentType: undefined,
    span: undefined,
    timerange: undefined,
    keyFrameCount: undefined,
    initObjectId: undefined,
    sizeBytes: undefined,
    sha256: undefined,
    instances: [],
    ...more,
  };
}

/** Makes a source. */
export function makeSource(id: string, more: Partial<Source> = {}): Source {
  return { id, format: "urn:x-nmos:format:video", ...more };
}

/** What of a flow the laws are about. */
export type FlowFields = Partial<
  Omit<Extract<Flow, { format: "urn:x-nmos:format:video" }>, "id" | "format">
>;

/** Makes a video flow. */
export function makeFlow(id: string, more: FlowFields = {}): Flow {
  return {
    id,
    source_id: "source",
    format: "urn:x-nmos:format:video",
    codec: "video/h264",
    essence_parameters: { frame_width: 1920, frame_height: 1080 },
    ...more,
  };
}

/** Makes an audio flow. */
export function makeAudioFlow(id: string): Flow {
  return {
    id,
    source_id: "sound",
    format: "urn:x-nmos:format:audio",
    codec: "audio/aac",
    essence_parameters: { sample_rate: 48_000, channels: 2 },
  };
}
