import { deepEqual, equal, ok } from "node:assert/strict";
import type { SegmentPost } from "@sluice/tams";
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

/** Objects, and their use by several segments. */
export const objectLaws: readonly StorePlan[] = [
  storePlan("knows an object once a segment refers to it", async (store) => {
    const { id } = await putVideo(store);
    const objectId = await allocate(store, id);
    await refuses(store.getObject(objectId), "STORE_OBJECT_NOT_FOUND");
    await addSegment(store, id, "[10:0_12:0)", {
      object_id: objectId,
      ts_offset: "10:0",
      key_frame_count: 3,
    });

    const { object } = await store.getObject(objectId);
    equal(object.id, objectId);
    deepEqual(object.referenced_by_flows, [id]);
    equal(object.first_referenced_by_flow, id);
    equal(object.timerange, "[0:0_2:0)");
    equal(object.key_frame_count, 3);
    ok(!("init_object" in object));
  }),
  storePlan("tells what bytes an object has, if it can", async (store) => {
    const { id } = await putVideo(store);
    const [room] = await store.allocateObjects(id);
    ok(room !== undefined);
    if (store.describeObject === undefined) return;

    await refuses(
      store.describeObject(room.objectId),
      "STORE_OBJECT_NOT_FOUND",
    );
    await store.writeObject(room, new TextEncoder().encode("abc"));
    const { sizeBytes, sha256 } = await store.describeObject(room.objectId);
    equal(sizeBytes, 3);
    // The example of FIPS 180-4.
    equal(
      sha256,
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    await refuses(store.describeObject(createId()), "STORE_OBJECT_NOT_FOUND");
  }),
  storePlan(
    "registers an object first in the flow that room was made for it in",
    async (store) => {
      const [mine, other] = [await putVideo(store), await putVideo(store)];
      const object_id = await allocate(store, mine.id);

      await breaksRule(addSegment(store, other.id, "[0:0_1:0)", { object_id }));
      await addSegment(store, mine.id, "[0:0_1:0)", { object_id });
      await addSegment(store, other.id, "[0:0_1:0)", { object_id });
      const { object } = await store.getObject(object_id);
      deepEqual(
        [...object.referenced_by_flows].sort(),
        [mine.id, other.id].sort(),
      );
      equal(object.first_referenced_by_flow, mine.id);
    },
  ),
  storePlan("uses of an object only what it has", async (store) => {
    const { id } = await putVideo(store);
    const object_id = await addSegment(store, id, "[0:0_10:0)");
    const use = (timerange: string, ts_offset: string) =>
      addSegment(store, id, timerange, { object_id, ts_offset });

    await breaksRule(use("[20:0_31:0)", "20:0"));
    await breaksRule(use("[20:0_30:0]", "20:0"));
    await breaksRule(use("[20:0_21:0)", "21:0"));
    await use("[20:0_25:0)", "15:0");
    deepEqual(await listRanges(store, id), ["[0:0_10:0)", "[20:0_25:0)"]);
  }),
  storePlan(
    "never changes what the first segment said of an object",
    async (store) => {
      const { id } = await putVideo(store);
      const object_id = await addSegment(store, id, "[0:0_10:0)", {
        key_frame_count: 4,
      });
      const use = (change: Partial<SegmentPost>) =>
        addSegment(store, id, "[10:0_20:0)", {
          object_id,
          ts_offset: "10:0",
          ...change,
        });

      await breaksRule(use({ key_frame_count: 5 }), /key_frame_count/);
      await breaksRule(
        use({ object_timerange: "[0:0_11:0)" }),
        /object_timerange/,
      );
      await breaksRule(use({ init_object_id: createId() }), /init_object_id/);
      await use({ key_frame_count: 4, object_timerange: "[0:0_10:0)" });
    },
  ),
  storePlan("takes an object that is elsewhere by its URLs", async (store) => {
    const { id } = await putVideo(store);
    const object_id = createId();
    const url = "https://media.example/a.ts";
    await breaksRule(addSegment(store, id, "[0:0_1:0)", { object_id }));
    await addSegment(store, id, "[0:0_1:0)", {
      object_id,
      get_urls: [{ url, label: "elsewhere" }],
    });

    const query = { verboseStorage: true };
    const { object } = await store.getObject(object_id, query);
    deepEqual(object.get_urls, [
      { url, label: "elsewhere", controlled: false },
    ]);
    const [segment] = (await store.listSegments(id)).items;
    deepEqual(segment?.get_urls, [{ url, label: "elsewhere" }]);
  }),
  storePlan("adds URLs to an object that is used again", async (store) => {
    const { id } = await putVideo(store);
    const object_id = await addSegment(store, id, "[0:0_1:0)");
    const url = "https://media.example/a.ts";
    const use = (n: number, one: { readonly url: string }) =>
      addSegment(store, id, `[${n}:0_${n + 1}:0)`, {
        object_id,
        ts_offset: `${n}:0`,
        get_urls: [{ ...one, label: "elsewhere" }],
      });

    await use(1, { url });
    await use(2, { url });
    await breaksRule(use(3, { url: "https://other.example" }), /label/);
    const query = { acceptGetUrls: ["elsewhere"] };
    const { object } = await store.getObject(object_id, query);
    deepEqual(object.get_urls, [{ url, label: "elsewhere" }]);
  }),
  storePlan("gives the URLs that are asked for", async (store) => {
    const { id } = await putVideo(store);
    const object_id = createId();
    const { items } = await store.listStorageBackends();
    const get_urls = ["a", "b"].map((label) => ({
      url: `https://media.example/${label}`,
      label,
    }));
    await addSegment(store, id, "[0:0_1:0)", { object_id, get_urls });
    const find = async (query: Parameters<typeof store.listSegments>[1]) => {
      const [segment] = (await store.listSegments(id, query)).items;
      return segment?.get_urls?.map(({ label }) => label) ?? [];
    };

    deepEqual(await find({}), ["a", "b"]);
    deepEqual(await find({ acceptGetUrls: ["b", "c"] }), ["b"]);
    deepEqual(await find({ acceptGetUrls: [] }), []);
    deepEqual(await find({ acceptStorageIds: [] }), ["a", "b"]);
    deepEqual(await find({ acceptStorageIds: [items[0]?.id ?? ""] }), []);
    deepEqual(await find({ presigned: true }), []);
    deepEqual(await find({ presigned: false }), ["a", "b"]);
    deepEqual(await find({ storageBackend: { tagExists: { a: false } } }), []);
  }),
  storePlan(
    "takes no label twice, and none of a storage backend",
    async (store) => {
      const { id } = await putVideo(store);
      const { items } = await store.listStorageBackends();
      const label = items.find((one) => one.label !== undefined)?.label;
      ok(label !== undefined, "A storage backend must have a label");
      const url = "https://media.example/a.ts";
      const add = (labels: readonly string[]) =>
        addSegment(store, id, "[0:0_1:0)", {
          object_id: createId(),
          get_urls: labels.map((one) => ({ url, label: one })),
        });

      await breaksRule(add([label]), /label/);
      await breaksRule(add(["x", "x"]), /label/);
      await breaksRule(add([""]), /label/);
      await add(["x", "y"]);
    },
  ),
  storePlan(
    "lists the flows of an object page by page, and by tag",
    async (store) => {
      const first = await putVideo(store, { tags: { a: "b" } });
      const object_id = await addSegment(store, first.id, "[0:0_1:0)");
      const ids = [first.id];
      for (let n = 0; n < 4; n += 1) {
        const { id } = await putVideo(store);
        await addSegment(store, id, "[0:0_1:0)", { object_id });
        ids.push(id);
      }
      const found: string[] = [];
      let page: { readonly page?: string } = {};
      for (;;) {
        const { object, next } = await store.getObject(
          object_id,
          {},
          { limit: 2, ...page },
        );
        found.push(...object.referenced_by_flows);
        if (next === undefined) break;
        page = { page: next };
      }

      deepEqual(found, [...ids].sort());
      const tagged = { flow: { tags: { a: ["b"] } } };
      const { object } = await store.getObject(object_id, tagged);
      deepEqual(object.referenced_by_flows, [first.id]);
    },
  ),
];
