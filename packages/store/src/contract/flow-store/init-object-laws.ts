import { deepEqual, equal, ok } from "node:assert/strict";
import type { Flow } from "@sluice/tams";
import type { FlowStore } from "../../port/flow-store.ts";
import {
  addSegment,
  allocate,
  breaksRule,
  createId,
  finish,
  putVideo,
  refuses,
  storePlan,
  videoFlow,
  type StorePlan,
} from "./store-plan.ts";

/** Objects that others are initialised by. */
export const initObjectLaws: readonly StorePlan[] = [
  storePlan(
    "tells what an object is initialised by, and who needs that",
    async (store) => {
      const { id } = await putInitVideo(store);
      const init = await allocate(store, id);
      const media = await addSegment(store, id, "[0:0_1:0)", {
        init_object_id: init,
      });

      const [segment] = (await store.listSegments(id)).items;
      equal(segment?.init_object?.object_id, init);
      equal((await store.getObject(media)).object.init_object?.id, init);
      const { object } = await store.getObject(init);
      deepEqual(object.referenced_by_flows, [id]);
      equal(object.first_referenced_by_flow, id);
      ok(!("timerange" in object));
    },
  ),
  storePlan(
    "keeps what a segment leaves out of an object that is used again",
    async (store) => {
      const { id } = await putInitVideo(store);
      const init = await allocate(store, id);
      const object_id = await addSegment(store, id, "[0:0_1:0)", {
        init_object_id: init,
      });
      await addSegment(store, id, "[1:0_2:0)", { object_id, ts_offset: "1:0" });

      const { items } = await store.listSegments(id);
      deepEqual(
        items.map((segment) => segment.init_object?.object_id),
        [init, init],
      );
    },
  ),
  storePlan(
    "uses no object both to initialise and for its samples",
    async (store) => {
      const { id } = await putInitVideo(store);
      const init = await allocate(store, id);
      const media = await addSegment(store, id, "[0:0_1:0)", {
        init_object_id: init,
      });

      await breaksRule(
        addSegment(store, id, "[1:0_2:0)", {
          object_id: init,
          init_object_id: await allocate(store, id),
        }),
      );
      await breaksRule(
        addSegment(store, id, "[1:0_2:0)", { init_object_id: media }),
      );
      await breaksRule(
        addSegment(store, id, "[1:0_2:0)", { init_object_id: createId() }),
      );
    },
  ),
  storePlan(
    "has initialisation objects where a flow says so, and only there",
    async (store) => {
      const [plain, needing] = [
        await putVideo(store),
        await putInitVideo(store),
      ];
      const init = await allocate(store, plain.id);

      await breaksRule(
        addSegment(store, plain.id, "[0:0_1:0)", { init_object_id: init }),
      );
      await breaksRule(addSegment(store, needing.id, "[0:0_1:0)"));
      await addSegment(store, needing.id, "[0:0_1:0)", {
        init_object_id: init,
      });
    },
  ),
  storePlan(
    "keeps an initialisation object as long as an object needs it",
    async (store) => {
      const { id } = await putInitVideo(store);
      const init = await allocate(store, id);
      const [a, b] = await store.allocateObjects(id, { limit: 2 });
      ok(a && b);
      for (const [n, { objectId }] of [a, b].entries()) {
        await addSegment(store, id, `[${n}:0_${n + 1}:0)`, {
          object_id: objectId,
          init_object_id: init,
        });
      }

      await finish(store, store.deleteSegments(id, { objectId: a.objectId }));
      equal((await store.getObject(init)).object.id, init);
      await refuses(store.getObject(a.objectId), "STORE_OBJECT_NOT_FOUND");
      await finish(store, store.deleteSegments(id, { objectId: b.objectId }));
      await refuses(store.getObject(init), "STORE_OBJECT_NOT_FOUND");
    },
  ),
];

async function putInitVideo(store: FlowStore): Promise<Flow> {
  const { essence_parameters } = videoFlow();
  return putVideo(store, {
    essence_parameters: { ...essence_parameters, init_segments: true },
  });
}
