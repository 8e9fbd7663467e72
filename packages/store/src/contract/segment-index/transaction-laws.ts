import { equal, ok, rejects } from "node:assert/strict";
import type {
  IndexTransaction,
  SegmentIndex,
} from "../../port/segment-index.ts";
import {
  makeFlow,
  makeObject,
  makeSegment,
  makeSource,
} from "./index-material.ts";
import {
  claimSame,
  indexPlan,
  read,
  write,
  type IndexPlan,
} from "./index-plan.ts";

/** What an index promises of what is done as one. */
export const transactionLaws: readonly IndexPlan[] = [
  indexPlan("gives what the work gives", async (index) => {
    equal(await write(index, () => Promise.resolve(7)), 7);
    equal(await read(index, () => Promise.resolve(8)), 8);
  }),
  indexPlan("leaves nothing of a writer that fails", async (index) => {
    const source = makeSource("kept", { tags: { a: "b" } });
    await write(index, (it) => it.putSource(source));
    const failure = new Error("given up");

    await rejects(
      write(index, async (it) => {
        await putAll(it);
        await it.removeSource("kept");
        equal((await it.findFlow("f"))?.id, "f");
        throw failure;
      }),
      failure,
    );

    await claimOnly(index, source);
    await write(index, putAll);
    ok(await read(index, (it) => it.findFlow("f")));
  }),
  indexPlan(
    "shows a writer what it has done, and nobody else",
    async (index) => {
      await write(index, async (it) => {
        await it.putSource(makeSource("s"));
        ok(await it.findSource("s"));
        equal(await read(index, (other) => other.findSource("s")), undefined);
      });

      ok(await read(index, (it) => it.findSource("s")));
    },
  ),
  indexPlan("shows a reader one state, while others write", async (index) => {
    await write(index, (it) => it.putSource(makeSource("a")));

    await read(index, async (it) => {
      ok(await it.findSource("a"));
      await write(index, async (other) => {
        await other.removeSource("a");
        await other.putSource(makeSource("b"));
      });
      ok(await it.findSource("a"));
      equal(await it.findSource("b"), undefined);
      const listed = await it.listSources({}, { limit: 9 });
      claimSame(listed.items, [makeSource("a")]);
    });

    equal(await read(index, (it) => it.findSource("a")), undefined);
  }),
  indexPlan(
    "lets many readers on at once, each with its state",
    async (index) => {
      const counts = Array.from({ length: 12 }, (_, at) => at);

      const readAll = async (at: number): Promise<readonly number[]> => {
        await write(index, (it) => it.putSource(makeSource(`s${at}`)));
        return read(index, async (it) => {
          const before = await it.listSources({}, { limit: 99 });
          const rest =
            at + 1 < counts.length ? await readAll(at + 1) : ([] as const);
          const after = await it.listSources({}, { limit: 99 });
          claimSame(after, before);
          return [before.items.length, ...rest];
        });
      };

      claimSame(
        await readAll(0),
        counts.map((at) => at + 1),
      );
    },
  ),
  indexPlan(
    "lets writers on one after the other, as they came",
    async (index) => {
      const order: string[] = [];
      const run = (name: string) =>
        write(index, async (it) => {
          order.push(`${name} begins`);
          await it.putSource(makeSource(name));
          await Promise.resolve();
          order.push(`${name} ends`);
          if (name === "b") throw new Error(name);
        });

      const ends = await Promise.allSettled(["a", "b", "c"].map(run));

      claimSame(
        ends.map(({ status }) => status),
        ["fulfilled", "rejected", "fulfilled"],
      );
      claimSame(
        order,
        ["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]),
      );
    },
  ),
  indexPlan("lets one of two writers have a range", async (index) => {
    const add = (objectId: string) =>
      write(index, async (it) => {
        const segment = makeSegment("f", 0n, 10n, { objectId });
        if (await it.findOverlap("f", segment)) throw new Error("taken");
        await it.insertSegment(segment);
      });

    const ends = await Promise.allSettled(["a", "b", "c"].map(add));

    equal(ends.filter(({ status }) => status === "fulfilled").length, 1);
    const found = await read(index, (it) => it.listSegments("f", { limit: 9 }));
    equal(found[0]?.objectId, "a");
  }),
  indexPlan("tells a writer that begins another", async (index) => {
    await write(index, async (it) => {
      await rejects(
        write(index, () => Promise.resolve()),
        { code: "SLUICE_BUSY" },
      );
      await it.putSource(makeSource("s"));
    });

    ok(await read(index, (it) => it.findSource("s")));
  }),
  indexPlan("lets a reader change nothing", async (index) => {
    const attempts: readonly ((it: IndexTransaction) => Promise<unknown>)[] = [
      (it) => it.putSource(makeSource("s")),
      (it) => it.insertSegment(makeSegment("f", 0n, 10n)),
      (it) =>
        it.removeSegments("f", { span: { start: 0n, end: 9n }, limit: 1 }),
      (it) => it.putObject(makeObject("o")),
      (it) => it.removeFlow("f"),
    ];
    await write(index, (it) => it.insertSegment(makeSegment("f", 0n, 9n)));

    for (const attempt of attempts) {
      await rejects(read(index, attempt), TypeError);
    }

    ok(await read(index, (it) => it.findExtent("f")));
  }),
  indexPlan("lets nobody use a transaction that is over", async (index) => {
    for (const mode of ["read", "write"] as const) {
      const over = await index.transact(mode, (it) => Promise.resolve({ it }));
      const closed = { code: "SLUICE_CLOSED" };
      await rejects(over.it.findSource("s"), closed);
      await rejects(over.it.listSegments("f", { limit: 1 }), closed);
      await rejects(over.it.putSource(makeSource("s")), Error);
    }

    equal(await read(index, (it) => it.findSource("s")), undefined);
  }),
];

async function putAll(it: IndexTransaction): Promise<void> {
  await it.putService({
    type: "urn:x-tams:service",
    api_version: "8.2",
    min_object_timeout: "300:0",
  });
  await it.putStorageBackend({
    id: "b",
    store_type: "http_object_store",
    provider: "somebody",
    store_product: "something",
  });
  await it.putProfile({
    id: "p",
    flow_metadata: {
      format: "urn:x-nmos:format:data",
      codec: "application/json",
      essence_parameters: {},
    },
  });
  await it.putSource(makeSource("s"));
  await it.putFlow(makeFlow("f", { flow_collection: [{ id: "g" }] }));
  await it.insertSegment(makeSegment("f", 0n, 10n, { objectId: "o" }));
  await it.putObject(makeObject("o", { initObjectId: "init" }));
  await it.putDeletionRequest({
    id: "d",
    flow_id: "f",
    timerange_to_delete: "_",
    delete_flow: true,
    status: "created",
  });
}

async function claimOnly(
  index: SegmentIndex,
  source: ReturnType<typeof makeSource>,
): Promise<void> {
  const limit = 9;
  await read(index, async (it) => {
    equal(await it.findService(), undefined);
    claimSame(await it.listStorageBackends(), []);
    claimSame((await it.listProfiles({}, { limit })).items, []);
    claimSame((await it.listSources({}, { limit })).items, [source]);
    const tagged = await it.listSources({ tags: { a: ["b"] } }, { limit });
    claimSame(tagged.items, [source]);
    claimSame((await it.listFlows({}, { limit })).items, []);
    claimSame(await it.listFlowIdsOfSource("source", limit), []);
    claimSame(await it.listCollectorsOfFlow("g"), []);
    claimSame(await it.listSegments("f", { limit }), []);
    equal(await it.findObject("o"), undefined);
    equal(await it.isReferenced("o"), false);
    equal(await it.isReferenced("init"), false);
    claimSame(await it.listFlowsOfObject("init", { limit }), []);
    claimSame(await it.listOpenDeletionRequests(), []);
  });
}
