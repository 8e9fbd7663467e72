import {
  createFlowStore,
  MemoryBucket,
  MemoryIndex,
  type FlowStore,
} from "@sluice/store";
import { asyncWith, ClosedError, from } from "sluice";
import { describe, expect, it } from "vitest";
import {
  describeBuckets,
  firstStorage,
  openMemoryStore,
  product,
  secondStorage,
} from "./open-store.ts";
import { putVideo, writeSegments } from "./seed.ts";

describe("createFlowStore()", () => {
  it("refuses, at once, what no store can be made of", () => {
    const index = new MemoryIndex();
    const [first, second] = describeBuckets();
    if (!first || !second) throw new TypeError("There are no buckets");
    const twice = {
      ...second,
      backend: { ...second.backend, default_storage: true },
    };

    expect(() => createFlowStore({ index, buckets: [] })).toThrow(
      new TypeError(
        "Cannot make a store with 0 buckets, 0 of them the default: it needs at least one, and at most one default",
      ),
    );
    expect(() => createFlowStore({ index, buckets: [first, twice] })).toThrow(
      TypeError,
    );
    expect(() => createFlowStore({ index, buckets: [first, first] })).toThrow(
      new TypeError(`Cannot use two buckets as storage '${firstStorage}'`),
    );
    expect(() => openMemoryStore({ limits: { pageSize: 0 } })).toThrow(
      new RangeError(
        "Cannot take 0 as pageSize: it must be a whole number of at least 1",
      ),
    );
    expect(() =>
      openMemoryStore({ service: { min_object_timeout: "299:0" } }),
    ).toThrow(
      new RangeError(
        "Cannot let objects wait for 299:0: TAMS asks for 300:0 at least",
      ),
    );
  });

  it("throws ClosedError from each method once its block has ended", async () => {
    let left: FlowStore | undefined;
    await asyncWith(openMemoryStore(), (store) => {
      left = store;
    });
    if (left === undefined) throw new TypeError("It was not opened");

    const calls = [
      left.getService(),
      left.listFlows(),
      left.addSegments("a", []),
      left.readObject("a"),
      left.streamObject("a").toArray(),
      left.waitForDeletion("a"),
    ];
    const results = await Promise.allSettled(calls);
    expect(
      results.every(
        (one) => one.status === "rejected" && one.reason instanceof ClosedError,
      ),
    ).toBe(true);
  });

  it("gives up, on leaving, a write that goes on", async () => {
    const bucket = new MemoryBucket();
    let writing: Promise<void> | undefined;
    await asyncWith(
      openMemoryStore({ buckets: describeBuckets(bucket) }),
      async (store) => {
        const { id } = await putVideo(store);
        const [object] = await store.allocateObjects(id);
        if (object === undefined) throw new TypeError("There is no object");
        const endless = from({
          [Symbol.asyncIterator]: () => ({
            next: () =>
              new Promise<IteratorResult<Uint8Array>>(() => undefined),
          }),
        });
        writing = store.writeObject(object, endless);
        writing.catch(() => undefined);
      },
    );

    await expect(writing).rejects.toThrow(ClosedError);
    await expect(bucket.list().toArray()).resolves.toEqual([]);
  });

  it("keeps what it was told when it is opened again", async () => {
    const index = new MemoryIndex();
    const buckets = describeBuckets();
    await asyncWith(openMemoryStore({ index, buckets }), async (store) => {
      await store.updateService({ name: "Archive" });
      await writeSegments(store, 1);
    });

    const service = { name: "Other", service_version: "2" };
    const options = { index, buckets, service };
    await asyncWith(openMemoryStore(options), async (store) => {
      await expect(store.getService()).resolves.toMatchObject({
        name: "Archive",
        service_version: "2",
        api_version: "8.2",
      });
      expect((await store.listFlows()).items).toHaveLength(1);
    });
  });

  it("stamps who made and who changed a flow", async () => {
    await asyncWith(openMemoryStore(), async (store) => {
      const flow = await putVideo(store);
      await store.putFlow(
        { ...flow, id: crypto.randomUUID() },
        { actor: "Ann" },
      );
      const { items } = await store.listFlows();
      const made = items.find(({ created_by }) => created_by === "Ann");
      const id = made?.id ?? "";
      expect(made?.updated_by).toBe("Ann");

      await store.setFlowTag(id, "a", "b", { actor: "Ben" });

      await expect(store.getFlow(id)).resolves.toMatchObject({
        created_by: "Ann",
        updated_by: "Ben",
      });
    });
  });

  it("gives pages of at most its own limit", async () => {
    const limits = { pageSize: 1, maxPageSize: 2 };
    await asyncWith(openMemoryStore({ limits }), async (store) => {
      for (let n = 0; n < 3; n += 1) await putVideo(store);

      expect((await store.listFlows()).items).toHaveLength(1);
      const page = await store.listFlows({}, { limit: 50 });
      expect(page).toMatchObject({ limit: 2 });
      expect(page.items).toHaveLength(2);
      await expect(store.listFlows({}, { limit: 0 })).rejects.toThrow(
        RangeError,
      );
      await expect(store.listFlows({}, { page: "!" })).rejects.toMatchObject({
        code: "STORE_INVALID_REQUEST",
      });
    });
  });

  it("makes URLs as it is told, and says where they are if it is asked", async () => {
    const createUrls = (objectId: string) => [
      { url: `https://a.example/${objectId}` },
      { url: `https://a.example/${objectId}?key`, presigned: true },
    ];
    await asyncWith(openMemoryStore({ createUrls }), async (store) => {
      const { flow, objectIds } = await writeSegments(store, 1);
      const [id = ""] = objectIds;
      await store.addInstance(id, { storageId: secondStorage });
      await store.addInstance(id, { url: "https://b.example", label: "b" });
      const list = async (query: Parameters<FlowStore["listSegments"]>[1]) =>
        (await store.listSegments(flow.id, query)).items[0]?.get_urls;

      await expect(list({ presigned: true })).resolves.toEqual([
        { url: `https://a.example/${id}?key`, presigned: true, label: "first" },
        {
          url: `https://a.example/${id}?key`,
          presigned: true,
          label: "second",
        },
      ]);
      const cold = { storageBackend: { tags: { tier: ["cold"] } } };
      await expect(
        list({ ...cold, presigned: false, verboseStorage: true }),
      ).resolves.toEqual([
        {
          url: `https://a.example/${id}`,
          label: "second",
          storage_id: secondStorage,
          controlled: true,
          ...product,
          tags: { tier: "cold" },
        },
      ]);
      await expect(list({ acceptGetUrls: ["b"] })).resolves.toEqual([
        { url: "https://b.example", label: "b" },
      ]);
    });
  });

  it("reads what is elsewhere only if it is told how", async () => {
    const index = new MemoryIndex();
    const url = "https://media.example/a.ts";
    let id = "";
    await asyncWith(openMemoryStore({ index }), async (store) => {
      const flow = await putVideo(store);
      id = crypto.randomUUID();
      await store.addSegmentsAtomically(flow.id, [
        {
          object_id: id,
          timerange: "[0:0_1:0)",
          get_urls: [{ url, label: "elsewhere" }],
        },
      ]);
      await expect(store.readObject(id)).rejects.toMatchObject({
        code: "STORE_INVALID_REQUEST",
        message: `Cannot read object '${id}': it is only at '${url}', and this store reads nothing from elsewhere; read it from there, or open the store with fetchUrl`,
      });
    });

    const asked: string[] = [];
    const fetchUrl = (from_: string) => {
      asked.push(from_);
      return from([Uint8Array.of(1), Uint8Array.of(2, 3)]);
    };
    await asyncWith(openMemoryStore({ index, fetchUrl }), async (store) => {
      await expect(store.readObject(id)).resolves.toEqual(
        Uint8Array.of(1, 2, 3),
      );
      await store.addInstance(id, { storageId: firstStorage });
      await store.removeInstance(id, { label: "elsewhere" });
      await expect(store.readObject(id)).resolves.toEqual(
        Uint8Array.of(1, 2, 3),
      );
      expect(asked).toEqual([url, url]);
    });
  });
});
