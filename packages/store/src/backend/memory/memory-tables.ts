import type {
  DeletionRequest,
  Flow,
  Profile,
  Service,
  Source,
  StorageBackend,
} from "@sluice/tams";
import {
  backendOrder,
  deletionOrders,
  flowOrders,
  profileOrder,
  sourceOrders,
} from "../listing/listing-order.ts";
import { DocumentTable } from "./document-table.ts";
import { ObjectTable } from "./object-table.ts";
import { PairTable } from "./pair-table.ts";
import { SegmentTable } from "./segment-table.ts";
import { SegmentUses } from "./segment-uses.ts";

/** All that an index in memory keeps: one state of it. */
export class MemoryTables {
  service: Service | undefined;
  readonly backends: DocumentTable<StorageBackend>;
  readonly profiles: DocumentTable<Profile>;
  readonly sources: DocumentTable<Source>;
  readonly flows: DocumentTable<Flow>;
  readonly deletions: DocumentTable<DeletionRequest>;
  /** Those of them that are not done. */
  readonly openDeletions: DocumentTable<DeletionRequest>;
  /** A source's id, and a flow's. */
  readonly flowsOfSources: PairTable;
  /** The id of a flow that is collected, and that of one that collects it. */
  readonly collectors: PairTable;
  readonly objects: ObjectTable;
  readonly segments: SegmentTable;
  /** Which segments are in objects that need which initialisation objects. */
  readonly initUses: SegmentUses;

  /** @param original What this is a copy of. */
  constructor(original?: MemoryTables) {
    this.service = original?.service;
    this.backends =
      original?.backends.copy() ?? new DocumentTable([backendOrder]);
    this.profiles =
      original?.profiles.copy() ?? new DocumentTable([profileOrder]);
    this.sources =
      original?.sources.copy() ??
      new DocumentTable(Object.values(sourceOrders));
    this.flows =
      original?.flows.copy() ?? new DocumentTable(Object.values(flowOrders));
    this.deletions =
      original?.deletions.copy() ??
      new DocumentTable(Object.values(deletionOrders));
    this.openDeletions =
      original?.openDeletions.copy() ??
      new DocumentTable([deletionOrders.created]);
    this.flowsOfSources = original?.flowsOfSources.copy() ?? new PairTable();
    this.collectors = original?.collectors.copy() ?? new PairTable();
    this.objects = original?.objects.copy() ?? new ObjectTable();
    this.segments = original?.segments.copy() ?? new SegmentTable();
    this.initUses = original?.initUses.copy() ?? new SegmentUses();
  }
}
