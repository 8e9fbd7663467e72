import type {
  MediaObject,
  PageOptions,
  TagFilter,
  UrlQuery,
} from "@sluice/tams";
import { ObjectNotFoundError } from "../error/object-not-found-error.ts";
import { decodePageKey, encodePageKey } from "../model/page-key.ts";
import type { MediaObjectPage } from "../port/listed-page.ts";
import type { IndexTransaction, ObjectRecord } from "../port/segment-index.ts";
import { createGetUrls } from "./get-urls.ts";
import type { StoreSetup } from "./store-setup.ts";
import { matchesTags } from "./tag-match.ts";
import { formatSpan } from "./time-text.ts";
import type { Transactions } from "./transactions.ts";

/** What is to be told of an object. */
export type ObjectQuery = UrlQuery & { readonly flow?: TagFilter };

/**
 * The rules of objects: they are there once a segment has referred to them.
 *
 * Source: TAMS 8.2, `/objects/{id}`.
 */
export class ObjectRules {
  readonly #transactions: Transactions;
  readonly #setup: StoreSetup;

  /**
   * @param transactions The door to the index.
   * @param setup The store's.
   */
  constructor(transactions: Transactions, setup: StoreSetup) {
    this.#transactions = transactions;
    this.#setup = setup;
  }

  /** @throws {ObjectNotFoundError} If there is none, or it is not registered. */
  get(
    id: string,
    query: ObjectQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<MediaObjectPage> {
    return this.#transactions.read(async (index) => {
      const record = await requireRegistered(index, id);
      const flows = await listFlows(index, id, { query, page });
      const shown = flows.slice(0, page.limit);
      const last = shown.at(-1);
      const hasMore = flows.length > shown.length && last !== undefined;
      return {
        object: await this.#write(index, record, { query, flows: shown }),
        next: hasMore ? encodePageKey([last]) : undefined,
        limit: page.limit,
      };
    });
  }

  async #write(
    index: IndexTransaction,
    record: ObjectRecord,
    {
      query,
      flows,
    }: { readonly query: ObjectQuery; readonly flows: readonly string[] },
  ): Promise<MediaObject> {
    const { initObjectId, keyFrameCount, firstFlowId, span } = record;
    const init =
      initObjectId === undefined
        ? undefined
        : await requireRegistered(index, initObjectId);
    return {
      id: record.id,
      referenced_by_flows: flows,
      ...(firstFlowId !== undefined && {
        first_referenced_by_flow: firstFlowId,
      }),
      ...(span !== undefined && {
        timerange: record.timerange ?? formatSpan(span),
      }),
      ...(keyFrameCount !== undefined && { key_frame_count: keyFrameCount }),
      get_urls: createGetUrls(record, query, this.#setup),
      ...(init !== undefined && {
        init_object: {
          id: init.id,
          get_urls: createGetUrls(init, query, this.#setup),
        },
      }),
    };
  }
}

/** @throws {ObjectNotFoundError} If there is none, or it is not registered. */
export async function requireRegistered(
  index: IndexTransaction,
  id: string,
): Promise<ObjectRecord> {
  const object = await index.findObject(id);
  if (object?.state === "registered") return object;
  throw new ObjectNotFoundError(id);
}

/** One more than a page's worth of the flows that refer to an object and have the tags. */
async function listFlows(
  index: IndexTransaction,
  id: string,
  {
    query,
    page,
  }: {
    readonly query: ObjectQuery;
    readonly page: PageOptions & { readonly limit: number };
  },
): Promise<readonly string[]> {
  const found: string[] = [];
  const limit = page.limit + 1;
  let after = page.page === undefined ? undefined : readKey(page.page);
  while (found.length < limit) {
    const ids = await index.listFlowsOfObject(id, { after, limit });
    for (const flowId of ids) {
      // A flow that is being deleted still has segments, but is no longer there.
      const flow = await index.findFlow(flowId);
      if (flow !== undefined && matchesTags(flow.tags, query.flow ?? {})) {
        found.push(flowId);
      }
    }
    after = ids.at(-1);
    if (ids.length < limit) break;
  }
  return found.slice(0, limit);
}

function readKey(key: string): string {
  return String(decodePageKey(key, ["string"])[0]);
}
