import type {
  FailedSegment,
  Flow,
  PageOptions,
  SegmentPost,
  SegmentQuery,
} from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { SegmentOverlapError } from "../error/segment-overlap-error.ts";
import { StoreError } from "../error/store-error.ts";
import { decodePageKey, encodePageKey } from "../model/page-key.ts";
import type { Actor } from "../port/flow-store.ts";
import type { SegmentPage } from "../port/listed-page.ts";
import { toSpan } from "../port/instant-bounds.ts";
import type { SegmentRecord } from "../port/segment-index.ts";
import { checkStays, listGoing } from "./deletion-guard.ts";
import { requireWritableFlow } from "./flow-rules.ts";
import { stampSegments } from "./flow-stamps.ts";
import { parseSegment } from "./parse-segment.ts";
import { SegmentWriter } from "./segment-document.ts";
import { joinExtents } from "./segment-extent.ts";
import { prepareObjects } from "./segment-objects.ts";
import type { StoreSetup } from "./store-setup.ts";
import { isEmptySpan } from "./time-text.ts";
import type { Change, Transactions } from "./transactions.ts";

/** Where segments are to be added. */
interface Target {
  readonly flow: Flow;
  /** What of it is being deleted. */
  readonly going: readonly TimeRange[];
}

/**
 * The rules of segments: of one flow, no two overlap.
 *
 * Source: TAMS 8.2, `/flows/{id}/segments`.
 */
export class SegmentRules {
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

  /** Lists segments. */
  list(
    flowId: string,
    query: SegmentQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<SegmentPage> {
    const after = page.page === undefined ? undefined : readKey(page.page);
    return this.#transactions.read(async (index) => {
      const span =
        query.timerange === undefined ? undefined : toSpan(query.timerange);
      const hasAny =
        (span === undefined || !isEmptySpan(span)) &&
        (await index.findFlow(flowId)) !== undefined;
      const records = hasAny
        ? await index.listSegments(flowId, {
            span,
            objectId: query.objectId,
            reverse: query.reverseOrder ?? false,
            after,
            limit: page.limit + 1,
          })
        : [];
      const writer = new SegmentWriter(index, query, this.#setup);
      return writePage(records, page.limit, writer);
    });
  }

  /** Registers segments, each by itself. */
  add(
    flowId: string,
    posts: readonly SegmentPost[],
    options?: Actor,
  ): Promise<readonly FailedSegment[]> {
    return this.#transactions.write(options, async (change) => {
      const target = await openTarget(change, flowId);
      const failed: FailedSegment[] = [];
      const added: SegmentRecord[] = [];
      for (const post of posts) {
        try {
          added.push(await this.#register(change, target, post));
        } catch (error) {
          // Only what breaks a rule; it has changed nothing. Others undo all of it.
          if (!isRefusal(error)) throw error;
          failed.push(writeFailure(change, post, error));
        }
      }
      await noteAdded(change, target.flow, added);
      return failed;
    });
  }

  /** Registers all of some segments, or none. */
  addAtomically(
    flowId: string,
    posts: readonly SegmentPost[],
    options?: Actor,
  ): Promise<void> {
    return this.#transactions.write(options, async (change) => {
      const target = await openTarget(change, flowId);
      const added: SegmentRecord[] = [];
      for (const post of posts) {
        added.push(await this.#register(change, target, post));
      }
      await noteAdded(change, target.flow, added);
    });
  }

  /** Looks at everything before it changes anything. */
  async #register(
    change: Change,
    { flow, going }: Target,
    post: SegmentPost,
  ): Promise<SegmentRecord> {
    const { index } = change;
    const parsed = parseSegment(flow.id, post);
    const { record } = parsed;
    const existing = await index.findOverlap(flow.id, record);
    if (existing !== undefined) {
      throw new SegmentOverlapError(
        flow.id,
        record.timerange,
        existing.timerange,
      );
    }
    checkStays(record, going);
    const registration = { flow, post, parsed };
    const { backends } = this.#setup;
    const objects = await prepareObjects(change, registration, backends);
    for (const object of objects) await index.putObject(object);
    await index.insertSegment(record);
    return record;
  }
}

async function noteAdded(
  change: Change,
  flow: Flow,
  added: readonly SegmentRecord[],
): Promise<void> {
  if (added.length === 0) return;
  await stampSegments(change, flow);
  await change.events.segmentsAdded(flow, added);
}

async function openTarget(change: Change, flowId: string): Promise<Target> {
  const flow = await requireWritableFlow(change.index, flowId);
  if (flow.container === undefined) {
    throw new InvalidRequestError(
      `Cannot add segments to flow '${flowId}': it has no container; set that first`,
    );
  }
  return { flow, going: await listGoing(change.index, flowId) };
}

async function writePage(
  records: readonly SegmentRecord[],
  limit: number,
  writer: SegmentWriter,
): Promise<SegmentPage> {
  const shown = records.slice(0, limit);
  const items = [];
  for (const record of shown) items.push(await writer.write(record));
  const last = shown.at(-1);
  const hasMore = records.length > limit && last !== undefined;
  return {
    items,
    next: hasMore ? encodePageKey([last.start.toString()]) : undefined,
    limit,
    timerange: joinExtents([...shown.slice(0, 1), ...shown.slice(-1)]),
  };
}

function readKey(key: string): bigint {
  const [start] = decodePageKey(key, ["string"]);
  if (typeof start === "string" && /^-?\d{1,19}$/.test(start)) {
    return BigInt(start);
  }
  throw new InvalidRequestError(
    `Cannot go on at page '${key}': it is not a key that a page of this listing gave; begin without one`,
  );
}

function isRefusal(error: unknown): error is StoreError {
  return (
    error instanceof InvalidRequestError || error instanceof SegmentOverlapError
  );
}

function writeFailure(
  change: Change,
  post: SegmentPost,
  error: StoreError,
): FailedSegment {
  return {
    object_id: post.object_id,
    timerange: post.timerange,
    error: { type: error.code, summary: error.message, time: change.now },
  };
}
