import type {
  DeletionRequest,
  Flow,
  Profile,
  Service,
  Source,
  StorageBackend,
} from "@sluice/tams";
import type { ObjectRecord } from "../../port/segment-index.ts";
import type { WebhookRecord } from "../../port/webhook-index.ts";
import type { JsonText } from "./json-text.ts";

/** A whole number that may be beyond 2^53. */
type BigColumn = bigint;

/** The version of the schema: how many migrations were done. */
interface SchemaVersionTable {
  readonly id: number;
  readonly version: BigColumn;
}

/** What a service says of itself; the one row has the id 1. */
interface ServiceTable {
  readonly id: number;
  readonly document: JsonText<Service>;
}

/** Documents that are listed by their labels. */
interface LabelledTable<T> {
  readonly id: string;
  readonly label_key: string;
  readonly document: JsonText<T>;
}

/** Storage backends. */
type StorageBackendTable = LabelledTable<StorageBackend>;

/** Profiles; the columns besides the document are what they are found by. */
interface ProfileTable extends LabelledTable<Profile> {
  readonly label: string | null;
  readonly format: string;
  readonly codec: string;
}

/** Documents that are listed by their times too. */
interface TimedTable<T> extends LabelledTable<T> {
  readonly created_key: string;
  readonly updated_key: string;
  readonly label: string | null;
  readonly format: string;
}

/** Sources. */
export type SourceTable = TimedTable<Source>;

/** Flows. */
export interface FlowTable extends TimedTable<Flow> {
  readonly source_id: string;
  readonly codec: string | null;
  readonly profile_id: string | null;
  readonly status: string | null;
  readonly frame_width: number | null;
  readonly frame_height: number | null;
  readonly init_segments: number;
}

/** Which flows are collected, and by which. */
interface FlowMemberTable {
  readonly member_id: string;
  readonly collector_id: string;
}

/** The values of tags, of sources, flows and subscriptions; one row without a value, if there is none. */
export interface TagTable {
  readonly kind: "source" | "flow" | "webhook";
  readonly owner_id: string;
  readonly name: string;
  readonly value: string | null;
}

/** Segments; all times in nanoseconds. */
export interface SegmentTable {
  readonly flow_id: string;
  readonly start_ns: BigColumn;
  readonly end_ns: BigColumn;
  readonly object_id: string;
  /** What its object has too, so that the flows of an initialisation object are found. */
  readonly init_object_id: string | null;
  readonly timerange: string;
  readonly offset_ns: BigColumn;
  readonly last_duration_ns: BigColumn | null;
  readonly sample_offset: BigColumn | null;
  readonly sample_count: BigColumn | null;
}

/** An object as it is kept: JSON has no whole numbers of any size. */
export type KeptObject = Omit<ObjectRecord, "span"> & {
  readonly span?: readonly [start: string, end: string] | undefined;
};

/** Objects. */
export interface ObjectTable {
  readonly id: string;
  readonly state: string;
  readonly allocated_at: number;
  readonly init_object_id: string | null;
  readonly document: JsonText<KeptObject>;
}

/** Deletion requests. */
interface DeletionTable {
  readonly id: string;
  readonly created_key: string;
  readonly expiry_key: string;
  readonly is_open: number;
  readonly document: JsonText<DeletionRequest>;
}

/** Subscriptions. */
interface WebhookTable {
  readonly id: string;
  readonly url_key: string;
  readonly is_active: number;
  readonly document: JsonText<WebhookRecord>;
}

/** What subscribers are to be told. */
interface EventTable {
  readonly webhook_id: string;
  readonly sequence: BigColumn;
  readonly document: string;
  readonly auth_classes: JsonText<readonly string[]>;
}

/** The tables of an index. */
export interface Tables {
  readonly schema_version: SchemaVersionTable;
  readonly service: ServiceTable;
  readonly storage_backends: StorageBackendTable;
  readonly profiles: ProfileTable;
  readonly sources: SourceTable;
  readonly flows: FlowTable;
  readonly flow_members: FlowMemberTable;
  readonly tags: TagTable;
  readonly segments: SegmentTable;
  readonly objects: ObjectTable;
  readonly deletions: DeletionTable;
  readonly webhooks: WebhookTable;
  readonly events: EventTable;
}
