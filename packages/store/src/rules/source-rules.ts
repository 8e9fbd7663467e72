import type {
  CollectionItem,
  Flow,
  PageOptions,
  Source,
  SourceQuery,
  Tags,
} from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { SourceNotFoundError } from "../error/source-not-found-error.ts";
import type { Page } from "../model/page.ts";
import type { Actor, TextProperty } from "../port/flow-store.ts";
import type { IndexTransaction } from "../port/segment-index.ts";
import { withoutAbsent } from "./absent-properties.ts";
import { withTag } from "./tag-change.ts";
import type { Change, Transactions } from "./transactions.ts";

/** How many flows of a source are looked at for what it collects. */
const maxFlowsOfSource = 10_000;

/**
 * The rules of sources: made by their first flow, gone with their last.
 *
 * Source: TAMS 8.2, `/sources`; application note 0007.
 */
export class SourceRules {
  readonly #transactions: Transactions;

  /** @param transactions The door to the index. */
  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /** Lists sources. */
  list(
    query: SourceQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Source>> {
    return this.#transactions.read(async (index) => {
      const found = await index.listSources(query, page);
      const items: Source[] = [];
      for (const source of found.items) {
        items.push(await deriveSource(index, source));
      }
      return { ...found, items };
    });
  }

  /** @throws {SourceNotFoundError} If there is none. */
  get(id: string): Promise<Source> {
    return this.#transactions.read(async (index) =>
      deriveSource(index, await requireSource(index, id)),
    );
  }

  /** Sets a text, or takes it away. */
  setText(
    id: string,
    change: { readonly name: TextProperty; readonly value: string | undefined },
    options?: Actor,
  ): Promise<void> {
    return this.#edit(id, options, (source) => ({
      ...source,
      [change.name]: change.value,
    }));
  }

  /** Sets a tag, or takes it away. */
  setTag(
    id: string,
    change: { readonly name: string; readonly value: Tags[string] | undefined },
    options?: Actor,
  ): Promise<void> {
    return this.#edit(id, options, (source) => ({
      ...source,
      tags: withTag(source.tags, change.name, change.value),
    }));
  }

  #edit(
    id: string,
    options: Actor | undefined,
    edit: (source: Source) => Source,
  ): Promise<void> {
    return this.#transactions.write(options, async (change) => {
      const source = await requireSource(change.index, id);
      const edited = edit(source);
      const { now: updated, actor: updated_by } = change;
      await change.index.putSource(
        withoutAbsent({ ...edited, updated, updated_by }),
      );
    });
  }
}

/**
 * Makes the source of a flow, if there is none.
 *
 * @throws {InvalidRequestError} If there is one of another format.
 */
export async function ensureSource(change: Change, flow: Flow): Promise<void> {
  const { source_id: id, format } = flow;
  const source = await change.index.findSource(id);
  if (source === undefined) {
    const created_by = change.actor ?? flow.created_by;
    await change.index.putSource(
      withoutAbsent({ id, format, created: change.now, created_by }),
    );
  } else if (source.format !== format) {
    throw new InvalidRequestError(
      `Cannot make flow '${flow.id}' of format ${format} one of source '${id}': that is of format ${source.format}; take another source`,
    );
  }
}

/** Removes a source that has no flow left. */
export async function dropUnusedSource(
  change: Change,
  sourceId: string,
): Promise<void> {
  const [first] = await change.index.listFlowIdsOfSource(sourceId, 1);
  if (first === undefined) await change.index.removeSource(sourceId);
}

async function requireSource(
  index: IndexTransaction,
  id: string,
): Promise<Source> {
  const source = await index.findSource(id);
  if (source === undefined) throw new SourceNotFoundError(id);
  return source;
}

/** Adds what follows from the collections of the source's flows. */
async function deriveSource(
  index: IndexTransaction,
  source: Source,
): Promise<Source> {
  const flowIds = await index.listFlowIdsOfSource(source.id, maxFlowsOfSource);
  const collection = await listMembers(index, flowIds);
  const collectors = await listCollectors(index, flowIds);
  return {
    ...source,
    ...(collection.length > 0 && { source_collection: collection }),
    ...(collectors.length > 0 && { collected_by: collectors }),
  };
}

/** The sources of what some flows collect, each role of one once, in the flows' order. */
async function listMembers(
  index: IndexTransaction,
  flowIds: readonly string[],
): Promise<readonly CollectionItem[]> {
  const members = new Map<string, CollectionItem>();
  for (const flowId of flowIds) {
    const flow = await index.findFlow(flowId);
    for (const { id, role } of flow?.flow_collection ?? []) {
      const sourceId = (await index.findFlow(id))?.source_id;
      if (sourceId === undefined) continue;
      const item = { id: sourceId, ...(role !== undefined && { role }) };
      members.set(JSON.stringify([sourceId, role]), item);
    }
  }
  return [...members.values()];
}

/** The sources of the flows that collect some flows. */
async function listCollectors(
  index: IndexTransaction,
  flowIds: readonly string[],
): Promise<readonly string[]> {
  const sourceIds = new Set<string>();
  for (const flowId of flowIds) {
    for (const collectorId of await index.listCollectorsOfFlow(flowId)) {
      const collector = await index.findFlow(collectorId);
      if (collector !== undefined) sourceIds.add(collector.source_id);
    }
  }
  return [...sourceIds].sort();
}
