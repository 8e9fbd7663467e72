import type { PageOptions } from "@sluice/tams";
import { deepEqual, equal, ok } from "node:assert/strict";
import { TimeRange } from "@sluice/time";
import type { Page } from "../../model/page.ts";
import {
  addSegment,
  createId,
  finish,
  multiFlow,
  putVideo,
  storePlan,
  type StorePlan,
} from "./store-plan.ts";

/** Listings, and their pages. */
export const listingLaws: readonly StorePlan[] = [
  storePlan(
    "lists each flow once, page by page, whatever goes meanwhile",
    async (store) => {
      const flows = [];
      for (let n = 0; n < 7; n += 1) {
        flows.push(await putVideo(store, { label: `flow ${n}` }));
      }
      const [gone] = flows;
      ok(gone !== undefined);

      const first = await store.listFlows({ sortBy: "label" }, { limit: 3 });
      await finish(store, store.deleteFlow(gone.id));
      const rest = await collect(
        (page) => store.listFlows({ sortBy: "label" }, { limit: 3, ...page }),
        first.next,
      );

      equal(first.items.length, 3);
      deepEqual(
        [...first.items, ...rest].map(({ label }) => label),
        flows.map(({ label }) => label),
      );
    },
  ),
  storePlan(
    "lists what lacks the label last, and first in reverse",
    async (store) => {
      const b = await putVideo(store, { label: "b" });
      const none = await putVideo(store);
      const a = await putVideo(store, { label: "a" });
      const query = { sortBy: "label" } as const;

      const sorted = (await store.listFlows(query)).items.map(({ id }) => id);
      const { items: reversed } = await store.listFlows({
        ...query,
        reverseOrder: true,
      });

      deepEqual(sorted, [a.id, b.id, none.id]);
      deepEqual(
        reversed.map(({ id }) => id),
        [none.id, b.id, a.id],
      );
    },
  ),
  storePlan("finds flows by all that is asked for", async (store) => {
    const wanted = await putVideo(store, {
      label: "a",
      tags: { place: ["stage", "hall"] },
      status: "ingesting",
    });
    await putVideo(store, { label: "a", tags: { place: "Stage" } });
    await store.putFlow(multiFlow({ label: "a" }));

    const queries = [
      { sourceId: wanted.source_id },
      { tags: { place: ["hall", "roof"] } },
      { label: "a", status: "ingesting" },
      { codec: "video/h264", tags: { place: ["stage"] } },
    ] as const;
    for (const query of queries) {
      const { items } = await store.listFlows(query);
      deepEqual(
        items.map(({ id }) => id),
        [wanted.id],
      );
    }
    const untagged = await store.listFlows({ tagExists: { place: false } });
    deepEqual(
      untagged.items.map(({ format }) => format),
      ["urn:x-nmos:format:multi"],
    );
  }),
  storePlan("finds flows by what is on their timelines", async (store) => {
    const full = await putVideo(store);
    const empty = await putVideo(store);
    await addSegment(store, full.id, "[10:0_20:0)");
    const find = async (text: string) => {
      const timerange = TimeRange.parse(text);
      return (await store.listFlows({ timerange })).items.map(({ id }) => id);
    };

    deepEqual(await find("_"), [full.id]);
    deepEqual(await find("()"), [empty.id]);
    deepEqual(await find("[19:999999999_"), [full.id]);
    deepEqual(await find("[20:0_"), []);
    equal((await store.listFlows()).items.length, 2);
  }),
  storePlan("finds flows and sources by who collects them", async (store) => {
    const member = await putVideo(store);
    const { flow: multi } = await store.putFlow(
      multiFlow({ flow_collection: [{ id: member.id }] }),
    );
    const flows = async (collectedByIds: readonly string[]) =>
      (await store.listFlows({ collectedByIds })).items.map(({ id }) => id);
    const sources = async (collectedByIds: readonly string[]) =>
      (await store.listSources({ collectedByIds })).items.map(({ id }) => id);

    deepEqual(await flows([multi.id, createId()]), [member.id]);
    deepEqual(await flows([]), [multi.id]);
    deepEqual(await sources([multi.source_id]), [member.source_id]);
    deepEqual(await sources([]), [multi.source_id]);
  }),
  storePlan(
    "lists segments page by page, forwards and backwards",
    async (store) => {
      const { id } = await putVideo(store);
      const ranges = Array.from({ length: 7 }, (_, n) => `[${n}:0_${n + 1}:0)`);
      for (const range of ranges) await addSegment(store, id, range);

      for (const reverseOrder of [false, true]) {
        const all = await collect((page) =>
          store.listSegments(id, { reverseOrder }, { limit: 3, ...page }),
        );
        const found = all.map(({ timerange }) => timerange);
        deepEqual(found, reverseOrder ? [...ranges].reverse() : ranges);
      }
      const { timerange } = await store.listSegments(id, {}, { limit: 2 });
      equal(`${timerange}`, "[0:0_2:0)");
      const last = await store.listSegments(id, { reverseOrder: true });
      equal(`${last.timerange}`, "[0:0_7:0)");
    },
  ),
];

async function collect<T>(
  list: (page: PageOptions) => Promise<Page<T>>,
  begin?: string,
): Promise<readonly T[]> {
  const all: T[] = [];
  let page: PageOptions = begin === undefined ? {} : { page: begin };
  for (;;) {
    const { items, next } = await list(page);
    all.push(...items);
    if (next === undefined) return all;
    page = { page: next };
  }
}
