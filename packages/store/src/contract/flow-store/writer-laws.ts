import { deepEqual, equal } from "node:assert/strict";
import {
  addSegment,
  listRanges,
  putVideo,
  storePlan,
  type StorePlan,
} from "./store-plan.ts";

/** Writers at the same time. */
export const writerLaws: readonly StorePlan[] = [
  storePlan(
    "lets exactly one of 16 writers of overlapping ranges win",
    async (store) => {
      const { id } = await putVideo(store);
      const objects = await store.allocateObjects(id, { limit: 16 });

      const results = await Promise.allSettled(
        objects.map(({ objectId: object_id }, n) =>
          store.addSegmentsAtomically(id, [
            { object_id, timerange: `[${n}:0_${n + 20}:0)` },
          ]),
        ),
      );

      const refused = results.filter((one) => one.status === "rejected");
      equal(results.length - refused.length, 1);
      deepEqual(
        new Set(refused.map(({ reason }) => readCode(reason))),
        new Set(["STORE_SEGMENT_OVERLAP"]),
      );
      equal((await listRanges(store, id)).length, 1);
    },
  ),
  storePlan("lets all of 16 writers append at the same time", async (store) => {
    const { id } = await putVideo(store);
    const ranges = Array.from({ length: 16 }, (_, n) => `[${n}:0_${n + 1}:0)`);

    await Promise.all(ranges.map((range) => addSegment(store, id, range)));

    deepEqual(await listRanges(store, id), ranges);
  }),
  storePlan(
    "gives one of several that make a flow at the same time the new one",
    async (store) => {
      const flow = await putVideo(store);
      const id = flow.id.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));

      const made = await Promise.all(
        ["a", "b", "c"].map((label) => store.putFlow({ ...flow, id, label })),
      );

      equal(made.filter(({ isNew }) => isNew).length, 1);
    },
  ),
];

function readCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : error;
}
