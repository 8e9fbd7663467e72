import type { Essence, Grain } from "@sluice/media";
import type { Flow } from "@sluice/tams";
import { essenceOfFlow } from "./essence-of-flow.ts";
import type { Found } from "./finding.ts";
import type { FlowSegment } from "./flow-segment.ts";
import type { MediaPlace } from "./media-place.ts";
import { SegmentLoader, type LoadedSegment } from "./segment-loader.ts";
import { selectGrains } from "./select-grains.ts";

/** Takes the object of a segment apart whose bytes can be read; tells what is wrong. */
export type SamplesCheck = (
  segment: FlowSegment,
  signal: AbortSignal,
) => Promise<Found | undefined>;

/**
 * Makes what takes objects of a flow apart and counts their samples.
 *
 * Holds an object at a time.
 *
 * @throws {InvalidRequestError} If the flow has no segments of its own, or of a container of
 * which nothing is known.
 */
export function createSamplesCheck(
  { store, formats, lifetime }: MediaPlace,
  flow: Flow,
): SamplesCheck {
  const essence = essenceOfFlow(flow);
  const format = formats.find(flow);
  const init = { store, flow, essence, format, lifetime };
  const loader = new SegmentLoader(init);
  return async (segment, signal) => {
    const { object_id: objectId } = segment.document;
    try {
      return findFault(await loader.load(segment, signal), essence);
    } catch (cause) {
      signal.throwIfAborted();
      const reason = cause instanceof Error ? cause.message : String(cause);
      const text = `object '${objectId}' cannot be decoded: ${reason}`;
      return { problem: "undecodable-object", objectId, text, cause };
    }
  };
}

function findFault(loaded: LoadedSegment, essence: Essence): Found | undefined {
  const grains = selectGrains(loaded, undefined, "decode");
  const { object_id: objectId, sample_count: told } = loaded.segment.document;
  if (grains.length === 0) {
    const text = "there is no sample within it";
    return { problem: "no-samples", objectId, text };
  }
  const found =
    essence.kind === "audio"
      ? grains.reduce((sum, grain) => sum + countSamples(grain), 0)
      : grains.length;
  if (told === undefined || told === found) return undefined;
  const text = `it has ${found} samples, and says ${told}`;
  return { problem: "wrong-sample-count", objectId, text };
}

/** What only fills the last frame is no sample. */
function countSamples(grain: Grain): number {
  if (grain.kind === "audio") return grain.samples;
  return grain.kind === "coded-audio" ? grain.samples - grain.remainder : 0;
}
