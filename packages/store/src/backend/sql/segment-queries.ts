import type { Kysely } from "kysely";
import { SegmentOverlapError } from "../../error/segment-overlap-error.ts";
import {
  checkInstants,
  clampSpan,
  earliestInstant,
  latestInstant,
} from "../../port/instant-bounds.ts";
import type {
  SegmentRecord,
  SegmentWindow,
  Span,
} from "../../port/segment-index.ts";
import { prepareQuery } from "./prepared-query.ts";
import { toSegment, toSegmentRow, type SegmentRow } from "./rows.ts";
import type { SqlSession } from "./sql-session.ts";
import type { Tables } from "./tables.ts";

/** A flow's segments whose start is at `from` or behind, and before `to`. */
interface Starts {
  readonly flowId: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly limit: number;
}

const columns = [
  "flow_id",
  "start_ns",
  "end_ns",
  "object_id",
  "timerange",
  "offset_ns",
  "last_duration_ns",
  "sample_offset",
  "sample_count",
] as const;

const always: Span = { start: earliestInstant, end: latestInstant };

/**
 * What is done with segments.
 *
 * Since those of a flow never overlap, the ones that overlap a span are those that start
 * within it, and at most one that starts before: found by the key (flow, start) alone.
 */
export class SegmentQueries {
  readonly #insert;
  readonly #list;
  readonly #remove;

  /** @param database What they are built for. */
  constructor(database: Kysely<Tables>) {
    this.#insert = prepareInsert(database);
    this.#list = {
      forward: prepareList(database, "asc"),
      backward: prepareList(database, "desc"),
      forwardOfObject: prepareListOfObject(database, "asc"),
      backwardOfObject: prepareListOfObject(database, "desc"),
    };
    this.#remove = prepareRemove(database);
  }

  async insert(session: SqlSession, segment: SegmentRecord): Promise<void> {
    checkInstants(segment);
    const inserted = await session.write(this.#insert(toSegmentRow(segment)));
    if (inserted.length > 0) return;
    const { flowId, start, end, timerange } = segment;
    const existing = await this.findOverlap(session, flowId, { start, end });
    throw new SegmentOverlapError(flowId, timerange, existing?.timerange ?? "");
  }

  async findOverlap(
    session: SqlSession,
    flowId: string,
    span: Span,
  ): Promise<SegmentRecord | undefined> {
    // Where new segments are added there is nothing: one query tells it.
    const last = await this.list(session, flowId, {
      span,
      reverse: true,
      limit: 1,
    });
    if (last.length === 0) return undefined;
    return (await this.list(session, flowId, { span, limit: 1 }))[0];
  }

  async findExtent(
    session: SqlSession,
    flowId: string,
    span: Span = always,
  ): Promise<Span | undefined> {
    const [first] = await this.list(session, flowId, { span, limit: 1 });
    if (first === undefined) return undefined;
    const [last = first] = await this.list(session, flowId, {
      span,
      reverse: true,
      limit: 1,
    });
    return { start: first.start, end: last.end };
  }

  async list(
    session: SqlSession,
    flowId: string,
    window: SegmentWindow,
  ): Promise<readonly SegmentRecord[]> {
    const { objectId, reverse = false, limit } = window;
    const span = clampSpan(window.span ?? always);
    if (span.end <= span.start || limit < 1) return [];
    const starts = await this.#findStarts(session, flowId, { ...window, span });
    const rows = await session.read(
      objectId === undefined
        ? this.#list[reverse ? "backward" : "forward"](starts)
        : this.#list[reverse ? "backwardOfObject" : "forwardOfObject"]({
            ...starts,
            objectId,
          }),
    );
    // The one that starts before may end before as well.
    return rows.map(toSegment).filter(({ end }) => end > span.start);
  }

  async remove(
    session: SqlSession,
    flowId: string,
    window: {
      readonly span: Span;
      readonly objectId?: string | undefined;
      readonly limit: number;
    },
  ): Promise<readonly SegmentRecord[]> {
    const { start, end } = clampSpan(window.span);
    const covered = await this.list(session, flowId, {
      span: { start, end },
      objectId: window.objectId,
      // One that starts before, and one that ends behind, are not covered.
      limit: window.limit + 2,
    });
    const removed = covered
      .filter((segment) => segment.start >= start && segment.end <= end)
      .slice(0, Math.max(0, window.limit));
    for (const segment of removed) {
      await session.write(this.#remove({ flowId, start: segment.start }));
    }
    return removed;
  }

  async #findStarts(
    session: SqlSession,
    flowId: string,
    window: SegmentWindow & { readonly span: Span },
  ): Promise<Starts> {
    const { span, reverse = false, after, limit } = window;
    const starts = { flowId, from: earliestInstant, to: span.end, limit };
    if (reverse) {
      const to = after !== undefined && after < span.end ? after : span.end;
      // Backwards the first is known without looking where the last is.
      const isOne = limit === 1;
      const from = isOne
        ? starts.from
        : await this.#findFirst(session, starts, span, undefined);
      return { ...starts, from, to };
    }
    return after !== undefined && after >= span.start
      ? { ...starts, from: after + 1n }
      : {
          ...starts,
          from: await this.#findFirst(session, starts, span, after),
        };
  }

  /** The one that starts before a span is among those that overlap it if it goes on. */
  async #findFirst(
    session: SqlSession,
    starts: Starts,
    { start }: Span,
    after: bigint | undefined,
  ): Promise<bigint> {
    if (start === earliestInstant) return start;
    const from = after === undefined ? earliestInstant : after + 1n;
    const [before] = await session.read(
      this.#list.backward({ ...starts, from, to: start, limit: 1 }),
    );
    return before !== undefined && before.end_ns > start
      ? before.start_ns
      : start;
  }
}

