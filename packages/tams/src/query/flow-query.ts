import type { TimeRange } from "@sluice/time";
import type { ContentFormat } from "../wire/content-format.ts";
import type { FlowStatus } from "../wire/flow.ts";
import { contentFormat } from "./content-format.ts";
import {
  boolean,
  listOf,
  oneOf,
  positive,
  text,
  timerange,
  uuid,
} from "./parameter.ts";
import {
  createQueryFormat,
  formatTagFilter,
  parseTagFilter,
  type QueryFormat,
} from "./query-format.ts";
import type { TagFilter } from "./tag-filter.ts";

/** What listings of flows are ordered by; what lacks it comes last, by id. */
export type FlowOrder = "created" | "metadata_updated" | "label";

/** Which flows are listed: those that meet all of it. Source: TAMS 8.2, `/flows`. */
export interface FlowQuery extends TagFilter {
  /** Of this source. */
  readonly sourceId?: string;
  /** Those with samples within it; with `TimeRange.never()`, those without any. */
  readonly timerange?: TimeRange;
  /** Of this format. */
  readonly format?: ContentFormat;
  /** Coded in this way: a MIME type, to the letter. */
  readonly codec?: string;
  /** Made after this profile. */
  readonly profileId?: string;
  /** With this label, to the letter. */
  readonly label?: string;
  /** With this status. */
  readonly status?: FlowStatus;
  /** Pictures of so many pixels in a line. */
  readonly frameWidth?: number;
  /** Pictures of so many lines. */
  readonly frameHeight?: number;
  /** Whether its objects need an initialisation object. */
  readonly initSegments?: boolean;
  /** Those that one of these collects; if it is empty, those that none collects. */
  readonly collectedByIds?: readonly string[];
  /** `created` by default. Times: newest first; labels: as they are sorted. */
  readonly sortBy?: FlowOrder;
  /** Whether the order is turned round; false by default. */
  readonly reverseOrder?: boolean;
}

const parameters = createQueryFormat<Omit<FlowQuery, keyof TagFilter>>({
  sourceId: ["source_id", uuid],
  timerange: ["timerange", timerange],
  format: ["format", contentFormat],
  codec: ["codec", text],
  profileId: ["profile_id", uuid],
  label: ["label", text],
  status: [
    "status",
    oneOf(
      "awaiting_content",
      "ingesting",
      "replication_in_progress",
      "closed_complete",
    ),
  ],
  frameWidth: ["frame_width", positive],
  frameHeight: ["frame_height", positive],
  initSegments: ["init_segments", boolean],
  collectedByIds: ["collected_by_ids", listOf(uuid)],
  sortBy: ["sort_by", oneOf("created", "metadata_updated", "label")],
  reverseOrder: ["reverse_order", boolean],
});

/** How `GET /flows` is asked. */
export const flowQueryFormat: QueryFormat<FlowQuery> = {
  parse: (search) => ({
    ...parameters.parse(search),
    ...parseTagFilter(search, ""),
  }),
  format: (query) => {
    const search = parameters.format(query);
    formatTagFilter(search, "", query);
    return search;
  },
};
