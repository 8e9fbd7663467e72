import type { DeletionRequest, PageOptions } from "@sluice/tams";
import { TimeRange } from "@sluice/time";
import { DeletionRequestNotFoundError } from "../error/deletion-request-not-found-error.ts";
import type { Page } from "../model/page.ts";
import type { Actor } from "../port/flow-store.ts";
import { toSpan } from "../port/instant-bounds.ts";
import type {
  IndexTransaction,
  SegmentRecord,
  Span,
} from "../port/segment-index.ts";
import { withoutAbsent } from "./absent-properties.ts";
import { leaveCollections } from "./flow-collections.ts";
import { requireWritableFlow } from "./flow-rules.ts";
import { stampSegments } from "./flow-stamps.ts";
import { doomUnreferenced } from "./object-references.ts";
import { dropUnusedSource } from "./source-rules.ts";
import type { StoreSetup } from "./store-setup.ts";
import { formatSpan, isEmptySpan } from "./time-text.ts";
import type { Change, Transactions } from "./transactions.ts";

/** Which segments of a flow are to go. */
export interface DeletionQuery {
  readonly timerange?: TimeRange;
  readonly objectId?: string;
}

/**
 * The rules of deleting: what is little goes at once, and what is much by a request.
 *
 * Source: TAMS 8.2, `DELETE /flows/{id}`, `DELETE /flows/{id}/segments` and
 * `/flow-delete-requests`.
 */
export class DeletionRules {
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