function prepareInsert(database: Kysely<Tables>) {
  return prepareQuery<SegmentRow, { readonly start_ns: bigint }>((parameter) =>
    database
      .insertInto("segments")
      .values({
        flow_id: parameter("flow_id"),
        start_ns: parameter("start_ns"),
        end_ns: parameter("end_ns"),
        object_id: parameter("object_id"),
        init_object_id: (query) =>
          query
            .selectFrom("objects")
            .select("objects.init_object_id")
            .where("objects.id", "=", parameter("object_id")),
        timerange: parameter("timerange"),
        offset_ns: parameter("offset_ns"),
        last_duration_ns: parameter("last_duration_ns"),
        sample_offset: parameter("sample_offset"),
        sample_count: parameter("sample_count"),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("start_ns"),
  );
}

function prepareList(database: Kysely<Tables>, direction: "asc" | "desc") {
  return prepareQuery<Starts, SegmentRow>((parameter) =>
    database
      .selectFrom("segments")
      .select(columns)
      .where("flow_id", "=", parameter("flowId"))
      .where("start_ns", ">=", parameter("from"))
      .where("start_ns", "<", parameter("to"))
      .orderBy("start_ns", direction)
      .limit(parameter("limit")),
  );
}

function prepareListOfObject(
  database: Kysely<Tables>,
  direction: "asc" | "desc",
) {
  return prepareQuery<Starts & { readonly objectId: string }, SegmentRow>(
    (parameter) =>
      database
        .selectFrom("segments")
        .select(columns)
        .where("object_id", "=", parameter("objectId"))
        .where("flow_id", "=", parameter("flowId"))
        .where("start_ns", ">=", parameter("from"))
        .where("start_ns", "<", parameter("to"))
        .orderBy("start_ns", direction)
        .limit(parameter("limit")),
  );
}

function prepareRemove(database: Kysely<Tables>) {
  return prepareQuery<
    { readonly flowId: string; readonly start: bigint },
    unknown
  >((parameter) =>
    database
      .deleteFrom("segments")
      .where("flow_id", "=", parameter("flowId"))
      .where("start_ns", "=", parameter("start")),
  );
}
