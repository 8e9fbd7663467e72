import type { Flow, FlowPut, FlowQuery, PageOptions, Tags } from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import { FlowNotFoundError } from "../error/flow-not-found-error.ts";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { ReadOnlyFlowError } from "../error/read-only-flow-error.ts";
import type { Page } from "../model/page.ts";
import type { FlowProperties } from "../port/flow-properties.ts";
import type { Actor } from "../port/flow-store.ts";
import type { IndexTransaction } from "../port/segment-index.ts";
import { withoutAbsent } from "./absent-properties.ts";
import { checkCollection } from "./flow-collections.ts";
import { deriveFlow } from "./derive-flow.ts";
import { stampMetadata, updateFlow } from "./flow-stamps.ts";
import { checkFlow } from "./flow-validation.ts";
import { expandFlow } from "./profile-rules.ts";
import { findExtent } from "./segment-extent.ts";
import { dropUnusedSource, ensureSource } from "./source-rules.ts";
import { withTag } from "./tag-change.ts";
import type { Change, Transactions } from "./transactions.ts";

/** A property of a flow, and what it is to be; nothing, to take it away. */
export interface PropertyChange<K extends keyof FlowProperties> {
  readonly name: K;
  readonly value: FlowProperties[K] | undefined;
}

/**
 * The rules of flows.
 *
 * Source: TAMS 8.2, `/flows`.
 */
export class FlowRules {
  readonly #transactions: Transactions;

  /** @param transactions The door to the index. */
  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /** Lists flows. */
  list(
    query: FlowQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Flow>> {
    return this.#transactions.read(async (index) => {
      const found = await index.listFlows(query, page);
      const items: Flow[] = [];
      for (const flow of found.items) items.push(await deriveFlow(index, flow));
      return { ...found, items };
    });
  }

  /** @throws {FlowNotFoundError} If there is none. */
  get(id: string, timerange?: TimeRange | true): Promise<Flow> {
    return this.#transactions.read(async (index) => {
      const flow = await deriveFlow(index, await requireFlow(index, id));
      if (timerange === undefined) return flow;
      const within = timerange === true ? undefined : timerange;
      const extent = await findExtent(index, id, within);
      return { ...flow, timerange: extent.toString() };
    });
  }

  /** Makes a flow, or replaces all of its metadata. */
  put(
    flow: FlowPut,
    options?: Actor,
  ): Promise<{ readonly flow: Flow; readonly isNew: boolean }> {
    return this.#transactions.write(options, async (change) => {
      const { index } = change;
      const before = await index.findFlow(flow.id);
      if (before === undefined) await checkNotGoing(index, flow.id);
      else checkWritable(before);
      const wanted = await expandFlow(index, flow);
      checkFlow(wanted);
      checkSameFormat(before, wanted);
      await checkCollection(index, flow.id, wanted.flow_collection ?? []);
      await ensureSource(change, wanted);
      const after =
        before === undefined
          ? stampNew(change, wanted)
          : stampReplaced(change, wanted, before);
      const isNew = before === undefined;
      if (before !== undefined) await change.events.prepare(before.source_id);
      await index.putFlow(after);
      await change.events.flowChanged(
        isNew ? "flows/created" : "flows/updated",
        after,
      );
      if (before !== undefined && before.source_id !== after.source_id) {
        await dropUnusedSource(change, before.source_id);
      }
      return { flow: await deriveFlow(index, after), isNew };
    });
  }

  /** Sets a property, or takes it away. */
  setProperty<K extends keyof FlowProperties>(
    id: string,
    property: PropertyChange<K>,
    options?: Actor,
  ): Promise<void> {
    return this.#transactions.write(options, async (change) => {
      const flow = await requireFlow(change.index, id);
      if (property.name !== "read_only") checkWritable(flow);
      checkProperty(flow, property);
      const after: Flow = { ...flow, [property.name]: property.value };
      checkFlow(after);
      if (property.name === "flow_collection") {
        await checkCollection(change.index, id, after.flow_collection ?? []);
      }
      await updateFlow(change, after);
    });
  }

  /** Sets a tag, or takes it away. */
  setTag(
    id: string,
    tag: { readonly name: string; readonly value: Tags[string] | undefined },
    options?: Actor,
  ): Promise<void> {
    return this.#transactions.write(options, async (change) => {
      const flow = await requireWritableFlow(change.index, id);
      const tags = withTag(flow.tags, tag.name, tag.value);
      await updateFlow(change, { ...flow, tags });
    });
  }
}

/** @throws {FlowNotFoundError} If there is none. */
async function requireFlow(index: IndexTransaction, id: string): Promise<Flow> {
  const flow = await index.findFlow(id);
  if (flow === undefined) throw new FlowNotFoundError(id);
  return flow;
}

/**
 * Gives a flow that may be changed.
 *
 * @throws {FlowNotFoundError} If there is none.
 * @throws {ReadOnlyFlowError} If it is read-only.
 */
export async function requireWritableFlow(
  index: IndexTransaction,
  id: string,
): Promise<Flow> {
  const flow = await requireFlow(index, id);
  checkWritable(flow);
  return flow;
}

function checkWritable(flow: Flow): void {
  if (flow.read_only === true) throw new ReadOnlyFlowError(flow.id);
}

/** A flow that was deleted is made anew only once its segments are gone. */
async function checkNotGoing(
  index: IndexTransaction,
  id: string,
): Promise<void> {
  const open = await index.listOpenDeletionRequests();
  if (!open.some((one) => one.delete_flow && one.flow_id === id)) return;
  throw new InvalidRequestError(
    `Cannot make flow '${id}' yet: it is being deleted; wait for that, or take another id`,
  );
}

function checkSameFormat(before: Flow | undefined, after: Flow): void {
  if (before === undefined || before.format === after.format) return;
  throw new InvalidRequestError(
    `Cannot change the format of flow '${after.id}' from ${before.format} to ${after.format}: a flow's format is fixed; make another flow`,
  );
}

function checkProperty<K extends keyof FlowProperties>(
  flow: Flow,
  { name, value }: PropertyChange<K>,
): void {
  if (name === "read_only" && value === undefined) {
    throw new InvalidRequestError(
      `Cannot take read_only from flow '${flow.id}': set it to false`,
    );
  }
  if (name === "avg_bit_rate" && flow.profile_id !== undefined) {
    throw new InvalidRequestError(
      `Cannot change avg_bit_rate of flow '${flow.id}': its profile has it; unlink the profile first, by an empty profile_id`,
    );
  }
}

function stampNew(change: Change, flow: Flow): Flow {
  const creator = flow.created_by ?? change.actor;
  return withoutAbsent({
    ...withoutManaged(flow),
    created: change.now,
    created_by: creator,
    metadata_updated: change.now,
    updated_by: flow.updated_by ?? change.actor,
    metadata_version: flow.metadata_version ?? crypto.randomUUID(),
  });
}

function stampReplaced(change: Change, flow: Flow, before: Flow): Flow {
  const stamped = stampMetadata(change, withoutManaged(flow));
  const given = flow.metadata_version;
  const isNewVersion = given !== undefined && given !== before.metadata_version;
  return withoutAbsent({
    ...stamped,
    created: before.created,
    created_by: before.created_by,
    segments_updated: before.segments_updated,
    updated_by: change.actor ?? flow.updated_by,
    metadata_version: isNewVersion ? given : stamped.metadata_version,
  });
}

/** Takes away what the store itself keeps, or derives. */
function withoutManaged(flow: Flow): Flow {
  const {
    segments_updated: _,
    timerange: __,
    collected_by: ___,
    ...own
  } = flow;
  return own;
}
