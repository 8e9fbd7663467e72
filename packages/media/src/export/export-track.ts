import type { StreamSource } from "sluice";
import type { Essence } from "../essence/essence.ts";
import type { Grain } from "../grain/grain.ts";

/** A flow to be exported. */
export interface ExportTrack {
  /** What its grains have in common. */
  readonly essence: Essence;
  /**
   * Its grains in the order of decoding, from a key frame at or before the range on. They
   * may go on behind the range: no more are read than are needed.
   */
  readonly grains: StreamSource<Grain>;
}
