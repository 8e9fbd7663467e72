import type { GetUrl } from "./get-url.ts";

/** An object, and who refers to it. Source: TAMS 8.2, `object.json`. */
export interface MediaObject {
  /** Its id: any text. */
  readonly id: string;
  /** The flows whose segments refer to it. */
  readonly referenced_by_flows: readonly string[];
  /** The first of these, ever. */
  readonly first_referenced_by_flow?: string | undefined;
  /** From when to when its samples are, on its own timeline; initialisation objects have none. */
  readonly timerange?: string | undefined;
  /** How many key frames it has. */
  readonly key_frame_count?: number | undefined;
  /** Where it can be read. */
  readonly get_urls?: readonly GetUrl[] | undefined;
  /** What is read before it. */
  readonly init_object?:
    | {
        /** The initialisation object's id. */
        readonly id: string;
        /** Where it can be read. */
        readonly get_urls?: readonly GetUrl[] | undefined;
      }
    | undefined;
}