  /** Removes a flow: it is gone at once, and its segments then or later. */
  deleteFlow(
    id: string,
    options?: Actor,
  ): Promise<DeletionRequest | undefined> {
    return this.#transactions.write(options, async (change) => {
      const { index } = change;
      const flow = await requireWritableFlow(index, id);
      await change.events.flowDeleted(flow);
      await leaveCollections(change, flow);
      await index.removeFlow(id);
      await dropUnusedSource(change, flow.source_id);
      return this.#deleteOrRequest(change, {
        flow_id: id,
        timerange_to_delete: "_",
        delete_flow: true,
      });
    });
  }

  /** Removes the segments that lie wholly within a range. */
  deleteSegments(
    flowId: string,
    { timerange = TimeRange.eternity, objectId }: DeletionQuery,
    options?: Actor,
  ): Promise<DeletionRequest | undefined> {
    return this.#transactions.write(options, async (change) => {
      await requireWritableFlow(change.index, flowId);
      if (objectId !== undefined) {
        await this.#deleteObject(change, flowId, { timerange, objectId });
        return undefined;
      }
      return this.#deleteOrRequest(change, {
        flow_id: flowId,
        timerange_to_delete: timerange.toString(),
        delete_flow: false,
      });
    });
  }

  /** Lists requests; those that are no longer kept are not among them. */
  list(
    query: {
      readonly sortBy?: "created" | "expiry";
      readonly reverseOrder?: boolean;
    },
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<DeletionRequest>> {
    return this.#transactions.read(async (index) => {
      const found = await index.listDeletionRequests(query, page);
      const items = found.items.filter((one) => this.#isKept(one));
      return { ...found, items };
    });
  }

  /** @throws {DeletionRequestNotFoundError} If there is none, or it is no longer kept. */
  get(id: string): Promise<DeletionRequest> {
    return this.#transactions.read(async (index) => {
      const request = await index.findDeletionRequest(id);
      if (request !== undefined && this.#isKept(request)) return request;
      throw new DeletionRequestNotFoundError(id);
    });
  }

  /** Lists the requests that are to be worked off, oldest first. */
  listOpen(): Promise<readonly DeletionRequest[]> {
    return this.#transactions.read((index) => index.listOpenDeletionRequests());
  }

  /**
   * Does one step of a request; doing it again after a crash does no harm.
   *
   * @returns The request after it.
   */
  step(id: string): Promise<DeletionRequest> {
    return this.#transactions.write(undefined, async (change) => {
      const request = await change.index.findDeletionRequest(id);
      if (request === undefined) throw new DeletionRequestNotFoundError(id);
      const span = toTarget(request);
      const isDone = await this.#remove(change, request.flow_id, span);
      const after = isDone
        ? this.#finish(change, request)
        : await createProgress(change, request, span);
      await change.index.putDeletionRequest(after);
      return after;
    });
  }

  /** Notes why a request could not be worked off; it is tried again later. */
  fail(id: string, error: unknown): Promise<void> {
    return this.#transactions.write(undefined, async ({ index, now }) => {
      const request = await index.findDeletionRequest(id);
      if (request === undefined) return;
      const [type, summary] =
        error instanceof Error
          ? [error.name, error.message]
          : ["Error", String(error)];
      await index.putDeletionRequest({
        ...request,
        status: "error",
        updated: now,
        error: { type, summary, time: now },
      });
    });
  }

  async #deleteOrRequest(
    change: Change,
    target: Pick<
      DeletionRequest,
      "flow_id" | "timerange_to_delete" | "delete_flow"
    >,
  ): Promise<DeletionRequest | undefined> {
    const span = toTarget(target);
    if (await this.#remove(change, target.flow_id, span)) return undefined;
    const created: DeletionRequest = withoutAbsent({
      id: crypto.randomUUID(),
      ...target,
      created: change.now,
      created_by: change.actor,
      status: "created",
    });
    const request = {
      ...(await createProgress(change, created, span)),
      status: created.status,
    };
    await change.index.putDeletionRequest(request);
    change.leaveWork();
    return request;
  }

  /** Removes as many segments as one step may; tells whether those were the last. */
  async #remove(change: Change, flowId: string, span: Span): Promise<boolean> {
    const limit = this.#setup.limits.deletionStep;
    if (isEmptySpan(span)) return true;
    const removed = await change.index.removeSegments(flowId, { span, limit });
    await clearUp(change, flowId, removed);
    return removed.length < limit;
  }

  /** Removes a flow's segments of one object: a request cannot name it. */
  async #deleteObject(
    change: Change,
    flowId: string,
    { timerange, objectId }: Required<DeletionQuery>,
  ): Promise<void> {
    const span = toSpan(timerange);
    if (isEmptySpan(span)) return;
    const limit = this.#setup.limits.deletionStep;
    const window = { span, objectId, limit };
    for (;;) {
      const removed = await change.index.removeSegments(flowId, window);
      await clearUp(change, flowId, removed);
      if (removed.length < limit) return;
    }
  }

  #finish({ now, nowMs }: Change, request: DeletionRequest): DeletionRequest {
    const expiry = new Date(nowMs + this.#setup.limits.deletionKeptMs);
    const { error: _, ...rest } = request;
    return {
      ...rest,
      status: "done",
      updated: now,
      expiry: expiry.toISOString(),
      timerange_remaining: "()",
    };
  }

  #isKept({ expiry }: DeletionRequest): boolean {
    return expiry === undefined || Date.parse(expiry) > this.#setup.clock();
  }
}

/** Does what follows from the removal of segments. */
async function clearUp(
  change: Change,
  flowId: string,
  removed: readonly SegmentRecord[],
): Promise<void> {
  if (removed.length === 0) return;
  const objectIds = removed.map(({ objectId }) => objectId);
  await doomUnreferenced(change, objectIds);
  const flow = await change.index.findFlow(flowId);
  if (flow === undefined) return;
  await stampSegments(change, flow);
  await change.events.segmentsDeleted(flow, removed);
}

function toTarget({
  timerange_to_delete: text,
}: Pick<DeletionRequest, "timerange_to_delete">): Span {
  return toSpan(TimeRange.parse(text));
}

/** Tells what is still there: what a range cuts at its ends stays, and is not counted. */
async function createProgress(
  { index, now }: Change,
  { error: _, ...request }: DeletionRequest,
  span: Span,
): Promise<DeletionRequest> {
  const extent = await findRemaining(index, request.flow_id, span);
  return {
    ...request,
    status: "started",
    updated: now,
    timerange_remaining: formatSpan(extent),
  };
}

async function findRemaining(
  index: IndexTransaction,
  flowId: string,
  span: Span,
): Promise<Span | undefined> {
  const extent = await index.findExtent(flowId, span);
  if (extent === undefined) return undefined;
  const start = extent.start > span.start ? extent.start : span.start;
  const end = extent.end < span.end ? extent.end : span.end;
  return { start, end };
}
