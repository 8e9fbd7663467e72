import { deepEqual, equal, ok } from "node:assert/strict";
import { createId, storePlan, type StorePlan } from "./store-plan.ts";

/** What a store says of itself. */
export const serviceLaws: readonly StorePlan[] = [
  storePlan(
    "says which API it is, and lets its name be changed",
    async (store) => {
      const before = await store.getService();
      await store.updateService({ name: "Archive" });
      await store.updateService({ description: "All of it" });

      const after = await store.getService();
      ok(before.type.startsWith("urn:x-tams:service"));
      equal(after.api_version, before.api_version);
      deepEqual([after.name, after.description], ["Archive", "All of it"]);
    },
  ),
  storePlan("has one default among its storage backends", async (store) => {
    const { items } = await store.listStorageBackends();

    equal(items.filter((one) => one.default_storage).length, 1);
    ok(items.length >= 2);
    const reversed = await store.listStorageBackends({ reverseOrder: true });
    deepEqual([...reversed.items].reverse(), items);
  }),
  storePlan(
    "lists storage backends page by page, and by tag",
    async (store) => {
      const { items } = await store.listStorageBackends();
      const first = await store.listStorageBackends({}, { limit: 1 });
      ok(first.next !== undefined);
      const second = await store.listStorageBackends(
        {},
        { limit: 1, page: first.next },
      );

      deepEqual([...first.items, ...second.items], items.slice(0, 2));
      const none = { tagExists: { [createId()]: true } };
      deepEqual((await store.listStorageBackends(none)).items, []);
    },
  ),
];
