import { deepEqual, equal, ok } from "node:assert/strict";
import type { FlowStore } from "../../port/flow-store.ts";
import {
  addSegment,
  breaksRule,
  createId,
  putVideo,
  refuses,
  storePlan,
  type StorePlan,
} from "./store-plan.ts";

/** Copies of objects. */
export const instanceLaws: readonly StorePlan[] = [
  storePlan(
    "copies an object to another storage backend, and keeps one of them",
    async (store) => {
      const { objectId, here, there, bytes } = await writeOne(store);

      await store.addInstance(objectId, { storageId: there });
      await breaksRule(store.addInstance(objectId, { storageId: there }));
      await breaksRule(store.addInstance(objectId, { storageId: here }));
      await store.removeInstance(objectId, { storageId: here });

      deepEqual(await store.readObject(objectId), bytes);
      await breaksRule(store.removeInstance(objectId, { storageId: here }));
      await breaksRule(store.removeInstance(objectId, { storageId: there }));
      await store.addInstance(objectId, { storageId: here });
      await store.removeInstance(objectId, { storageId: there });
      deepEqual(await store.readObject(objectId), bytes);
    },
  ),
  storePlan(
    "adds and removes URLs elsewhere by their labels",
    async (store) => {
      const { objectId } = await writeOne(store);
      const url = "https://media.example/a.ts";
      const label = "elsewhere";

      await store.addInstance(objectId, { url, label });
      await breaksRule(store.addInstance(objectId, { url, label }));
      const query = { acceptGetUrls: [label] };
      const { object } = await store.getObject(objectId, query);
      deepEqual(object.get_urls, [{ url, label }]);
      await store.removeInstance(objectId, { label });
      await breaksRule(store.removeInstance(objectId, { label }));
      equal(
        (await store.getObject(objectId, query)).object.get_urls?.length,
        0,
      );
    },
  ),
  storePlan("has instances of objects that are registered", async (store) => {
    const { id } = await putVideo(store);
    const [allocated] = await store.allocateObjects(id);
    const { items } = await store.listStorageBackends();
    const storageId = items[1]?.id ?? "";
    ok(allocated !== undefined);

    for (const objectId of [allocated.objectId, createId()]) {
      await refuses(
        store.addInstance(objectId, { storageId }),
        "STORE_OBJECT_NOT_FOUND",
      );
      await refuses(
        store.removeInstance(objectId, { storageId }),
        "STORE_OBJECT_NOT_FOUND",
      );
    }
  }),
];

async function writeOne(store: FlowStore): Promise<{
  readonly objectId: string;
  readonly here: string;
  readonly there: string;
  readonly bytes: Uint8Array;
}> {
  const { id } = await putVideo(store);
  const [object] = await store.allocateObjects(id);
  ok(object !== undefined);
  const { objectId, storageId: here } = object;
  const { items } = await store.listStorageBackends();
  const there = items.find((one) => one.id !== here)?.id;
  ok(there !== undefined);
  const bytes = Uint8Array.of(1, 2, 3);
  await store.writeObject(object, bytes);
  await addSegment(store, id, "[0:0_1:0)", { object_id: objectId });
  return { objectId, here, there, bytes };
}
