import { deepEqual, equal, ok } from "node:assert/strict";
import {
  allRefuse,
  createId,
  finish,
  putVideo,
  refuses,
  storePlan,
  videoFlow,
  type StorePlan,
} from "./store-plan.ts";

/** Sources. */
export const sourceLaws: readonly StorePlan[] = [
  storePlan(
    "makes a source with its first flow, and removes it with its last",
    async (store) => {
      const first = await putVideo(store);
      const { source_id } = first;
      const second = await putVideo(store, { source_id });

      const source = await store.getSource(source_id);
      equal(source.format, first.format);
      ok(source.created !== undefined);
      await finish(store, store.deleteFlow(first.id));
      deepEqual(await store.getSource(source_id), source);
      await finish(store, store.deleteFlow(second.id));
      await refuses(store.getSource(source_id), "STORE_SOURCE_NOT_FOUND");
    },
  ),
  storePlan("moves a flow to another source", async (store) => {
    const { id, source_id: before } = await putVideo(store);
    const after = createId();

    await store.putFlow(videoFlow({ id, source_id: after }));

    equal((await store.getSource(after)).id, after);
    await refuses(store.getSource(before), "STORE_SOURCE_NOT_FOUND");
  }),
  storePlan("sets and takes away a source's texts and tags", async (store) => {
    const { source_id: id } = await putVideo(store);
    const before = await store.getSource(id);
    await store.setSourceText(id, "label", "Stage");
    await store.setSourceText(id, "description", "Left");
    await store.setSourceText(id, "description", undefined);
    await store.setSourceTag(id, "a", ["b", "c"]);
    await store.setSourceTag(id, "d", "e");
    await store.setSourceTag(id, "d", undefined);

    const source = await store.getSource(id);
    deepEqual(
      [source.label, source.description, source.tags],
      ["Stage", undefined, { a: ["b", "c"] }],
    );
    equal(source.created, before.created);
    ok(source.updated !== undefined);
  }),
  storePlan("says so when there is no such source", async (store) => {
    const id = createId();
    const calls = [
      store.getSource(id),
      store.setSourceText(id, "label", "x"),
      store.setSourceTag(id, "a", "b"),
    ];
    await allRefuse(calls, "STORE_SOURCE_NOT_FOUND");
  }),
];
