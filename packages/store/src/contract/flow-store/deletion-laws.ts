import { deepEqual, equal } from "node:assert/strict";
import { TimeRange } from "@sluice/time";
import {
  addSegment,
  createId,
  finish,
  listRanges,
  putVideo,
  refuses,
  storePlan,
  videoFlow,
  type StorePlan,
} from "./store-plan.ts";

/** What goes, and what stays. */
export const deletionLaws: readonly StorePlan[] = [
  storePlan(
    "deletes the segments that lie wholly within a range",
    async (store) => {
      const { id } = await putVideo(store);
      for (const range of [
        "[0:0_10:0)",
        "[10:0_20:0)",
        "[20:0_30:0)",
        "[30:0]",
      ]) {
        await addSegment(store, id, range);
      }
      const remove = (text: string) =>
        finish(
          store,
          store.deleteSegments(id, { timerange: TimeRange.parse(text) }),
        );

      await remove("[5:0_19:999999999)");
      await remove("()");
      await remove("[40:0_");
      equal((await listRanges(store, id)).length, 4);
      await remove("[5:0_20:0)");
      deepEqual(await listRanges(store, id), [
        "[0:0_10:0)",
        "[20:0_30:0)",
        "[30:0]",
      ]);
      await remove("[30:0]");
      await remove("_10:0)");
      deepEqual(await listRanges(store, id), ["[20:0_30:0)"]);
      await remove("_");
      deepEqual(await listRanges(store, id), []);
    },
  ),
  storePlan(
    "deletes the segments of one object, within a range",
    async (store) => {
      const { id } = await putVideo(store);
      const objectId = await addSegment(store, id, "[0:0_1:0)");
      await addSegment(store, id, "[1:0_2:0)");
      for (const n of [2, 3]) {
        await addSegment(store, id, `[${n}:0_${n + 1}:0)`, {
          object_id: objectId,
          ts_offset: `${n}:0`,
        });
      }

      const timerange = TimeRange.parse("[1:0_4:0)");
      await finish(store, store.deleteSegments(id, { objectId, timerange }));

      deepEqual(await listRanges(store, id), ["[0:0_1:0)", "[1:0_2:0)"]);
      await finish(store, store.deleteSegments(id, { objectId }));
      deepEqual(await listRanges(store, id), ["[1:0_2:0)"]);
    },
  ),
  storePlan(
    "keeps an object as long as a segment refers to it",
    async (store) => {
      const [a, b] = [await putVideo(store), await putVideo(store)];
      const [room] = await store.allocateObjects(a.id);
      if (room === undefined) throw new TypeError("There is no object");
      await store.writeObject(room, Uint8Array.of(1));
      const object_id = room.objectId;
      await addSegment(store, a.id, "[0:0_1:0)", { object_id });
      await addSegment(store, b.id, "[0:0_1:0)", { object_id });

      await finish(store, store.deleteFlow(a.id));
      deepEqual(await store.readObject(object_id), Uint8Array.of(1));
      const { object } = await store.getObject(object_id);
      deepEqual(object.referenced_by_flows, [b.id]);
      await finish(store, store.deleteSegments(b.id));
      await refuses(store.getObject(object_id), "STORE_OBJECT_NOT_FOUND");
      await refuses(store.readObject(object_id), "STORE_OBJECT_NOT_FOUND");
    },
  ),
  storePlan(
    "deletes a flow with its segments, so that it can be made anew",
    async (store) => {
      const { id, source_id } = await putVideo(store);
      await addSegment(store, id, "[0:0_1:0)");

      await finish(store, store.deleteFlow(id));

      await refuses(store.getFlow(id), "STORE_FLOW_NOT_FOUND");
      deepEqual((await store.listFlows()).items, []);
      const { isNew } = await store.putFlow(videoFlow({ id, source_id }));
      equal(isNew, true);
      deepEqual(await listRanges(store, id), []);
      await addSegment(store, id, "[0:0_1:0)");
    },
  ),
  storePlan("says so when there is no such deletion request", async (store) => {
    const code = "STORE_DELETION_REQUEST_NOT_FOUND";
    await refuses(store.getDeletionRequest(createId()), code);
    await refuses(store.waitForDeletion(createId()), code);
    deepEqual((await store.listDeletionRequests()).items, []);
  }),
];
