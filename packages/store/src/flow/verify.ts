import type { TimeRange } from "@sluice/time";
import { stream, type Stream } from "sluice";
import { BytesCheck } from "./check-bytes.ts";
import { createSamplesCheck } from "./check-samples.ts";
import { checkSegment } from "./check-segment.ts";
import type { Finding, Found } from "./finding.ts";
import type { FlowSegment } from "./flow-segment.ts";
import type { MediaPlace } from "./media-place.ts";
import { listFlowSegments } from "./reading-plan.ts";

/** How thoroughly a flow is looked at. */
export interface VerifyOptions {
  /** Which part of its timeline; all of it by default. */
  readonly timeRange: TimeRange;
  /** Whether objects are taken apart, and their samples counted. */
  readonly decode: boolean;
}

/**
 * Looks at each segment of a flow, four at a time, and gives what is wrong, in the order of
 * the timeline. An object is not taken apart whose bytes are not those that were written.
 */
export function verifyFlow(
  place: MediaPlace,
  flowId: string,
  { timeRange, decode }: VerifyOptions,
): Stream<Finding> {
  return stream<Finding>(async function* ({ signal }) {
    const { store } = place;
    const flow = await store.getFlow(flowId);
    const bytes = new BytesCheck(store);
    const checkSamples = decode ? createSamplesCheck(place, flow) : undefined;
    const check = async (
      segment: FlowSegment,
      { signal }: { readonly signal: AbortSignal },
    ): Promise<readonly Finding[]> => {
      const found: Found[] = checkSegment(flow, segment);
      const broken = await bytes.check(segment, signal);
      found.push(...broken);
      if (broken.length === 0 && checkSamples !== undefined) {
        found.push(...toArray(await checkSamples(segment, signal)));
      }
      const { document } = segment;
      return found.map((one) => ({ flowId, segment: document, ...one }));
    };
    yield* listFlowSegments(store, { flowId, timeRange })
      .withOptions({ signal })
      .map(check, { concurrency: 4 })
      .flatMap((findings) => findings);
  }).withOptions({ signal: place.lifetime.signal });
}

function toArray(found: Found | undefined): readonly Found[] {
  return found === undefined ? [] : [found];
}
