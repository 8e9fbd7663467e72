import { MemoryBucket, MemoryIndex } from "@sluice/store";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import {
  describeBuckets,
  openMemoryStore,
  secondStorage,
} from "./open-store.ts";
import { HandClock, putVideo, writeObjects, writeSegments } from "./seed.ts";

const service = { min_object_timeout: "300:0" };
const limits = { objectGraceMs: 1000 };

describe("sweep()", () => {
  it("removes objects that were not registered in time, and no sooner", async () => {
    const clock = new HandClock();
    const bucket = new MemoryBucket();
    const options = {
      clock: clock.read,
      service,
      limits,
      buckets: describeBuckets(bucket),
    };

    await asyncWith(openMemoryStore(options), async (store) => {
      const { id } = await putVideo(store);
      const [kept = "", lost = "", unwritten = ""] = [
        ...(await writeObjects(store, id, 2)),
        ...(await store.allocateObjects(id)).map(({ objectId }) => objectId),
      ];
      clock.pass(301_000);
      await store.sweep();
      const post = { object_id: kept, timerange: "[0:0_1:0)" };
      await store.addSegmentsAtomically(id, [post]);
      clock.pass(1);

      await store.sweep();

      await expect(bucket.list().toArray()).resolves.toEqual([
        { key: kept, sizeBytes: 1 },
      ]);
      for (const object_id of [lost, unwritten]) {
        const late = { object_id, timerange: "[1:0_2:0)" };
        await expect(
          store.addSegmentsAtomically(id, [late]),
        ).rejects.toMatchObject({ code: "STORE_INVALID_REQUEST" });
      }
      await store.allocateObjects(id, { objectIds: [lost] });
    });
  });

  it("lets objects that are renewed wait anew", async () => {
    const clock = new HandClock();
    const options = { clock: clock.read, service, limits };

    await asyncWith(openMemoryStore(options), async (store) => {
      const { id } = await putVideo(store);
      const [object_id = ""] = await writeObjects(store, id, 1);
      for (let n = 0; n < 3; n += 1) {
        clock.pass(300_000);
        await expect(store.renewObjects([object_id])).resolves.toBe(true);
        await store.sweep();
      }

      const post = { object_id, timerange: "[0:0_1:0)" };
      await store.addSegmentsAtomically(id, [post]);
      await expect(
        store.renewObjects([crypto.randomUUID()]),
      ).rejects.toMatchObject({ code: "STORE_OBJECT_NOT_FOUND" });
    });
  });

  it("leaves an object alone while it is being written", async () => {
    const clock = new HandClock();
    const options = { clock: clock.read, service, limits };

    await asyncWith(openMemoryStore(options), async (store) => {
      const { id } = await putVideo(store);
      const [object] = await store.allocateObjects(id);
      if (object === undefined) throw new TypeError("There is no object");

      await store.writeObject(
        object,
        (async function* () {
          yield Uint8Array.of(1);
          clock.pass(3_600_000);
          await store.sweep();
          yield Uint8Array.of(2);
        })(),
      );

      await store.sweep();
      const post = { object_id: object.objectId, timerange: "[0:0_1:0)" };
      await store.addSegmentsAtomically(id, [post]);
      await expect(store.readObject(object.objectId)).resolves.toEqual(
        Uint8Array.of(1, 2),
      );
    });
  });

  it("removes what a bucket has and the index does not know", async () => {
    const [first, second] = [new MemoryBucket(), new MemoryBucket()];
    const buckets = describeBuckets(first, second);

    await asyncWith(openMemoryStore({ buckets }), async (store) => {
      const { objectIds } = await writeSegments(store, 2);
      const [copied = "", single = ""] = objectIds;
      await store.addInstance(copied, { storageId: secondStorage });
      await first.write("stray", Uint8Array.of(1));
      // What a copy leaves that is cut off.
      await second.write(single, Uint8Array.of(1));

      await store.sweep();

      const keys = await Promise.all(
        [first, second].map((bucket) =>
          bucket
            .list()
            .map(({ key }) => key)
            .toArray(),
        ),
      );
      expect(keys.map((some) => some.sort())).toEqual([
        [...objectIds].sort(),
        [copied],
      ]);
    });
  });

  it("removes, after a restart, the bytes that a crash left", async () => {
    const index = new MemoryIndex();
    const bucket = new MemoryBucket();
    let isBroken = true;
    const breaking: Pick<MemoryBucket, "remove"> = {
      remove: (key) =>
        isBroken
          ? Promise.reject(new Error("The disk is away"))
          : bucket.remove(key),
    };
    const broken = new Proxy(bucket, {
      get(target, name) {
        if (name === "remove") return breaking.remove;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function"
          ? (value.bind(target) as unknown)
          : value;
      },
    });
    const buckets = describeBuckets(broken);
    await expect(
      asyncWith(openMemoryStore({ index, buckets }), async (store) => {
        const { flow } = await writeSegments(store, 2);
        await store.deleteFlow(flow.id);
        await expect(store.sweep()).rejects.toThrow("The disk is away");
      }),
    ).rejects.toMatchObject({ errors: [new Error("The disk is away")] });
    await expect(bucket.list().toArray()).resolves.toHaveLength(2);

    isBroken = false;
    await asyncWith(openMemoryStore({ index, buckets }), (store) =>
      store.sweep(),
    );
    await expect(bucket.list().toArray()).resolves.toEqual([]);
  });
});
