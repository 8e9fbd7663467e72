import type { Grain } from "../grain/grain.ts";
import type { GsfHead } from "./gsf-head.ts";

/** A grain, and which segment of its file it is in. */
export interface GsfGrain {
  /** Tells it from the other parts. */
  readonly kind: "grain";
  /** The segment's local id. */
  readonly localId: number;
  /** The grain. */
  readonly grain: Grain;
  /** The 16 bytes that version 7 has no use for, where they are not all 0. */
  readonly unused?: Uint8Array;
}

/** A block that the specification does not have, or that fills a gap. */
export interface GsfBlock {
  /** Tells it from the other parts. */
  readonly kind: "block";
  /** Its four letters, such as `fill`. */
  readonly tag: string;
  /** All behind its tag and size. */
  readonly data: Uint8Array;
}

/** The mark that the file is complete. */
export interface GsfEnd {
  /** Tells it from the other parts. */
  readonly kind: "end";
}

/** What a file has, one after the other; `kind` tells which. */
export type GsfPart = GsfHead | GsfGrain | GsfBlock | GsfEnd;
