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
  webhookOrder,
} from "../listing/listing-order.ts";
import type { WebhookRecord } from "../../port/webhook-index.ts";
import { DocumentTable } from "./document-table.ts";
import { EventTable } from "./event-table.ts";
import { ObjectTable } from "./object-table.ts";
import { PairTable } from "./pair-table.ts";
import { SegmentTable } from "./segment-table.ts";
import { SegmentUses } from "./segment-uses.ts";

/** All that an index in memory keeps: one state of it. */
export interface MemoryTables {
  service: Service | undefined;
  readonly backends: DocumentTable<StorageBackend>;
  readonly profiles: DocumentTable<Profile>;
  readonly sources: DocumentTable<Source>;
  readonly flows: DocumentTable<Flow>;
  readonly deletions: DocumentTable<DeletionRequest>;
  /** Those of them that are not done. */
  readonly openDeletions: DocumentTable<DeletionRequest>;
  readonly webhooks: DocumentTable<WebhookRecord>;
  readonly events: EventTable;
  /** A source's id, and a flow's. */
  readonly flowsOfSources: PairTable;
  /** The id of a flow that is collected, and that of one that collects it. */
  readonly collectors: PairTable;
  readonly objects: ObjectTable;
  readonly segments: SegmentTable;
  /** Which segments are in objects that need which initialisation objects. */
  readonly initUses: SegmentUses;
}

/**
 * Makes tables with nothing in them.
 *
 * @returns The tables.
 */
export function createTables(): MemoryTables {
  return {
    service: undefined,
    backends: new DocumentTable([backendOrder]),
    profiles: new DocumentTable([profileOrder]),
    sources: new DocumentTable(Object.values(sourceOrders)),
    flows: new DocumentTable(Object.values(flowOrders)),
    deletions: new DocumentTable(Object.values(deletionOrders)),
    openDeletions: new DocumentTable([deletionOrders.created]),
    webhooks: new DocumentTable([webhookOrder]),
    events: new EventTable(),
    flowsOfSources: new PairTable(),
    collectors: new PairTable(),
    objects: new ObjectTable(),
    segments: new SegmentTable(),
    initUses: new SegmentUses(),
  };
}

/**
 * Makes a copy of tables, which changes by itself.
 *
 * @param tables The tables, which stay as they are.
 * @returns The copy.
 */
export function copyTables(tables: MemoryTables): MemoryTables {
  return {
    service: tables.service,
    backends: tables.backends.copy(),
    profiles: tables.profiles.copy(),
    sources: tables.sources.copy(),
    flows: tables.flows.copy(),
    deletions: tables.deletions.copy(),
    openDeletions: tables.openDeletions.copy(),
    webhooks: tables.webhooks.copy(),
    events: tables.events.copy(),
    flowsOfSources: tables.flowsOfSources.copy(),
    collectors: tables.collectors.copy(),
    objects: tables.objects.copy(),
    segments: tables.segments.copy(),
    initUses: tables.initUses.copy(),
  };
}
