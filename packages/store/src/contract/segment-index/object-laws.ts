import { equal } from "node:assert/strict";
import type { SegmentIndex } from "../../port/segment-index.ts";
import { makeObject, makeSegment } from "./index-material.ts";
import {
  claimSame,
  indexPlan,
  read,
  write,
  type IndexPlan,
} from "./index-plan.ts";

/** What an index promises of objects, and of who refers to them. */
export const objectLaws: readonly IndexPlan[] = [
  indexPlan("keeps all that an object has", async (index) => {
    const bare = makeObject("bare", { state: "allocated" });
    const whole = makeObject("a/../%2F \u{1f3ac}", {
      state: "doomed",
      isInit: false,
      allocatedFor: "f",
      allocatedAt: 1_790_000_000_000.5,
      firstFlowId: "g",
      contentType: "video/mp2t",
      span: { start: -(2n ** 70n), end: 2n ** 70n },
      timerange: "_",
      keyFrameCount: 0,
      initObjectId: "init",
      sizeBytes: 2 ** 53 - 1,
      sha256: "00ff",
      instances: [
        { storageId: "s", url: undefined, label: undefined },
        { storageId: undefined, url: "https://a.example/b", label: "" },
      ],
    });
    await write(index, async (it) => {
      await it.putObject(bare);
      await it.putObject(makeObject(whole.id));
      await it.putObject(whole);
    });

    const [one, other, none] = await read(index, (it) =>
      Promise.all([bare.id, whole.id, "none"].map((id) => it.findObject(id))),
    );
    claimSame(one, bare);
    claimSame(other, whole);
    equal(none, undefined);
  }),
  indexPlan("lists the objects of a state, by id", async (index) => {
    const allocated = ["a", "b", "c", "d"].map((id, allocatedAt) =>
      makeObject(id, { state: "allocated", allocatedAt }),
    );
    await write(index, async (it) => {
      for (const object of allocated.toReversed()) await it.putObject(object);
      await it.putObject(makeObject("b", { state: "doomed" }));
      await it.putObject(makeObject("bb"));
    });
    const list = async (more: object) => {
      const window = { state: "allocated", limit: 9, ...more } as const;
      const found = await read(index, (it) => it.listObjects(window));
      return found.map(({ id }) => id);
    };

    claimSame(await list({}), ["a", "c", "d"]);
    claimSame(await list({ limit: 2 }), ["a", "c"]);
    claimSame(await list({ after: "b" }), ["c", "d"]);
    claimSame(await list({ allocatedBefore: 3 }), ["a", "c"]);
    claimSame(await list({ state: "doomed" }), ["b"]);
  }),
  indexPlan("removes an object; none is nothing to remove", async (index) => {
    await write(index, async (it) => {
      await it.putObject(makeObject("o", { initObjectId: "init" }));
      await it.removeObject("o");
      await it.removeObject("o");
    });

    await read(index, async (it) => {
      equal(await it.findObject("o"), undefined);
      equal(await it.isReferenced("init"), false);
      claimSame(await it.listObjects({ state: "registered", limit: 9 }), []);
    });
  }),
  indexPlan("knows whether an object is referred to", async (index) => {
    await write(index, async (it) => {
      await it.insertSegment(makeSegment("f", 0n, 10n, { objectId: "o" }));
      await it.insertSegment(makeSegment("g", 0n, 10n, { objectId: "o" }));
      await it.putObject(makeObject("p", { initObjectId: "init" }));
    });
    claimSame(await areReferenced(index, "o", "init", "p"), [
      true,
      true,
      false,
    ]);

    await write(index, async (it) => {
      const window = { span: { start: 0n, end: 10n }, limit: 1 };
      await it.removeSegments("f", window);
      equal(await it.isReferenced("o"), true);
      await it.removeSegments("g", window);
      await it.putObject(makeObject("p"));
    });
    claimSame(await areReferenced(index, "o", "init"), [false, false]);
  }),
  indexPlan("lists the flows of an object, each once, by id", async (index) => {
    await write(index, async (it) => {
      for (const flowId of ["c", "a", "b"]) {
        for (const start of [0n, 10n]) {
          const objectId = flowId === "b" ? "other" : "o";
          const segment = makeSegment(flowId, start, start + 10n, { objectId });
          await it.insertSegment(segment);
        }
      }
    });

    claimSame(await listFlows(index, "o"), ["a", "c"]);
    claimSame(await listFlows(index, "o", "a"), ["c"]);
    claimSame(await listFlows(index, "o", "c"), []);
    claimSame(await listFlows(index, "none"), []);
  }),
  indexPlan(
    "lists the flows of what needs an initialisation object",
    async (index) => {
      await write(index, async (it) => {
        await it.insertSegment(
          makeSegment("early", 0n, 10n, { objectId: "o" }),
        );
        await it.putObject(makeObject("o", { initObjectId: "init" }));
        await it.putObject(makeObject("p", { initObjectId: "init" }));
        await it.insertSegment(makeSegment("late", 0n, 10n, { objectId: "p" }));
        await it.insertSegment(
          makeSegment("direct", 0n, 10n, { objectId: "init" }),
        );
      });
      claimSame(await listFlows(index, "init"), ["direct", "early", "late"]);

      await write(index, async (it) => {
        await it.putObject(makeObject("o", { initObjectId: "another" }));
        await it.removeSegments("late", {
          span: { start: 0n, end: 10n },
          limit: 1,
        });
      });
      claimSame(await listFlows(index, "init"), ["direct"]);
      claimSame(await listFlows(index, "another"), ["early"]);
    },
  ),
];

async function areReferenced(
  index: SegmentIndex,
  ...ids: readonly string[]
): Promise<readonly boolean[]> {
  return read(index, (it) => Promise.all(ids.map((id) => it.isReferenced(id))));
}

/** Page by page, which must come to the same as at once. */
async function listFlows(
  index: SegmentIndex,
  objectId: string,
  after?: string,
): Promise<readonly string[]> {
  return read(index, async (it) => {
    const all = await it.listFlowsOfObject(objectId, { after, limit: 100 });
    const paged: string[] = [];
    for (let last = after; ;) {
      const window = { after: last, limit: 1 };
      const [next] = await it.listFlowsOfObject(objectId, window);
      if (next === undefined) break;
      paged.push((last = next));
    }
    claimSame(paged, all);
    return all;
  });
}
