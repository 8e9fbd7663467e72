import { deepEqual } from "node:assert/strict";
import {
  breaksRule,
  createId,
  finish,
  multiFlow,
  putVideo,
  storePlan,
  type StorePlan,
} from "./store-plan.ts";

/** Flows within flows. */
export const collectionLaws: readonly StorePlan[] = [
  storePlan(
    "tells of a collection from both sides, in the order that it has",
    async (store) => {
      const [a, b] = [await putVideo(store), await putVideo(store)];
      const { flow: multi } = await store.putFlow(
        multiFlow({
          flow_collection: [{ id: b.id, role: "main" }, { id: a.id }],
        }),
      );

      deepEqual((await store.getFlow(a.id)).collected_by, [multi.id]);
      deepEqual(
        (await store.getFlow(multi.id)).flow_collection?.map(({ id }) => id),
        [b.id, a.id],
      );
      const source = await store.getSource(multi.source_id);
      deepEqual(source.source_collection, [
        { id: b.source_id, role: "main" },
        { id: a.source_id },
      ]);
      deepEqual((await store.getSource(a.source_id)).collected_by, [
        multi.source_id,
      ]);
    },
  ),
  storePlan("collects a flow twice, if it has two roles", async (store) => {
    const { id, source_id } = await putVideo(store);
    const roles = ["left", "right"];
    const flow_collection = roles.map((role) => ({ id, role }));
    const { flow: multi } = await store.putFlow(multiFlow({ flow_collection }));

    const { flow_collection: kept } = await store.getFlow(multi.id);
    deepEqual(kept, flow_collection);
    deepEqual((await store.getFlow(id)).collected_by, [multi.id]);
    const { source_collection } = await store.getSource(multi.source_id);
    deepEqual(
      source_collection,
      roles.map((role) => ({ id: source_id, role })),
    );
  }),
  storePlan("collects only flows that there are", async (store) => {
    await breaksRule(
      store.putFlow(multiFlow({ flow_collection: [{ id: createId() }] })),
    );
  }),
  storePlan("lets no flow collect itself, at whatever depth", async (store) => {
    const { flow: inner } = await store.putFlow(multiFlow());
    const { flow: middle } = await store.putFlow(
      multiFlow({ flow_collection: [{ id: inner.id }] }),
    );
    const { flow: outer } = await store.putFlow(
      multiFlow({ flow_collection: [{ id: middle.id }] }),
    );

    for (const { id } of [inner, middle, outer]) {
      await breaksRule(
        store.setFlowProperty(inner.id, "flow_collection", [{ id }]),
      );
    }
    await store.setFlowProperty(outer.id, "flow_collection", [
      { id: inner.id },
      { id: middle.id },
    ]);
  }),
  storePlan("takes a flow that goes out of its collections", async (store) => {
    const [a, b] = [await putVideo(store), await putVideo(store)];
    const { flow: multi } = await store.putFlow(
      multiFlow({ flow_collection: [{ id: a.id }, { id: b.id }] }),
    );

    await finish(store, store.deleteFlow(a.id));

    const left = await store.getFlow(multi.id);
    deepEqual(left.flow_collection, [{ id: b.id }]);
    await finish(store, store.deleteFlow(multi.id));
    deepEqual((await store.getFlow(b.id)).collected_by ?? [], []);
  }),
];
