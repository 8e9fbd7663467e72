import type { Essence, Grain, ObjectFormat } from "@sluice/media";
import type { Flow, Segment } from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import { from, stream, type Stream } from "sluice";
import { essenceOfFlow } from "./essence-of-flow.ts";
import type { FlowSegment } from "./flow-segment.ts";
import type { MediaPlace } from "./media-place.ts";
import { listFlowSegments } from "./reading-plan.ts";
import { SegmentLoader, type LoadedSegment } from "./segment-loader.ts";
import { selectGrains } from "./select-grains.ts";

/** What is wrong with a segment. */
export interface Finding {
  /** What kind of thing. */
  readonly problem:
    | "unreadable-object"
    | "undecodable-object"
    | "no-samples"
    | "wrong-sample-count";
  /** The flow. */
  readonly flowId: string;
  /** Which segment. */
  readonly segment: Segment;
  /** What it is, in a sentence without an end. */
  readonly text: string;
  /** What reading, or decoding, failed with. */
  readonly cause?: unknown;
}

/** How thoroughly a flow is looked at. */
export interface VerifyOptions {
  /** Which part of its timeline; all of it by default. */
  readonly timeRange: TimeRange;
  /** Whether objects are taken apart, and their samples counted. */
  readonly decode: boolean;
}

/** Looks at each segment of a flow, and gives what is wrong, as it is found. */
export function verifyFlow(
  place: MediaPlace,
  flowId: string,
  { timeRange, decode }: VerifyOptions,
): Stream<Finding> {
  return stream<Finding>(async function* ({ signal }) {
    const { store } = place;
    const flow = await store.getFlow(flowId);
    const check = decode ? createDecoder(place, flow) : createReader(place);
    yield* listFlowSegments(store, { flowId, timeRange })
      .withOptions({ signal })
      .map(
        async (segment, context) => {
          const found = await check(segment, context.signal);
          return found && { flowId, segment: segment.document, ...found };
        },
        { concurrency: 4 },
      )
      .filter((finding) => finding !== undefined);
  }).withOptions({ signal: place.lifetime.signal });
}

type Found = Pick<Finding, "problem" | "text" | "cause">;
type Check = (
  segment: FlowSegment,
  signal: AbortSignal,
) => Promise<Found | undefined>;

/** Reads the objects' bytes, and no more than a chunk at a time. */
function createReader({ store }: MediaPlace): Check {
  return async ({ document }, signal) => {
    const { init_object: init } = document;
    const objects = init === undefined ? [document] : [init, document];
    try {
      await from(objects)
        .flatMap((object) => store.streamObject(object))
        .withOptions({ signal })
        .forEach(ignore);
      return undefined;
    } catch (cause) {
      signal.throwIfAborted();
      return toUnreadable(cause);
    }
  };
}

function createDecoder(place: MediaPlace, flow: Flow): Check {
  const essence = essenceOfFlow(flow);
  const format = place.formats.find(flow);
  const guarded = keepFailures(format);
  const { store, lifetime } = place;
  const loader = new SegmentLoader({
    store,
    flow,
    essence,
    format: guarded,
    lifetime,
  });
  return async (segment, signal) => {
    try {
      return findFault(await loader.load(segment, signal), essence);
    } catch (cause) {
      signal.throwIfAborted();
      if (!(cause instanceof DecodeFailure)) return toUnreadable(cause);
      const text = `its object cannot be decoded: ${toText(cause.cause)}`;
      return { problem: "undecodable-object", text, cause: cause.cause };
    }
  };
}

/** Tells what decoding fails with from what reading does. */
function keepFailures(format: ObjectFormat): ObjectFormat {
  return {
    ...format,
    decode: async (object) => {
      try {
        return await format.decode(object);
      } catch (cause) {
        throw new DecodeFailure("It cannot be decoded", { cause });
      }
    },
  };
}

class DecodeFailure extends Error {}

function findFault(loaded: LoadedSegment, essence: Essence): Found | undefined {
  const grains = selectGrains(loaded, undefined, "decode");
  if (grains.length === 0) {
    return { problem: "no-samples", text: "there is no sample within it" };
  }
  const { sample_count: told } = loaded.segment.document;
  const found =
    essence.kind === "audio"
      ? grains.reduce((sum, grain) => sum + countSamples(grain), 0)
      : grains.length;
  if (told === undefined || told === found) return undefined;
  const text = `it has ${found} samples, and says ${told}`;
  return { problem: "wrong-sample-count", text };
}

/** What only fills the last frame is no sample. */
function countSamples(grain: Grain): number {
  if (grain.kind === "audio") return grain.samples;
  return grain.kind === "coded-audio" ? grain.samples - grain.remainder : 0;
}

function toUnreadable(cause: unknown): Found {
  const text = `its object cannot be read: ${toText(cause)}`;
  return { problem: "unreadable-object", text, cause };
}

function toText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Bytes that were read are good. */
function ignore(): void {
  // There is nothing to do with them.
}
