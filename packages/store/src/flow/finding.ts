import type { Segment } from "@sluice/tams";

/** What is wrong with a segment. */
export interface Finding {
  /**
   * What kind of thing. Of an object's bytes: they are not there; they cannot be read; they
   * are more or fewer than were written; they are others. Of the segment: it has no
   * initialisation object, which its flow says that it has; it takes what is outside of its
   * object's range. Where objects are taken apart: one cannot be; there is no sample within
   * the segment; there are more or fewer than it says.
   */
  readonly problem:
    | "missing-object"
    | "unreadable-object"
    | "wrong-size"
    | "wrong-checksum"
    | "missing-init-object"
    | "outside-object"
    | "undecodable-object"
    | "no-samples"
    | "wrong-sample-count";
  /** The flow. */
  readonly flowId: string;
  /** Which segment. */
  readonly segment: Segment;
  /** Which object: the segment's own, or its initialisation object. */
  readonly objectId: string;
  /** What it is, in a sentence without an end. */
  readonly text: string;
  /** What reading, or decoding, failed with. */
  readonly cause?: unknown;
}

/** A finding that does not tell yet of what. */
export type Found = Omit<Finding, "flowId" | "segment">;
