import type { PageOptions, SegmentPost, SegmentQuery } from "@sluice/tams";
import type { Stream } from "sluice";
import type { Abortable, Actor } from "../port/flow-store.ts";
import type { AllocatedObject, ObjectFacts } from "../port/object-facts.ts";
import type { EventOutbox } from "../port/event-outbox.ts";
import type { ByteRange } from "../port/object-bucket.ts";
import type { WebhookStore } from "../port/webhook-store.ts";
import type { AllocationRequest } from "./allocation-rules.ts";
import { CatalogueStore, type Answer } from "./catalogue-store.ts";
import type { DeletionQuery } from "./deletion-rules.ts";
import type { LocalFlowStore } from "./local-flow-store.ts";
import type { ObjectQuery } from "./object-rules.ts";
import type { OpenState } from "./open-state.ts";
import { openOutbox, openWebhooks } from "./open-webhooks.ts";
import type { StoreParts } from "./store-parts.ts";

/** What an object is read by: its id, or what has it. */
type ObjectReference = string | { readonly object_id: string };

/** A flow store made of rules: hands each call to its rule, while the store is open. */
export class RuledFlowStore extends CatalogueStore implements LocalFlowStore {
  readonly webhooks: WebhookStore | undefined;
  readonly events: EventOutbox;

  /**
   * @param parts Its rules.
   * @param open Whether it is open.
   */
  constructor(parts: StoreParts, open: OpenState) {
    super(parts, open);
    this.webhooks = parts.setup.hasWebhooks
      ? openWebhooks(parts, open)
      : undefined;
    this.events = openOutbox(parts, open);
  }

  listSegments(
    flowId: string,
    query: SegmentQuery = {},
    page?: PageOptions,
  ): Answer<"listSegments"> {
    return this.list(page, (limited) =>
      this.parts.segments.list(flowId, query, limited),
    );
  }

  addSegments(
    flowId: string,
    segments: readonly SegmentPost[],
    options?: Actor,
  ): Answer<"addSegments"> {
    return this.open.run(() =>
      this.parts.segments.add(flowId, segments, options),
    );
  }

  addSegmentsAtomically(
    flowId: string,
    segments: readonly SegmentPost[],
    options?: Actor,
  ): Promise<void> {
    return this.open.run(() =>
      this.parts.segments.addAtomically(flowId, segments, options),
    );
  }

  deleteSegments(
    flowId: string,
    query: DeletionQuery = {},
    options?: Actor,
  ): Answer<"deleteSegments"> {
    return this.open.run(() =>
      this.parts.deletions.deleteSegments(flowId, query, options),
    );
  }

  allocateObjects(
    flowId: string,
    request: AllocationRequest = {},
  ): Answer<"allocateObjects"> {
    return this.open.run(() =>
      this.parts.allocations.allocate(flowId, request),
    );
  }

  renewObjects(objectIds: readonly string[]): Promise<boolean> {
    return this.open.run(() => this.parts.allocations.renew(objectIds));
  }

  getObject(
    id: string,
    query: ObjectQuery = {},
    page?: PageOptions,
  ): Answer<"getObject"> {
    return this.list(page, (limited) =>
      this.parts.objects.get(id, query, limited),
    );
  }

  addInstance(
    id: string,
    instance:
      | { readonly storageId: string }
      | { readonly url: string; readonly label: string },
  ): Promise<void> {
    return this.open.run((signal) =>
      "url" in instance
        ? this.parts.instances.addUrl(id, instance)
        : this.parts.instances.addCopy(id, instance.storageId, signal),
    );
  }

  removeInstance(
    id: string,
    instance: { readonly storageId: string } | { readonly label: string },
  ): Promise<void> {
    return this.open.run(() => this.parts.instances.remove(id, instance));
  }

  listDeletionRequests(
    query: {
      readonly sortBy?: "created" | "expiry";
      readonly reverseOrder?: boolean;
    } = {},
    page?: PageOptions,
  ): Answer<"listDeletionRequests"> {
    return this.list(page, (limited) =>
      this.parts.deletions.list(query, limited),
    );
  }

  getDeletionRequest(id: string): Answer<"getDeletionRequest"> {
    return this.open.run(() => this.parts.deletions.get(id));
  }

  waitForDeletion(id: string, options?: Abortable): Promise<void> {
    return this.open.run(
      (signal) => this.parts.worker.wait(id, signal),
      options?.signal,
    );
  }

  writeObject(
    allocated: AllocatedObject,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    options?: Abortable,
  ): Promise<void> {
    return this.open.run(
      (signal) => this.parts.bytes.write(allocated, bytes, signal),
      options?.signal,
    );
  }

  describeObject(objectId: string): Promise<ObjectFacts> {
    return this.open.run(() => this.parts.bytes.describe(objectId));
  }

  readObject(
    object: ObjectReference,
    options: ByteRange & Abortable = {},
  ): Promise<Uint8Array> {
    return this.open.run(
      (signal) => this.parts.bytes.read(toId(object), { ...options, signal }),
      options.signal,
    );
  }

  streamObject(
    object: ObjectReference,
    range: ByteRange = {},
  ): Stream<Uint8Array> {
    return this.open.stream((signal) =>
      this.parts.bytes.stream(toId(object), { ...range, signal }),
    );
  }

  sweep(options?: Abortable): Promise<void> {
    return this.open.run(async (signal) => {
      await this.parts.sweeper.tidy(signal);
      await this.parts.sweeper.removeOrphans(signal);
    }, options?.signal);
  }
}

function toId(object: ObjectReference): string {
  return typeof object === "string" ? object : object.object_id;
}
