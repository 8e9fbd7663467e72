import type { EventType, Flow, Source, Tags } from "@sluice/tams";
import type { IndexTransaction, SegmentRecord } from "../port/segment-index.ts";
import type { WebhookRecord } from "../port/webhook-index.ts";
import { deriveFlow } from "./derive-flow.ts";
import { deriveSource, listSourceCollectors } from "./derive-source.ts";
import { isSubjectWanted, type EventSubject } from "./event-match.ts";
import { SegmentWriter } from "./segment-document.ts";
import { joinExtents } from "./segment-extent.ts";
import type { StoreSetup } from "./store-setup.ts";

/**
 * Writes down, within a change, what subscribers are to be told of it.
 *
 * What nobody has subscribed to costs one look at the subscriptions a change.
 *
 * Source: TAMS 8.2, `webhooks`.
 */
export class EventRecorder {
  readonly #index: IndexTransaction;
  readonly #now: string;
  readonly #setup: StoreSetup;
  readonly #sourceCollectors = new Map<string, Promise<readonly string[]>>();
  #subscriptions: Promise<readonly WebhookRecord[]> | undefined;
  #hasRecorded = false;

  /**
   * @param index The index, within the change's transaction.
   * @param now When the change is, in RFC 3339.
   * @param setup The store's.
   */
  constructor(index: IndexTransaction, now: string, setup: StoreSetup) {
    this.#index = index;
    this.#now = now;
    this.#setup = setup;
  }

  /** Whether there is anything to tell. */
  get hasRecorded(): boolean {
    return this.#hasRecorded;
  }

  /** Looks by which sources one is collected, before that changes. */
  async prepare(sourceId: string): Promise<void> {
    const all = await this.#listSubscriptions();
    if (all.some(({ webhook }) => webhook.source_collected_by_ids)) {
      await this.#listSourceCollectors(sourceId);
    }
  }

  /** A flow was made, or its metadata changed; it is kept already. */
  async flowChanged(
    type: "flows/created" | "flows/updated",
    flow: Flow,
  ): Promise<void> {
    await this.#record(type, this.#subjectOfFlow(flow), async () => ({
      flow: await deriveFlow(this.#index, flow),
    }));
  }

  /** A flow goes; it is still there, and in its collections. */
  async flowDeleted(flow: Flow): Promise<void> {
    await this.prepare(flow.source_id);
    await this.#record("flows/deleted", this.#subjectOfFlow(flow), () => ({
      flow_id: flow.id,
    }));
  }

  /** Segments were added to a flow. */
  async segmentsAdded(
    flow: Flow,
    added: readonly SegmentRecord[],
  ): Promise<void> {
    const subject = this.#subjectOfFlow(flow);
    await this.#record("flows/segments_added", subject, async () => {
      // URLs are made when it is told: those that are presigned do not last.
      const query = { acceptGetUrls: [], includeObjectTimerange: true };
      const writer = new SegmentWriter(this.#index, query, this.#setup);
      const segments = [];
      for (const record of added) segments.push(await writer.write(record));
      return { flow_id: flow.id, segments };
    });
  }

  /** Segments were removed from a flow, which are in order; each gap divides what is told. */
  async segmentsDeleted(
    flow: Flow,
    removed: readonly SegmentRecord[],
  ): Promise<void> {
    const subject = this.#subjectOfFlow(flow);
    for (const run of toRuns(removed)) {
      await this.#record("flows/segments_deleted", subject, () => ({
        flow_id: flow.id,
        timerange: joinExtents([
          ...run.slice(0, 1),
          ...run.slice(-1),
        ]).toString(),
      }));
    }
  }

  /** A source was made, or changed; it is kept already. */
  async sourceChanged(
    type: "sources/created" | "sources/updated",
    source: Source,
  ): Promise<void> {
    await this.#record(type, this.#subjectOfSource(source), async () => ({
      source: await deriveSource(this.#index, source),
    }));
  }

  /** A source goes. */
  async sourceDeleted(source: Source): Promise<void> {
    const subject = this.#subjectOfSource(source);
    await this.#record("sources/deleted", subject, () => ({
      source_id: source.id,
    }));
  }

  async #record(
    type: EventType,
    subject: EventSubject & { readonly tags?: Tags | undefined },
    describe: () => object | Promise<object>,
  ): Promise<void> {
    const wanting: WebhookRecord[] = [];
    for (const one of await this.#listSubscriptions()) {
      const isWanted =
        one.webhook.events.includes(type) &&
        (await isSubjectWanted(one.webhook, subject));
      if (isWanted) wanting.push(one);
    }
    if (wanting.length === 0) return;
    this.#hasRecorded = true;
    const document = JSON.stringify({
      event_timestamp: this.#now,
      event_type: type,
      event: await describe(),
    });
    const authClasses = [subject.tags?.["auth_classes"] ?? []].flat();
    for (const { id } of wanting) await this.#append(id, document, authClasses);
  }

  async #append(
    webhookId: string,
    document: string,
    authClasses: readonly string[],
  ): Promise<void> {
    const { webhooks } = this.#index;
    const event = { webhookId, document, authClasses };
    const waiting = await webhooks.appendEvent(event);
    const most = this.#setup.limits.maxWaitingEvents;
    const record = waiting > most ? await webhooks.find(webhookId) : undefined;
    if (record === undefined) return;
    await webhooks.put({
      ...record,
      webhook: {
        ...record.webhook,
        status: "error",
        error: {
          type: "STORE_TOO_MANY_EVENTS",
          summary: `More than ${most} events wait for the subscriber to take them: from now on no others are kept`,
          time: this.#now,
        },
      },
    });
    this.#subscriptions = undefined;
  }

  #listSubscriptions(): Promise<readonly WebhookRecord[]> {
    this.#subscriptions ??= this.#index.webhooks.listActive();
    return this.#subscriptions;
  }

  #listSourceCollectors(sourceId: string): Promise<readonly string[]> {
    const known =
      this.#sourceCollectors.get(sourceId) ??
      listSourceCollectors(this.#index, sourceId);
    this.#sourceCollectors.set(sourceId, known);
    return known;
  }

  #subjectOfFlow(flow: Flow): EventSubject & Pick<Flow, "tags"> {
    return {
      tags: flow.tags,
      flowId: flow.id,
      sourceId: flow.source_id,
      listFlowCollectors: () => this.#index.listCollectorsOfFlow(flow.id),
      listSourceCollectors: () => this.#listSourceCollectors(flow.source_id),
    };
  }

  #subjectOfSource({ id, tags }: Source): EventSubject & Pick<Source, "tags"> {
    return {
      tags,
      flowId: undefined,
      sourceId: id,
      listFlowCollectors: () => Promise.resolve([]),
      listSourceCollectors: () => this.#listSourceCollectors(id),
    };
  }
}

/** Divides segments where there is a gap. */
function toRuns(
  segments: readonly SegmentRecord[],
): readonly (readonly SegmentRecord[])[] {
  const runs: SegmentRecord[][] = [];
  for (const segment of segments) {
    const run = runs.at(-1);
    if (run?.at(-1)?.end === segment.start) run.push(segment);
    else runs.push([segment]);
  }
  return runs;
}
