import {
  ResponseError,
  ServiceUnreachableError,
  type FailedSegment,
  type SegmentPost,
  type TamsClient,
} from "@sluice/tams";
import { TimeRange, TimeSyntaxError } from "@sluice/time";
import { from } from "sluice";
import { createDeletionFailure } from "./refusals.ts";

/** How often what nobody has answered is asked for. */
const attempts = 3;

/** A segment that is there still, and why. */
export interface UnremovedSegment {
  readonly timerange: string;
  readonly error: unknown;
}

/** Registers segments of a service, and finds out what is there when an answer is lost. */
export class RegisteredSegments {
  readonly #client: TamsClient;

  /** @param client What makes requests. */
  constructor(client: TamsClient) {
    this.#client = client;
  }

  /**
   * Registers segments, each by itself. Where there is no answer, looks which are there, and
   * asks for the rest again: an instant of a flow is taken once, whoever asks how often.
   *
   * @returns Those that are not there.
   * @throws {ServiceUnreachableError} If there is no answer again and again.
   */
  async add(
    flowId: string,
    posts: readonly SegmentPost[],
    signal: AbortSignal,
  ): Promise<readonly FailedSegment[]> {
    let left = posts;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const failed = await this.#client.segments.add(flowId, left, {
          signal,
        });
        // One that arrived late may be why it was refused now.
        return attempt === 1
          ? failed
          : await this.#withoutThere(flowId, failed, signal);
      } catch (error) {
        signal.throwIfAborted();
        const isLost = error instanceof ServiceUnreachableError;
        if (!isLost && (attempt === 1 || !mayBeOwn(error))) throw error;
        left = await this.#withoutThere(flowId, left, signal);
        if (left.length === 0) return [];
        if (!isLost || attempt === attempts) throw error;
      }
    }
  }

  /**
   * Removes segments, and waits until it is done. Those that are not there are passed over.
   *
   * @returns Those that could not be removed, and why.
   */
  async remove(
    flowId: string,
    posts: readonly SegmentPost[],
    signal: AbortSignal,
  ): Promise<readonly UnremovedSegment[]> {
    const left = await from(posts)
      .map(
        async ({ object_id: objectId, timerange }) => {
          try {
            await this.#removeOne(flowId, { objectId, timerange }, signal);
            return undefined;
          } catch (error) {
            return { timerange, error };
          }
        },
        { concurrency: 4 },
      )
      .toArray();
    return left.filter((one) => one !== undefined);
  }

  /** Finds the range of a segment that overlaps another, if there is one. */
  async findOverlap(
    flowId: string,
    range: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const timerange = parseRange(range);
    if (timerange === undefined) return undefined;
    const query = { timerange, acceptGetUrls: [] };
    const options = { limit: 1, signal };
    const page = await this.#client.segments.page(flowId, query, options);
    return page.items[0]?.timerange;
  }

  async #removeOne(
    flowId: string,
    {
      objectId,
      timerange: range,
    }: { readonly objectId: string; readonly timerange: string },
    signal: AbortSignal,
  ): Promise<void> {
    const timerange = parseRange(range);
    if (timerange === undefined) return;
    const { segments, deletionRequests } = this.#client;
    const query = { timerange, objectId };
    const request = await segments.delete(flowId, query, { signal });
    if (request === undefined) return;
    const end = await deletionRequests.wait(request.id, { signal });
    if (end.status === "error") {
      throw createDeletionFailure(this.#client.media.origin, end);
    }
  }

  /** Leaves out those that are there. */
  async #withoutThere<T extends FailedSegment>(
    flowId: string,
    segments: readonly T[],
    signal: AbortSignal,
  ): Promise<readonly T[]> {
    const ranges = segments.flatMap(({ timerange }) =>
      timerange === undefined ? [] : (parseRange(timerange) ?? []),
    );
    const [first] = ranges;
    if (first === undefined) return segments;
    const timerange = ranges.reduce((all, each) => all.encompass(each), first);
    const query = { timerange, acceptGetUrls: [] };
    const there = await this.#client.segments
      .list(flowId, query, { signal })
      .map(toKey)
      .toSet();
    return segments.filter((one) => !there.has(toKey(one)));
  }
}

/** Leaves out of segments those that failed: as many of a kind as failed. */
export function without(
  posts: readonly SegmentPost[],
  failed: readonly FailedSegment[],
): readonly SegmentPost[] {
  const rest = [...failed];
  return posts.filter((post) => {
    const at = rest.findIndex(
      (one) =>
        one.object_id === post.object_id &&
        (one.timerange ?? post.timerange) === post.timerange,
    );
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function toKey(
  segment: Pick<FailedSegment, "object_id" | "timerange">,
): string {
  return JSON.stringify([segment.object_id, segment.timerange]);
}

/** Whether a refusal may be one of what is there since an attempt before. */
function mayBeOwn(error: unknown): boolean {
  return error instanceof ResponseError && error.status === 400;
}

/** What is no range was registered by no service. */
function parseRange(text: string): TimeRange | undefined {
  try {
    return TimeRange.parse(text, { spelling: "any" });
  } catch (error) {
    if (error instanceof TimeSyntaxError || error instanceof RangeError) return;
    throw error;
  }
}
