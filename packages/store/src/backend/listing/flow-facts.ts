import type { ContentFormat, Flow, FlowStatus } from "@sluice/tams";

/** What flows can be listed by. */
export interface FlowFacts {
  readonly sourceId: string;
  readonly format: ContentFormat;
  readonly codec: string | undefined;
  readonly profileId: string | undefined;
  readonly label: string | undefined;
  readonly status: FlowStatus | undefined;
  readonly frameWidth: number | undefined;
  readonly frameHeight: number | undefined;
  /** False, if nothing is said of it. */
  readonly initSegments: boolean;
}

/**
 * Gives what a flow can be listed by.
 *
 * @param flow A flow.
 * @returns What it is in this flow.
 */
export function flowFacts(flow: Flow): FlowFacts {
  const parameters: EssenceFacts = flow.essence_parameters ?? {};
  return {
    sourceId: flow.source_id,
    format: flow.format,
    codec: flow.codec,
    profileId: flow.profile_id,
    label: flow.label,
    status: flow.status,
    frameWidth: parameters.frame_width,
    frameHeight: parameters.frame_height,
    initSegments: parameters.init_segments ?? false,
  };
}

/** What of that the parameters of some formats have. */
interface EssenceFacts {
  readonly frame_width?: number | undefined;
  readonly frame_height?: number | undefined;
  readonly init_segments?: boolean | undefined;
}
