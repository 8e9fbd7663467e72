import type { Flow, FlowPut } from "@sluice/tams";
import { Rate } from "@sluice/time";
import { essenceOfFlow } from "./essence-of-flow.ts";
import type { ObjectFormats } from "./object-formats.ts";
import type { WriteSettings } from "./write-options.ts";

/**
 * Completes a flow's document by what its segments will be: the container, whether objects
 * need an initialisation object, and about how long they are. What it tells itself stays.
 *
 * @throws {InvalidRequestError} If the flow is one of flows.
 * @throws {UnsupportedMediaError} If no format can hold it.
 */
export function prepareFlow(
  flow: FlowPut,
  formats: ObjectFormats,
  { objectFormat, essence, segmentDuration }: WriteSettings,
): FlowPut {
  // One with a profile has its technical part from there.
  if (flow.format === undefined) return flow;
  const format =
    objectFormat ??
    (flow.container === undefined
      ? formats.choose(essence ?? essenceOfFlow(flow))
      : formats.find(flow));
  const { container = format.contentType } = flow;
  const { segment_duration = toRatio(segmentDuration) } = flow;
  const duration = segment_duration === undefined ? {} : { segment_duration };
  return withInit({ ...flow, container, ...duration }, format.hasInit);
}

function withInit(flow: Flow, hasInit: boolean): Flow {
  // Images have no such parameter, and come without.
  if (!hasInit || flow.format === "urn:x-tam:format:image") return flow;
  const { essence_parameters: parameters } = flow;
  // It is of the flow's own format, with one more of its parameters.
  return {
    ...flow,
    essence_parameters: { ...parameters, init_segments: true },
  } as Flow;
}

function toRatio(
  duration: WriteSettings["segmentDuration"],
): Flow["segment_duration"] {
  if (duration === undefined) return undefined;
  // Nanoseconds to a second, as the least terms of both.
  const { numerator, denominator } = Rate.of(
    duration.nanoseconds,
    1_000_000_000n,
  );
  return { numerator, denominator };
}
