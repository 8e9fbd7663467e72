import type { FlowQuery, SourceQuery } from "@sluice/tams";
import { TimeRange } from "@sluice/time";
import type { SegmentIndex } from "../../port/segment-index.ts";
import {
  makeAudioFlow,
  makeFlow,
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

/** What an index promises of which items it lists. */
export const filterLaws: readonly IndexPlan[] = [
  indexPlan("lists sources by what they have, to the letter", async (index) => {
    await write(index, async (it) => {
      await it.putSource(makeSource("a", { label: "One" }));
      await it.putSource(makeSource("b", { label: "one" }));
      const format = "urn:x-nmos:format:audio";
      await it.putSource({ id: "c", format, label: "One" });
    });

    await claimSources(index, { label: "One" }, "a", "c");
    await claimSources(index, { format: "urn:x-nmos:format:video" }, "a", "b");
    const format = "urn:x-nmos:format:audio";
    await claimSources(index, { label: "One", format }, "c");
    await claimSources(index, { label: "" });
  }),
  indexPlan("lists flows by what they have", async (index) => {
    await write(index, async (it) => {
      await it.putFlow(makeFlow("a", { label: "l", status: "ingesting" }));
      await it.putFlow(
        makeFlow("b", {
          source_id: "t",
          codec: "video/h265",
          profile_id: "p",
          essence_parameters: {
            frame_width: 1280,
            frame_height: 720,
            init_segments: true,
          },
        }),
      );
      await it.putFlow(makeAudioFlow("c"));
    });

    await claimFlows(index, { sourceId: "t" }, "b");
    await claimFlows(index, { format: "urn:x-nmos:format:audio" }, "c");
    await claimFlows(index, { codec: "video/h264" }, "a");
    await claimFlows(index, { profileId: "p" }, "b");
    await claimFlows(index, { label: "l" }, "a");
    await claimFlows(index, { status: "ingesting" }, "a");
    await claimFlows(index, { frameWidth: 1280 }, "b");
    await claimFlows(index, { frameHeight: 1080, frameWidth: 1920 }, "a");
    await claimFlows(index, { frameHeight: 1080, frameWidth: 1280 });
    await claimFlows(index, { initSegments: true }, "b");
    await claimFlows(index, { initSegments: false }, "a", "c");
  }),
  indexPlan("lists by tags, to the letter", async (index) => {
    await write(index, async (it) => {
      const all = {
        a: { color: "red" },
        b: { color: ["green", "red", "red"], size: "1" },
        c: { color: "Red", "o'b": "%" },
        d: { color: [] },
        e: {},
        f: undefined,
      };
      for (const [id, tags] of Object.entries(all)) {
        await it.putFlow(makeFlow(id, { tags }));
        await it.putSource(makeSource(id, { tags }));
      }
    });

    for (const claim of [claimFlows, claimSources]) {
      await claim(index, { tags: { color: ["red"] } }, "a", "b");
      await claim(index, { tags: { color: ["green", "Red"] } }, "b", "c");
      await claim(index, { tags: { color: ["red"], size: ["1"] } }, "b");
      await claim(index, { tags: { color: [] } });
      await claim(index, { tags: { "o'b": ["%"] } }, "c");
      await claim(index, { tags: { toString: ["red"] } });
      await claim(index, { tagExists: { color: true } }, "a", "b", "c", "d");
      await claim(index, { tagExists: { color: false } }, "e", "f");
      await claim(
        index,
        { tagExists: { color: true, size: false }, tags: { color: ["red"] } },
        "a",
      );
    }
    await write(index, (it) => it.putFlow(makeFlow("b", { tags: {} })));
    await claimFlows(index, { tags: { color: ["red"] } }, "a");
    await claimSources(index, { tags: { color: ["red"] } }, "a", "b");
  }),
  indexPlan("lists flows by what collects them", async (index) => {
    await write(index, async (it) => {
      await it.putFlow(makeFlow("m", { flow_collection: [{ id: "a" }] }));
      await it.putFlow(
        makeFlow("n", { flow_collection: [{ id: "a" }, { id: "b" }] }),
      );
      for (const id of ["a", "b", "c"]) await it.putFlow(makeFlow(id));
    });

    await claimFlows(index, { collectedByIds: ["m"] }, "a");
    await claimFlows(index, { collectedByIds: ["m", "n"] }, "a", "b");
    await claimFlows(index, { collectedByIds: ["a"] });
    await claimFlows(index, { collectedByIds: [] }, "c", "m", "n");
  }),
  indexPlan("lists sources by what collects their flows", async (index) => {
    await write(index, async (it) => {
      for (const id of ["r", "s", "t"]) await it.putSource(makeSource(id));
      await it.putFlow(makeFlow("a", { source_id: "s" }));
      await it.putFlow(makeFlow("b", { source_id: "t" }));
      await it.putFlow(
        makeFlow("m", {
          source_id: "r",
          flow_collection: [{ id: "a" }, { id: "missing" }],
        }),
      );
    });

    await claimSources(index, { collectedByIds: ["r"] }, "s");
    await claimSources(index, { collectedByIds: ["s", "t"] });
    await claimSources(index, { collectedByIds: [] }, "r", "t");
  }),
  indexPlan("lists flows by the range that they have", async (index) => {
    await write(index, async (it) => {
      for (const id of ["a", "b", "c"]) await it.putFlow(makeFlow(id));
      await it.insertSegment(makeSegment("a", 0n, 10n));
      await it.insertSegment(makeSegment("a", 20n, 30n));
      await it.insertSegment(makeSegment("b", -10n, 5n));
    });
    const claim = (range: string, ...ids: readonly string[]) =>
      claimFlows(index, { timerange: TimeRange.parse(range) }, ...ids);

    await claim("_", "a", "b");
    await claim("()", "c");
    await claim("[0:0_0:1)", "a", "b");
    await claim("[0:9_0:10)", "a");
    await claim("[0:10_0:20)");
    await claim("[0:29_", "a");
    await claim("_0:0)", "b");
    await claim("[9000000000000:0_");
    await claimFlows(index, {}, "a", "b", "c");
  }),
];

async function claimSources(
  index: SegmentIndex,
  query: SourceQuery,
  ...ids: readonly string[]
): Promise<void> {
  const page = await read(index, (it) => it.listSources(query, { limit: 99 }));
  claimSame(
    page.items.map(({ id }) => id),
    ids,
  );
}

async function claimFlows(
  index: SegmentIndex,
  query: FlowQuery,
  ...ids: readonly string[]
): Promise<void> {
  const page = await read(index, (it) => it.listFlows(query, { limit: 99 }));
  claimSame(
    page.items.map(({ id }) => id),
    ids,
  );
}
