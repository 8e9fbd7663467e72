import type { Flow, FlowPut, SegmentPost } from "@sluice/tams";
import { TimeRange, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { MissingMediaError } from "../error/missing-media-error.ts";
import type { FlowSegment } from "./flow-segment.ts";
import { createFlow } from "./create-flow.ts";
import type { MediaPlace } from "./media-place.ts";
import { planReading } from "./reading-plan.ts";
import { undoStack } from "./undo-stack.ts";

/** A range of a flow that goes into a clip. */
export interface ClipPart {
  /** The flow. */
  readonly flowId: string;
  /** Which part of its timeline; it has bounds. */
  readonly timerange: TimeRange;
  /**
   * When it begins on the clip's timeline; by default where the part before it ends, and of
   * the first, at 0.
   */
  readonly at?: Timestamp | undefined;
}

/** What a clip is. */
export interface ClipOptions {
  /** The clip's id: a UUID; made by default. */
  readonly id?: string | undefined;
  /** Its source's id: a UUID; that of the first part's flow by default. */
  readonly sourceId?: string | undefined;
  /** A short name. */
  readonly label?: string | undefined;
  /** Whether what is missing is passed over, or fails the clip, by default. */
  readonly gaps?: "skip" | "fail" | undefined;
}

/**
 * Makes a flow of ranges of others: its segments refer to their objects, and no byte is
 * copied. All of it is there, or nothing.
 *
 * @throws {RangeError} If there is no part, or one has no bounds.
 * @throws {InvalidRequestError} If the flows' grains are not alike.
 * @throws {MissingMediaError} If a part has gaps, and they are to fail.
 */
export async function createClip(
  place: MediaPlace,
  parts: readonly ClipPart[],
  options: ClipOptions = {},
): Promise<Flow> {
  for (const part of parts) checkBounded(part);
  const { store, lifetime } = place;
  return lifetime.runToItsEnd(() =>
    asyncWith(undoStack(), async (stack) => {
      const model = await findModel(place, parts);
      const posts = await listPosts(place, parts, options.gaps ?? "fail");
      const flow = await createFlow(store, stack, toClipFlow(model, options));
      await store.addSegmentsAtomically(flow.id, posts);
      return flow;
    }),
  );
}

/** @throws {RangeError} If a part has no bounds. */
function checkBounded({ timerange: { start, end } }: ClipPart): void {
  if (start !== undefined && end !== undefined) return;
  throw new RangeError(
    `Cannot make a clip of ${TimeRange.of(start, end)}: it has no bounds`,
  );
}

/** Finds the flow that the clip is like; all have to be. */
async function findModel(
  { store }: MediaPlace,
  parts: readonly ClipPart[],
): Promise<Flow> {
  const ids = new Set(parts.map(({ flowId }) => flowId));
  const flows = await Promise.all([...ids].map((id) => store.getFlow(id)));
  const [model, ...others] = flows;
  if (model === undefined) {
    throw new RangeError("Cannot make a clip of nothing: give it a part");
  }
  for (const other of others) {
    if (toTechnicalText(other) === toTechnicalText(model)) continue;
    throw new InvalidRequestError(
      `Cannot make a clip of flow '${model.id}' and flow '${other.id}': their grains are not alike; compare format, codec, container and essence_parameters`,
    );
  }
  return model;
}

function toTechnicalText(flow: Flow): string {
  const { format, codec, container, essence_parameters: parameters } = flow;
  const sorted = Object.entries(parameters ?? {})
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([format, codec, container, sorted]);
}

/** What is of a flow's history, and not of what it is. */
function toClipFlow(model: Flow, options: ClipOptions): FlowPut {
  const { id = crypto.randomUUID(), sourceId = model.source_id } = options;
  const {
    tags: _tags,
    description: _description,
    created: _created,
    created_by: _createdBy,
    updated_by: _updatedBy,
    metadata_updated: _metadataUpdated,
    metadata_version: _metadataVersion,
    segments_updated: _segmentsUpdated,
    status: _status,
    read_only: _readOnly,
    timerange: _timerange,
    collected_by: _collectedBy,
    flow_collection: _flowCollection,
    profile_id: _profileId,
    ...technical
  } = model;
  return { ...technical, id, source_id: sourceId, label: options.label };
}

async function listPosts(
  { store }: MediaPlace,
  parts: readonly ClipPart[],
  gaps: "skip" | "fail",
): Promise<SegmentPost[]> {
  const posts: SegmentPost[] = [];
  const missing: string[] = [];
  let end = Timestamp.zero;
  for (const part of parts) {
    const { flowId, timerange: timeRange, at = end } = part;
    const { start = Timestamp.zero, length = Timestamp.zero } = timeRange;
    const shift = at.subtract(start);
    end = at.add(length);
    for await (const step of planReading(store, { flowId, timeRange })) {
      if (step.kind === "gap") missing.push(`${step.timeRange}`);
      else posts.push(toPost(step.segment, timeRange, shift));
    }
    if (gaps === "fail" && missing.length > 0) {
      throw new MissingMediaError(flowId, missing);
    }
  }
  return posts;
}

/** Refers to the part of a segment that is within a range, at another time. */
function toPost(
  { document, timeRange, timestampOffset }: FlowSegment,
  wanted: TimeRange,
  shift: Timestamp,
): SegmentPost {
  const part = timeRange.intersect(wanted);
  const { start, end, inclusivity } = part;
  const moved = TimeRange.of(start?.add(shift), end?.add(shift), inclusivity);
  const endsAlike =
    part.toNanosecondBounds().end === timeRange.toNanosecondBounds().end;
  const isAll = part.equals(timeRange);
  const { last_duration, sample_offset, sample_count } = document;
  return {
    object_id: document.object_id,
    timerange: `${moved}`,
    ts_offset: `${timestampOffset.add(shift)}`,
    ...(endsAlike && last_duration !== undefined ? { last_duration } : {}),
    ...(isAll && sample_offset !== undefined ? { sample_offset } : {}),
    ...(isAll && sample_count !== undefined ? { sample_count } : {}),
  };
}
