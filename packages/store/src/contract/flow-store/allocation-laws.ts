import { deepEqual, equal } from "node:assert/strict";
import {
  allRefuse,
  addSegment,
  breaksRule,
  createId,
  putVideo,
  refuses,
  storePlan,
  type StorePlan,
} from "./store-plan.ts";

/** Room for objects. */
export const allocationLaws: readonly StorePlan[] = [
  storePlan(
    "makes room for as many objects as are asked for",
    async (store) => {
      const { id } = await putVideo(store);
      const { items } = await store.listStorageBackends();
      const byDefault = items.find((one) => one.default_storage)?.id;

      const objects = await store.allocateObjects(id, { limit: 12 });

      equal(new Set(objects.map(({ objectId }) => objectId)).size, 12);
      deepEqual(
        new Set(objects.map((one) => one.storageId)),
        new Set([byDefault]),
      );
      equal(objects[0]?.contentType, "video/mp2t");
      equal((await store.allocateObjects(id)).length >= 1, true);
    },
  ),
  storePlan(
    "makes room for objects by id, where they are asked to be",
    async (store) => {
      const { id } = await putVideo(store);
      const { items } = await store.listStorageBackends();
      const other = items.find((one) => one.default_storage !== true)?.id ?? "";
      const objectIds = [`a/b ${createId()}`, `../${createId()}`];

      const objects = await store.allocateObjects(id, {
        objectIds,
        storageId: other,
        contentType: "video/mp4",
      });

      deepEqual(
        objects,
        objectIds.map((objectId) => ({
          objectId,
          storageId: other,
          contentType: "video/mp4",
        })),
      );
    },
  ),
  storePlan(
    "makes room for all that is asked for, or for none",
    async (store) => {
      const { id } = await putVideo(store);
      const [taken, free] = [createId(), createId()];
      await store.allocateObjects(id, { objectIds: [taken] });

      await breaksRule(store.allocateObjects(id, { objectIds: [free, taken] }));
      await breaksRule(store.allocateObjects(id, { objectIds: [free, free] }));
      await store.allocateObjects(id, { objectIds: [free] });
    },
  ),
  storePlan("refuses room that cannot be", async (store) => {
    const { id } = await putVideo(store);
    const { container: _, ...rest } = await putVideo(store);
    await store.putFlow(rest);

    await breaksRule(store.allocateObjects(id, { limit: 1, objectIds: ["a"] }));
    await breaksRule(store.allocateObjects(id, { limit: 0 }));
    await breaksRule(store.allocateObjects(id, { storageId: createId() }));
    await breaksRule(store.allocateObjects(rest.id), /container/);
  }),
  storePlan(
    "writes an object once, and reads it back in parts",
    async (store) => {
      const { id } = await putVideo(store);
      const [object] = await store.allocateObjects(id);
      if (object === undefined) throw new TypeError("There is no object");
      const bytes = Uint8Array.from({ length: 1000 }, (_, n) => n % 251);

      await store.writeObject(object, bytes);

      const { objectId } = object;
      await addSegment(store, id, "[0:0_1:0)", { object_id: objectId });
      deepEqual(await store.readObject(objectId), bytes);
      deepEqual(
        await store.readObject({ object_id: objectId }, { start: 10, end: 20 }),
        bytes.slice(10, 20),
      );
      const pieces = await store.streamObject(objectId, { start: 5 }).toArray();
      deepEqual(
        pieces.flatMap((piece) => [...piece]),
        [...bytes.slice(5)],
      );
      await refuses(store.writeObject(object, bytes), "STORE_OBJECT_EXISTS");
    },
  ),
  storePlan("writes an object after it was registered, once", async (store) => {
    const { id } = await putVideo(store);
    const [object] = await store.allocateObjects(id);
    if (object === undefined) throw new TypeError("There is no object");
    const { objectId: object_id } = object;
    await addSegment(store, id, "[0:0_1:0)", { object_id });

    await store.writeObject(object, Uint8Array.of(1));

    deepEqual(await store.readObject(object_id), Uint8Array.of(1));
    await refuses(
      store.writeObject(object, Uint8Array.of(2)),
      "STORE_OBJECT_EXISTS",
    );
  }),
  storePlan("tells when there are no bytes", async (store) => {
    const { id } = await putVideo(store);
    const [object] = await store.allocateObjects(id);
    if (object === undefined) throw new TypeError("There is no object");
    const unknown = { ...object, objectId: createId() };

    const calls = [
      store.readObject(object.objectId),
      store.streamObject(object.objectId).toArray(),
      store.readObject(unknown.objectId),
      store.writeObject(unknown, new Uint8Array(1)),
    ];
    await allRefuse(calls, "STORE_OBJECT_NOT_FOUND");
  }),
  storePlan("leaves room for another try when writing fails", async (store) => {
    const { id } = await putVideo(store);
    const [object] = await store.allocateObjects(id);
    if (object === undefined) throw new TypeError("There is no object");
    const failing = (async function* () {
      yield new Uint8Array(10);
      await Promise.reject(new RangeError("No more"));
    })();

    await store.writeObject(object, failing).then(
      () => Promise.reject(new Error("It was written")),
      (error: unknown) => {
        equal(String(error), "RangeError: No more");
      },
    );
    await store.writeObject(object, new Uint8Array(3));
    await addSegment(store, id, "[0:0_1:0)", { object_id: object.objectId });
    equal((await store.readObject(object.objectId)).length, 3);
  }),
];
