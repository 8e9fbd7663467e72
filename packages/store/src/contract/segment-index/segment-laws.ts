import { rejects } from "node:assert/strict";
import { earliestInstant, latestInstant } from "../../port/instant-bounds.ts";
import type {
  SegmentIndex,
  SegmentRecord,
  SegmentWindow,
} from "../../port/segment-index.ts";
import { makeSegment, makeSegments } from "./index-material.ts";
import {
  claimSame,
  indexPlan,
  read,
  write,
  type IndexPlan,
} from "./index-plan.ts";

/** What an index promises of segments, and where they are found. */
export const segmentLaws: readonly IndexPlan[] = [
  indexPlan(
    "keeps all that a segment has, to the nanosecond",
    async (index) => {
      const start = 1_790_000_000_123_456_789n;
      const segments = [
        makeSegment("f", earliestInstant, earliestInstant + 1n),
        makeSegment("f", start, start + 1n, {
          timerange: "[1790000000:123456789]",
          offset: -9_007_199_254_740_993n,
          lastDuration: 33_366_666n,
          sampleOffset: 3,
          sampleCount: 2 ** 53 - 1,
        }),
        makeSegment("f", latestInstant - 1n, latestInstant),
      ];

      await insert(index, segments);

      const found = await read(index, (it) =>
        it.listSegments("f", { limit: 9 }),
      );
      claimSame(found, segments);
    },
  ),
  indexPlan("lists what overlaps a span, whole and in order", async (index) => {
    const segments = makeSegments("f", 6);
    // In the middle, and of other flows on both sides.
    const order = [3, 0, 5, 1, 4, 2].map((at) => segments[at] ?? []).flat();
    await insert(index, order);
    await insert(index, [makeSegment("e", 0n, 60n), makeSegment("g", 0n, 60n)]);

    const cases = [
      [10n, 30n, 1, 3],
      [15n, 21n, 1, 3],
      [15n, 16n, 1, 2],
      [19n, 20n, 1, 2],
      [20n, 21n, 2, 3],
      [-5n, 1n, 0, 1],
      [59n, 99n, 5, 6],
      [60n, 99n, 6, 6],
      [-9n, 0n, 0, 0],
      [20n, 20n, 0, 0],
      [30n, 10n, 0, 0],
      [-(2n ** 90n), 2n ** 90n, 0, 6],
    ] as const;
    for (const [start, end, first, last] of cases) {
      const span = { start, end };
      const expected = segments.slice(first, last);
      await claimListed(index, { span }, expected);
      await claimListed(index, { span, reverse: true }, expected.toReversed());
    }
  }),
  indexPlan("lists nothing where there is a gap", async (index) => {
    await insert(index, [
      makeSegment("f", 0n, 10n),
      makeSegment("f", 50n, 60n),
    ]);

    for (const reverse of [false, true]) {
      await claimListed(index, { span: { start: 10n, end: 50n }, reverse }, []);
    }
  }),
  indexPlan("lists the segments of one object", async (index) => {
    const segments = makeSegments("f", 6).map((segment, at) => ({
      ...segment,
      objectId: at % 2 === 0 ? "even" : "odd",
    }));
    await insert(index, segments);
    await insert(index, [makeSegment("g", 0n, 60n, { objectId: "even" })]);
    const expected = [2, 4].map((at) => segments[at]);
    const window = { span: { start: 15n, end: 45n }, objectId: "even" };

    await claimListed(index, window, expected);
    const reverse = true;
    await claimListed(index, { ...window, reverse }, expected.toReversed());
  }),
  indexPlan(
    "goes on behind a segment, whatever was added or removed meanwhile",
    async (index) => {
      const [a, b, c, d] = makeSegments("f", 8).filter((_, at) => at % 2 === 0);
      await insert(index, [a, b, c, d]);
      const between = makeSegment("f", 30n, 40n);

      const page = await read(index, (it) =>
        it.listSegments("f", { limit: 2 }),
      );
      claimSame(page, [a, b]);
      await write(index, (it) =>
        it.removeSegments("f", { span: { start: 20n, end: 30n }, limit: 1 }),
      );
      await insert(index, [between, makeSegment("f", 10n, 20n)]);

      await claimListed(index, { after: 20n }, [between, c, d]);
      await claimListed(index, { after: 20n, reverse: true }, [
        makeSegment("f", 10n, 20n),
        a,
      ]);
      const span = { start: 35n, end: 50n };
      await claimListed(index, { after: 20n, span }, [between, c]);
      await claimListed(index, { after: 30n, span }, [c]);
      await claimListed(index, { after: 40n, span, reverse: true }, [between]);
    },
  ),
  indexPlan("finds the earliest segment that overlaps", async (index) => {
    const segments = makeSegments("f", 3);
    await insert(index, segments);

    for (const [start, end, expected] of [
      [5n, 25n, 0],
      [10n, 11n, 1],
      [-5n, 0n, undefined],
      [30n, 40n, undefined],
    ] as const) {
      const found = await read(index, (it) =>
        it.findOverlap("f", { start, end }),
      );
      claimSame(found, expected === undefined ? undefined : segments[expected]);
    }
  }),
  indexPlan("tells from when to when there are segments", async (index) => {
    await insert(index, [
      makeSegment("f", 0n, 10n),
      makeSegment("f", 20n, 30n),
      makeSegment("f", 40n, 50n),
    ]);

    const find = (start: bigint, end: bigint) =>
      read(index, (it) => it.findExtent("f", { start, end }));
    claimSame(await read(index, (it) => it.findExtent("g")), undefined);
    claimSame(await read(index, (it) => it.findExtent("f")), {
      start: 0n,
      end: 50n,
    });
    claimSame(await find(5n, 21n), { start: 0n, end: 30n });
    claimSame(await find(25n, 40n), { start: 20n, end: 30n });
    claimSame(await find(10n, 20n), undefined);
  }),
  indexPlan(
    "removes what lies wholly within a span, earliest first",
    async (index) => {
      const segments = makeSegments("f", 6);
      await insert(index, segments);
      await insert(index, [makeSegment("g", 10n, 20n)]);
      const remove = (start: bigint, end: bigint, limit: number) =>
        write(index, (it) =>
          it.removeSegments("f", { span: { start, end }, limit }),
        );

      claimSame(await remove(5n, 45n, 2), segments.slice(1, 3));
      claimSame(await remove(5n, 45n, 2), segments.slice(3, 4));
      claimSame(await remove(5n, 45n, 2), []);
      claimSame(await remove(40n, 49n, 2), []);
      claimSame(await remove(0n, 10n, 0), []);

      await claimListed(
        index,
        {},
        [0, 4, 5].map((at) => segments[at]),
      );
      const others = await read(index, (it) => it.findExtent("g"));
      claimSame(others, { start: 10n, end: 20n });
    },
  ),
  indexPlan("removes the segments of one object", async (index) => {
    const segments = makeSegments("f", 4).map((segment, at) => ({
      ...segment,
      objectId: at % 2 === 0 ? "even" : "odd",
    }));
    await insert(index, segments);

    const removed = await write(index, (it) =>
      it.removeSegments("f", {
        span: { start: 5n, end: 99n },
        objectId: "even",
        limit: 9,
      }),
    );

    claimSame(removed, [segments[2]]);
    await claimListed(
      index,
      {},
      [0, 1, 3].map((at) => segments[at]),
    );
  }),
  indexPlan(
    "refuses what it cannot keep, and keeps what it has",
    async (index) => {
      const there = makeSegment("f", 0n, 10n);
      await insert(index, [there]);

      const beyond = { code: "STORE_INVALID_REQUEST" };
      await rejects(
        insert(index, [makeSegment("f", latestInstant, latestInstant + 1n)]),
        beyond,
      );
      await rejects(
        insert(index, [makeSegment("f", 20n, 30n, { offset: 2n ** 63n })]),
        beyond,
      );
      await rejects(insert(index, [makeSegment("f", 20n, 20n)]), RangeError);
      await rejects(insert(index, [makeSegment("f", 0n, 5n)]), {
        code: "STORE_SEGMENT_OVERLAP",
        existing: there.timerange,
      });

      await claimListed(index, {}, [there]);
    },
  ),
];

async function insert(
  index: SegmentIndex,
  segments: readonly (SegmentRecord | undefined)[],
): Promise<void> {
  await write(index, async (it) => {
    for (const segment of segments)
      if (segment) await it.insertSegment(segment);
  });
}

async function claimListed(
  index: SegmentIndex,
  window: Omit<SegmentWindow, "limit">,
  expected: readonly (SegmentRecord | undefined)[],
): Promise<void> {
  const found = await read(index, (it) =>
    it.listSegments("f", { ...window, limit: 100 }),
  );
  claimSame(found, expected);
}
