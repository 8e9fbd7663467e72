import { deepEqual, equal, ok } from "node:assert/strict";
import type { SegmentPost } from "@sluice/tams";
import { TimeRange } from "@sluice/time";
import {
  addSegment,
  allocate,
  breaksRule,
  createId,
  listRanges,
  putVideo,
  refuses,
  storePlan,
  type StorePlan,
} from "./store-plan.ts";

/** Segments. */
export const segmentLaws: readonly StorePlan[] = [
  storePlan(
    "tells a segment as it was registered, in its own spelling",
    async (store) => {
      const { id } = await putVideo(store);
      const object_id = await addSegment(store, id, "10:0_12:0", {
        ts_offset: "10:0",
        last_duration: "0:40000000",
        sample_offset: 0,
        sample_count: 50,
        key_frame_count: 2,
        object_timerange: "[0:0_5:0)",
      });

      const { items } = await store.listSegments(id, {
        includeObjectTimerange: true,
      });
      const [{ get_urls: _, ...segment } = { object_id: "" }] = items;
      deepEqual(segment, {
        object_id,
        timerange: "10:0_12:0",
        ts_offset: "10:0",
        last_duration: "0:40000000",
        object_timerange: "[0:0_5:0)",
        sample_offset: 0,
        sample_count: 50,
        key_frame_count: 2,
      });
      const [plain] = (await store.listSegments(id)).items;
      ok(plain !== undefined && !("object_timerange" in plain));
    },
  ),
  storePlan(
    "takes an object's range from its first segment, if it is not told",
    async (store) => {
      const { id } = await putVideo(store);
      await addSegment(store, id, "[10:0_12:0)", { ts_offset: "9:0" });

      const query = { includeObjectTimerange: true };
      const [segment] = (await store.listSegments(id, query)).items;
      equal(segment?.object_timerange, "[1:0_3:0)");
    },
  ),
  storePlan("lets no two segments of a flow overlap", async (store) => {
    const { id } = await putVideo(store);
    await addSegment(store, id, "[10:0_20:0)");
    const before = await listRanges(store, id);

    for (const range of [
      "[0:0_10:0]",
      "[19:999999999_21:0)",
      "[12:0]",
      "[5:0_25:0)",
    ]) {
      await refuses(addSegment(store, id, range), "STORE_SEGMENT_OVERLAP");
    }
    deepEqual(await listRanges(store, id), before);
    await addSegment(store, id, "[20:0]");
    await addSegment(store, id, "(20:0_21:0)");
    await addSegment(store, id, "[9:0_10:0)");
    await addSegment(store, id, "[-0:500000000_0:0)");
    equal((await listRanges(store, id)).length, 5);
  }),
  storePlan("lists the segments that overlap a range", async (store) => {
    const { id } = await putVideo(store);
    for (const range of [
      "[0:0_10:0)",
      "[10:0_20:0)",
      "[20:0]",
      "[30:0_40:0)",
    ]) {
      await addSegment(store, id, range);
    }

    deepEqual(await listRanges(store, id, "[9:999999999_10:0)"), [
      "[0:0_10:0)",
    ]);
    deepEqual(await listRanges(store, id, "[20:0_30:0)"), ["[20:0]"]);
    deepEqual(await listRanges(store, id, "_10:0]"), [
      "[0:0_10:0)",
      "[10:0_20:0)",
    ]);
    deepEqual(await listRanges(store, id, "[25:0_"), ["[30:0_40:0)"]);
    deepEqual(await listRanges(store, id, "()"), []);
    const { id: around } = await putVideo(store);
    await addSegment(store, around, "[-1:0_1:0)");
    deepEqual(await listRanges(store, around, "()"), []);
    const never = { timerange: TimeRange.never };
    equal((await store.getFlow(around, never)).timerange, "()");
    const upToNow = { timerange: TimeRange.parse("_20:0]") };
    const page = await store.listSegments(id, upToNow);
    equal(`${page.timerange}`, "[0:0_20:0]");
    equal((await store.getFlow(id, upToNow)).timerange, "[0:0_20:0]");
    const flow = await store.getFlow(id, { timerange: true });
    equal(flow.timerange, "[0:0_40:0)");
    const timerange = TimeRange.parse("[5:0_15:0)");
    equal((await store.getFlow(id, { timerange })).timerange, "[0:0_20:0)");
  }),
  storePlan(
    "says that an empty flow has no extent, and others none unasked",
    async (store) => {
      const { id } = await putVideo(store);

      equal((await store.getFlow(id, { timerange: true })).timerange, "()");
      equal((await store.getFlow(id)).timerange, undefined);
    },
  ),
  storePlan("refuses segments that break a rule", async (store) => {
    const { id } = await putVideo(store);
    const object_id = await allocate(store, id);
    const timerange = "[0:0_1:0)";
    const wrong: readonly Partial<SegmentPost>[] = [
      { timerange: "[0:0_0:0)" },
      { timerange: "()" },
      { timerange: "_" },
      { timerange: "[0:0_" },
      { timerange: "_1:0)" },
      { timerange: "[1:0_0:0)" },
      { timerange: "[00:0_1:0)" },
      { timerange: "[0:0_1:0000000000)" },
      { timerange: "[0:0_9999999999:0)" },
      { ts_offset: "1" },
      { last_duration: "-0:1" },
      { sample_count: -1 },
      { key_frame_count: 0.5 },
      { object_timerange: "[0:0_" },
      { object_timerange: "[0:0_0:5)" },
      { object_id: "" },
      { object_id: createId() },
    ];
    for (const change of wrong) {
      const post = { object_id, timerange, ...change };
      await breaksRule(store.addSegmentsAtomically(id, [post]));
    }
    deepEqual(await listRanges(store, id), []);
    await refuses(store.getObject(object_id), "STORE_OBJECT_NOT_FOUND");
  }),
  storePlan("needs a container before there are segments", async (store) => {
    const { container: _, ...flow } = await putVideo(store);
    await store.putFlow(flow);

    await breaksRule(
      store.addSegments(flow.id, [
        { object_id: createId(), timerange: "[0:0_1:0)" },
      ]),
      /container/,
    );
  }),
  storePlan(
    "registers each of several by itself, and tells which it did not",
    async (store) => {
      const { id } = await putVideo(store);
      const [a, b, c] = await store.allocateObjects(id, { limit: 3 });
      ok(a && b && c);

      const failed = await store.addSegments(id, [
        { object_id: a.objectId, timerange: "[0:0_1:0)" },
        { object_id: b.objectId, timerange: "[0:5_2:0)" },
        { object_id: c.objectId, timerange: "[1:0_2:0)" },
        { object_id: "unknown", timerange: "[5:0_6:0)" },
      ]);

      deepEqual(
        failed.map(({ object_id, timerange }) => [object_id, timerange]),
        [
          [b.objectId, "[0:5_2:0)"],
          ["unknown", "[5:0_6:0)"],
        ],
      );
      ok(failed.every(({ error }) => error?.summary && error.type));
      deepEqual(await listRanges(store, id), ["[0:0_1:0)", "[1:0_2:0)"]);
    },
  ),
  storePlan("registers all of several as one, or none", async (store) => {
    const { id } = await putVideo(store);
    const [a, b] = await store.allocateObjects(id, { limit: 2 });
    ok(a && b);
    const first = { object_id: a.objectId, timerange: "[0:0_1:0)" };

    await refuses(
      store.addSegmentsAtomically(id, [
        first,
        { object_id: b.objectId, timerange: "[0:5_2:0)" },
      ]),
      "STORE_SEGMENT_OVERLAP",
    );
    deepEqual(await listRanges(store, id), []);
    await refuses(store.getObject(a.objectId), "STORE_OBJECT_NOT_FOUND");
    // Where it was added, and then removed, its object went with it.
    const object_id = store.capabilities.atomicSegments
      ? a.objectId
      : await allocate(store, id);
    await store.addSegmentsAtomically(id, [
      { ...first, object_id },
      { object_id: b.objectId, timerange: "[1:0_2:0)" },
    ]);
    equal((await listRanges(store, id)).length, 2);
  }),
  storePlan("lists the segments of one object", async (store) => {
    const { id } = await putVideo(store);
    const objectId = await addSegment(store, id, "[0:0_1:0)");
    await addSegment(store, id, "[1:0_2:0)");
    await addSegment(store, id, "[2:0_3:0)", {
      object_id: objectId,
      ts_offset: "2:0",
    });

    const { items } = await store.listSegments(id, { objectId });
    deepEqual(
      items.map(({ timerange }) => timerange),
      ["[0:0_1:0)", "[2:0_3:0)"],
    );
  }),
];
