import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import type { FlowPut } from "@sluice/tams";
import {
  allRefuse,
  addSegment,
  breaksRule,
  createId,
  multiFlow,
  putVideo,
  storePlan,
  videoFlow,
  type StorePlan,
} from "./store-plan.ts";

/** Flows. */
export const flowLaws: readonly StorePlan[] = [
  storePlan("makes a flow, and tells it as it was made", async (store) => {
    const made = videoFlow({
      label: "Camera",
      tags: { place: "stage", crew: ["Ann", "Ben"] },
      status: "ingesting",
      generation: 0,
    });

    const { flow, isNew } = await store.putFlow(made);

    ok(isNew);
    deepEqual(await store.getFlow(made.id), flow);
    equal(flow.label, "Camera");
    deepEqual(flow.tags, made.tags);
    deepEqual(flow.essence_parameters, made.essence_parameters);
    ok(flow.created !== undefined && flow.metadata_updated !== undefined);
    ok(flow.metadata_version !== undefined);
  }),
  storePlan(
    "keeps the version and the maker that a new flow is given",
    async (store) => {
      const flow = await putVideo(store, {
        metadata_version: "v1",
        created_by: "Ann",
      });

      deepEqual([flow.metadata_version, flow.created_by], ["v1", "Ann"]);
    },
  ),
  storePlan(
    "replaces all of a flow's metadata when it is put again",
    async (store) => {
      const before = await putVideo(store, {
        label: "Camera",
        description: "Left",
        tags: { a: "b" },
      });
      const { id, source_id } = before;

      const { flow, isNew } = await store.putFlow(
        videoFlow({ id, source_id, label: "Other" }),
      );

      ok(!isNew);
      equal(flow.label, "Other");
      equal(flow.description, undefined);
      deepEqual(flow.tags ?? {}, {});
      equal(flow.created, before.created);
    },
  ),
  storePlan("keeps by itself what only it can know", async (store) => {
    const flow = await putVideo(store, {
      created: "1999-01-01T00:00:00Z",
      metadata_updated: "1999-01-01T00:00:00Z",
      segments_updated: "1999-01-01T00:00:00Z",
      timerange: "[0:0_1:0)",
      collected_by: [createId()],
    });

    ok(!flow.created?.startsWith("1999"));
    ok(!flow.metadata_updated?.startsWith("1999"));
    equal(flow.segments_updated, undefined);
    equal(flow.timerange, undefined);
    deepEqual(flow.collected_by ?? [], []);
  }),
  storePlan(
    "gives each change of the metadata, and none of the segments, a new version",
    async (store) => {
      const { id, metadata_version: first } = await putVideo(store);
      await store.setFlowTag(id, "a", "b");
      const second = (await store.getFlow(id)).metadata_version;
      await store.setFlowProperty(id, "label", "Camera");
      const labelled = await store.getFlow(id);
      await addSegment(store, id, "[0:0_1:0)");
      const last = await store.getFlow(id);

      equal(new Set([first, second, labelled.metadata_version]).size, 3);
      equal(last.metadata_version, labelled.metadata_version);
      equal(last.metadata_updated, labelled.metadata_updated);
      notEqual(last.segments_updated, undefined);
    },
  ),
  storePlan("sets and takes away a property at a time", async (store) => {
    const { id } = await putVideo(store, { label: "Camera" });
    await store.setFlowProperty(id, "label", undefined);
    await store.setFlowProperty(id, "description", "Left");
    await store.setFlowProperty(id, "max_bit_rate", 8000);
    await store.setFlowProperty(id, "avg_bit_rate", 0);

    const flow = await store.getFlow(id);
    deepEqual(
      [flow.label, flow.description, flow.max_bit_rate, flow.avg_bit_rate],
      [undefined, "Left", 8000, 0],
    );
    await breaksRule(store.setFlowProperty(id, "max_bit_rate", -1));
  }),
  storePlan(
    "sets and takes away a tag at a time, whatever its name",
    async (store) => {
      const { id } = await putVideo(store, { tags: { keep: "it" } });
      await store.setFlowTag(id, "__proto__", "own");
      await store.setFlowTag(id, "a/b%2F?", ["x", "y"]);
      await store.setFlowTag(id, "gone", "soon");
      await store.setFlowTag(id, "gone", undefined);

      const tags = Object.entries((await store.getFlow(id)).tags ?? {});
      deepEqual(
        new Map(tags),
        new Map<string, unknown>([
          ["keep", "it"],
          ["__proto__", "own"],
          ["a/b%2F?", ["x", "y"]],
        ]),
      );
    },
  ),
  storePlan("never changes a flow's format", async (store) => {
    const { id, source_id } = await putVideo(store);

    await breaksRule(
      store.putFlow(multiFlow({ id, source_id: createId() })),
      /format/,
    );
    await breaksRule(store.putFlow(multiFlow({ source_id })), /format/);
    equal((await store.getFlow(id)).format, "urn:x-nmos:format:video");
  }),
  storePlan(
    "lets nothing of a read-only flow be changed, but that it is",
    async (store) => {
      const flow = await putVideo(store);
      const { id } = flow;
      const object_id = await addSegment(store, id, "[0:0_1:0)");
      await store.setFlowProperty(id, "read_only", true);

      const changes = [
        store.putFlow({ ...flow, read_only: false }),
        store.setFlowProperty(id, "label", "Other"),
        store.setFlowProperty(id, "flow_collection", []),
        store.setFlowTag(id, "a", "b"),
        store.addSegments(id, [{ object_id, timerange: "[1:0_2:0)" }]),
        store.addSegmentsAtomically(id, [
          { object_id, timerange: "[1:0_2:0)" },
        ]),
        store.deleteSegments(id),
        store.allocateObjects(id),
        store.deleteFlow(id),
      ];
      await allRefuse(changes, "STORE_READ_ONLY_FLOW");
      await store.setFlowProperty(id, "read_only", false);
      await store.setFlowProperty(id, "label", "Other");
      equal((await store.getFlow(id)).label, "Other");
    },
  ),
  storePlan("says so when there is no such flow", async (store) => {
    const id = createId();
    const calls = [
      store.getFlow(id),
      store.setFlowProperty(id, "label", "x"),
      store.setFlowTag(id, "a", "b"),
      store.deleteFlow(id),
      store.addSegments(id, []),
      store.deleteSegments(id),
      store.allocateObjects(id),
    ];
    await allRefuse(calls, "STORE_FLOW_NOT_FOUND");
    deepEqual((await store.listSegments(id)).items, []);
  }),
  storePlan(
    "refuses flows that break a rule, and keeps nothing of them",
    async (store) => {
      const { essence_parameters: essence } = videoFlow();
      const { frame_rate: _, ...rateless } = essence;
      const wrong: readonly FlowPut[] = [
        videoFlow({ id: "flow" }),
        videoFlow({ source_id: createId().toUpperCase() }),
        videoFlow({ id: "018f0000-0000-7000-8000-000000000000" }),
        videoFlow({ codec: "h264" }),
        videoFlow({ container: "mp2t" }),
        videoFlow({ avg_bit_rate: -1 }),
        videoFlow({ generation: 0.5 }),
        videoFlow({ essence_parameters: rateless }),
        videoFlow({ essence_parameters: { ...essence, vfr: true } }),
        videoFlow({ essence_parameters: { ...essence, frame_width: 0 } }),
        videoFlow({
          essence_parameters: { ...essence, frame_rate: { numerator: 0 } },
        }),
        videoFlow({ segment_duration: { numerator: 1, denominator: 0 } }),
      ];
      for (const flow of wrong) await breaksRule(store.putFlow(flow));
      deepEqual((await store.listFlows()).items, []);
      deepEqual((await store.listSources()).items, []);

      await store.putFlow(
        videoFlow({ essence_parameters: { ...rateless, vfr: true } }),
      );
    },
  ),
];
