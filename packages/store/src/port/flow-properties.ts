import type { Flow } from "@sluice/tams";

/** What a single text of a source or a flow can be. */
export type TextProperty = "label" | "description";

/** What of a flow can be changed by itself. */
export interface FlowProperties {
  /** A short name. */
  readonly label: string;
  /** A text about it. */
  readonly description: string;
  /** The flows that it collects. */
  readonly flow_collection: NonNullable<Flow["flow_collection"]>;
  /** The highest bit rate of its segments, in 1000 bit/s. */
  readonly max_bit_rate: number;
  /** The mean bit rate of its segments, in 1000 bit/s. */
  readonly avg_bit_rate: number;
  /** Whether nothing of it may be changed, but this. */
  readonly read_only: boolean;
}
