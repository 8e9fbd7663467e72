import {
  ResponseError,
  type DeletionRequest,
  type FailedSegment,
  type PageOptions,
  type SegmentPost,
  type SegmentQuery,
} from "@sluice/tams";
import { TimeRange } from "@sluice/time";
import { InvalidRequestError } from "../../error/invalid-request-error.ts";
import { PartlyAddedError } from "../../error/partly-added-error.ts";
import { SegmentOverlapError } from "../../error/segment-overlap-error.ts";
import type { SegmentPage } from "../../port/listed-page.ts";
import { RegisteredSegments, without } from "./registered-segments.ts";
import { toPage, type RemoteCalls } from "./remote-calls.ts";

/** Which segments are to go. */
export interface SegmentsToDelete {
  readonly timerange?: TimeRange;
  readonly objectId?: string;
}

/** How many segments are registered by one request: services bound how long it may be. */
const batchSize = 500;
/** How long undoing may take, in milliseconds: it does not end with what it cleans up after. */
const undoMs = 30_000;

/** The segments of flows. */
export class RemoteSegments {
  readonly #calls: RemoteCalls;
  readonly #registered: RegisteredSegments;

  /** @param calls Calls of the service. */
  constructor(calls: RemoteCalls) {
    this.#calls = calls;
    this.#registered = new RegisteredSegments(calls.client);
  }

  /** Lists a page of them. */
  list(
    flowId: string,
    query: SegmentQuery,
    page: PageOptions,
  ): Promise<SegmentPage> {
    const { client, service } = this.#calls;
    return this.#calls.run(service, async (signal) => {
      const options = { ...page, signal };
      const listed = await client.segments.page(flowId, query, options);
      const timerange = listed.timerange ?? coverAll(listed.items);
      return { ...toPage(listed, page), timerange };
    });
  }

  /** Registers segments, each by itself. */
  add(
    flowId: string,
    posts: readonly SegmentPost[],
  ): Promise<readonly FailedSegment[]> {
    return this.#calls.change(flowId, async (signal) => {
      await this.#checkSome(flowId, posts, signal);
      const failed: FailedSegment[] = [];
      for (const batch of toBatches(posts)) {
        failed.push(...(await this.#registered.add(flowId, batch, signal)));
      }
      return failed;
    });
  }

  /**
   * Registers segments one batch after the other; if one cannot be, or nobody can know, removes
   * those that were.
   */
  addAtomically(flowId: string, posts: readonly SegmentPost[]): Promise<void> {
    return this.#calls.change(flowId, async (signal) => {
      await this.#checkSome(flowId, posts, signal);
      const added: SegmentPost[] = [];
      for (const batch of toBatches(posts)) {
        const problem = await this.#addBatch(flowId, { batch, added }, signal);
        if (problem === undefined) continue;
        await this.#undo(flowId, added, problem.error);
        throw problem.error;
      }
    });
  }

  /** Removes segments. */
  delete(
    flowId: string,
    query: SegmentsToDelete,
  ): Promise<DeletionRequest | undefined> {
    return this.#calls.change(flowId, (signal) =>
      this.#calls.client.segments.delete(flowId, query, { signal }),
    );
  }

  /** No segments need no request, but a flow. */
  async #checkSome(
    flowId: string,
    posts: readonly SegmentPost[],
    signal: AbortSignal,
  ): Promise<void> {
    if (posts.length > 0) return;
    await this.#calls.client.flows.get(flowId, { signal });
  }

  /** Adds to `added` what has to be undone if there is a problem, which is what it gives. */
  async #addBatch(
    flowId: string,
    {
      batch,
      added,
    }: {
      readonly batch: readonly SegmentPost[];
      readonly added: SegmentPost[];
    },
    signal: AbortSignal,
  ): Promise<{ readonly error: unknown } | undefined> {
    try {
      const failed = await this.#registered.add(flowId, batch, signal);
      added.push(...without(batch, failed));
      const [first] = failed;
      if (first === undefined) return undefined;
      return { error: await this.#explain(flowId, first, signal) };
    } catch (error) {
      if (isRefused(error)) {
        const [only] = batch.length === 1 ? batch : [];
        const reason = await this.#explainRefusal(
          flowId,
          { error, only },
          signal,
        );
        return { error: reason };
      }
      // Nobody knows what of it was done.
      added.push(...batch);
      return { error };
    }
  }

  async #undo(
    flowId: string,
    added: readonly SegmentPost[],
    error: unknown,
  ): Promise<void> {
    const end = AbortSignal.timeout(undoMs);
    const left = await this.#registered.remove(flowId, added, end);
    const [first] = left;
    if (first === undefined) return;
    const ranges = left.map(({ timerange }) => timerange);
    const { error: cause } = first;
    throw new PartlyAddedError(flowId, ranges, { reason: error, cause });
  }

  /** A single segment may be refused as a whole: why, others than ours do not tell by a word. */
  async #explainRefusal(
    flowId: string,
    {
      error,
      only,
    }: {
      readonly error: ResponseError;
      readonly only: SegmentPost | undefined;
    },
    signal: AbortSignal,
  ): Promise<unknown> {
    if (only === undefined || error.status !== 400) return error;
    const { body } = error;
    if (body === undefined) return error;
    return this.#explain(flowId, { ...only, error: body }, signal);
  }

  /** Gives the error that a segment was not registered for. */
  async #explain(
    flowId: string,
    { object_id: id, timerange, error }: FailedSegment,
    signal: AbortSignal,
  ): Promise<Error> {
    const type = error?.type;
    if (timerange !== undefined && mayOverlap(type)) {
      const existing = await this.#registered.findOverlap(
        flowId,
        timerange,
        signal,
      );
      if (existing !== undefined || type === "STORE_SEGMENT_OVERLAP") {
        // One that is gone again was as long as this one, for all that is known.
        return new SegmentOverlapError(
          flowId,
          timerange,
          existing ?? timerange,
        );
      }
    }
    return new InvalidRequestError(
      error?.summary ??
        `Cannot add object '${id}' to flow '${flowId}': the service does not say why`,
    );
  }
}

/** Whether an overlap may be the reason: only our own server says by a word what is. */
function mayOverlap(type: string | undefined): boolean {
  return (
    type === "STORE_SEGMENT_OVERLAP" ||
    !/^(STORE|SERVER|TAMS)_/.test(type ?? "")
  );
}

/** Whether a service has understood, and has done nothing. */
function isRefused(error: unknown): error is ResponseError {
  return error instanceof ResponseError && error.status < 500;
}

function toBatches<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / batchSize) }, (_, at) =>
    items.slice(at * batchSize, (at + 1) * batchSize),
  );
}

/** From when to when segments are, together: for services that do not tell. */
function coverAll(
  segments: readonly { readonly timerange: string }[],
): TimeRange {
  return segments
    .map(({ timerange }) => TimeRange.parse(timerange, { spelling: "any" }))
    .reduce((all, each) => all.encompass(each), TimeRange.never);
}
