import { MemoryBucket, MemoryIndex, type SegmentIndex } from "@sluice/store";
import { TimeRange } from "@sluice/time";
import { asyncWith, ClosedError } from "sluice";
import { describe, expect, it } from "vitest";
import { describeBuckets, openMemoryStore } from "./open-store.ts";
import { HandClock, putVideo, writeSegments } from "./seed.ts";

const limits = { deletionStep: 3 };

describe("a deletion that takes long", () => {
  it("removes a flow by a request, and its bytes with it", async () => {
    const bucket = new MemoryBucket();
    const buckets = describeBuckets(bucket);

    await asyncWith(openMemoryStore({ buckets, limits }), async (store) => {
      const { flow, objectIds } = await writeSegments(store, 10);

      const request = await store.deleteFlow(flow.id, { actor: "Ann" });

      expect(request).toMatchObject({
        flow_id: flow.id,
        timerange_to_delete: "_",
        timerange_remaining: "[3:0_10:0)",
        delete_flow: true,
        status: "created",
        created_by: "Ann",
      });
      await expect(store.getFlow(flow.id)).rejects.toMatchObject({
        code: "STORE_FLOW_NOT_FOUND",
      });
      const id = request?.id ?? "";
      await store.waitForDeletion(id);
      await expect(store.getDeletionRequest(id)).resolves.toMatchObject({
        status: "done",
        timerange_remaining: "()",
      });
      await store.sweep();
      await expect(bucket.list().toArray()).resolves.toEqual([]);
      await expect(store.getObject(objectIds[9] ?? "")).rejects.toMatchObject({
        code: "STORE_OBJECT_NOT_FOUND",
      });
    });
  });

  it("goes on with it after a restart", async () => {
    const index = new MemoryIndex();
    const buckets = describeBuckets();
    let id = "";
    await asyncWith(
      openMemoryStore({ index: stopAfterOne(index), buckets, limits }),
      async (store) => {
        const { flow } = await writeSegments(store, 10);
        id = (await store.deleteFlow(flow.id))?.id ?? "";
        await expect(store.waitForDeletion(id)).rejects.toThrow("Stopped");
        await expect(store.getDeletionRequest(id)).resolves.toMatchObject({
          status: "error",
          error: { type: "Error", summary: "Stopped" },
        });
      },
    ).catch((error: unknown) => {
      expect(error).toMatchObject({ errors: [new Error("Stopped")] });
    });

    await asyncWith(
      openMemoryStore({ index, buckets, limits }),
      async (store) => {
        await store.waitForDeletion(id);

        const { items } = await store.listDeletionRequests();
        expect(items).toMatchObject([{ id, status: "done" }]);
      },
    );
  });

  it("lets nobody make the flow anew, or write where it deletes, until it is done", async () => {
    const index = new MemoryIndex();
    const stopped = openMemoryStore({ index: stopAfterOne(index), limits });

    await expect(
      asyncWith(stopped, async (store) => {
        const { flow } = await writeSegments(store, 4);
        await store.deleteFlow(flow.id);
        await expect(putVideo(store, { id: flow.id })).rejects.toMatchObject({
          code: "STORE_INVALID_REQUEST",
          message: `Cannot make flow '${flow.id}' yet: it is being deleted; wait for that, or take another id`,
        });
      }),
    ).rejects.toThrow();
  });

  it("lets nobody write where segments are being deleted", async () => {
    const index = new MemoryIndex();
    const stopped = openMemoryStore({ index: stopAfterOne(index), limits });

    await expect(
      asyncWith(stopped, async (store) => {
        const { flow, objectIds } = await writeSegments(store, 10);
        const timerange = TimeRange.parse("[0:0_5:0)");
        await store.deleteSegments(flow.id, { timerange });
        const post = (at: number) => ({
          object_id: objectIds[9] ?? "",
          timerange: `[${at}:0_${at + 1}:0)`,
          ts_offset: `${at - 9}:0`,
        });

        const failed = await store.addSegments(flow.id, [post(0), post(20)]);

        expect(failed).toMatchObject([
          {
            timerange: "[0:0_1:0)",
            error: {
              type: "STORE_INVALID_REQUEST",
              summary: `Cannot add [0:0_1:0) to flow '${flow.id}' yet: [0:0_5:0) of it is being deleted; wait for that`,
            },
          },
        ]);
      }),
    ).rejects.toThrow();
  });

  it("forgets a request some time after it is done", async () => {
    const clock = new HandClock();
    const options = {
      clock: clock.read,
      limits: { ...limits, deletionKeptMs: 1000 },
    };

    await asyncWith(openMemoryStore(options), async (store) => {
      const { flow } = await writeSegments(store, 4);
      const id = (await store.deleteFlow(flow.id))?.id ?? "";
      await store.waitForDeletion(id);
      clock.pass(999);
      await store.sweep();
      await store.getDeletionRequest(id);
      clock.pass(1);

      await expect(store.getDeletionRequest(id)).rejects.toMatchObject({
        code: "STORE_DELETION_REQUEST_NOT_FOUND",
      });
      await store.sweep();
      const { items } = await store.listDeletionRequests();
      expect(items).toEqual([]);
    });
  });

  it("tries again what failed, and tells of it, if somebody listens", async () => {
    const index = new MemoryIndex();
    const told: unknown[] = [];
    const options = {
      index: stopAfterOne(index),
      limits,
      onBackgroundError: (error: unknown) => told.push(error),
    };

    await asyncWith(openMemoryStore(options), async (store) => {
      const { flow } = await writeSegments(store, 10);
      const id = (await store.deleteFlow(flow.id))?.id ?? "";

      await expect(store.waitForDeletion(id)).rejects.toThrow("Stopped");
      await store.waitForDeletion(id);

      expect(told).toEqual([new Error("Stopped")]);
      const request = await store.getDeletionRequest(id);
      expect(request.status).toBe("done");
      expect(request.error).toBeUndefined();
    });
  });

  it("is not waited for by who leaves", async () => {
    let waiting: Promise<void> | undefined;
    await asyncWith(openMemoryStore({ limits }), async (store) => {
      const { flow } = await writeSegments(store, 10);
      const id = (await store.deleteFlow(flow.id))?.id ?? "";
      waiting = store.waitForDeletion(id);
      waiting.catch(() => undefined);
    });
    await expect(waiting).rejects.toThrow(ClosedError);
  });
});

/** An index that fails once, in the second transaction that removes segments. */
function stopAfterOne(index: SegmentIndex): SegmentIndex {
  let removals = 0;
  return {
    transact: (mode, work) =>
      index.transact(mode, (transaction) =>
        work(
          new Proxy(transaction, {
            get(target, name) {
              if (name === "removeSegments") {
                removals += 1;
                if (removals === 2) throw new Error("Stopped");
              }
              const value: unknown = Reflect.get(target, name);
              return typeof value === "function"
                ? (value.bind(target) as unknown)
                : value;
            },
          }),
        ),
      ),
  };
}
