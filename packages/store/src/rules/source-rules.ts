import type {
  Flow,
  PageOptions,
  Source,
  SourceQuery,
  Tags,
} from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { SourceNotFoundError } from "../error/source-not-found-error.ts";
import type { TextProperty } from "../port/flow-properties.ts";
import type { Actor } from "../port/flow-store.ts";
import type { IndexTransaction } from "../port/segment-index.ts";
import { withoutAbsent } from "./absent-properties.ts";
import { deriveSource } from "./derive-source.ts";
import { withTag } from "./tag-change.ts";
import type { Change, Transactions } from "./transactions.ts";
import type { Page } from "../model/page.ts";

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
      const after = withoutAbsent({ ...edited, updated, updated_by });
      await change.index.putSource(after);
      await change.events.sourceChanged("sources/updated", after);
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
    const made = withoutAbsent({
      id,
      format,
      created: change.now,
      created_by,
    });
    await change.index.putSource(made);
    await change.events.sourceChanged("sources/created", made);
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
  const source = await change.index.findSource(sourceId);
  if (first !== undefined || source === undefined) return;
  await change.events.sourceDeleted(source);
  await change.index.removeSource(sourceId);
}

async function requireSource(
  index: IndexTransaction,
  id: string,
): Promise<Source> {
  const source = await index.findSource(id);
  if (source === undefined) throw new SourceNotFoundError(id);
  return source;
}
