import type { Source, SourceQuery } from "@sluice/tams";
import { equal, rejects } from "node:assert/strict";
import type { Page } from "../../model/page.ts";
import type { SegmentIndex } from "../../port/segment-index.ts";
import { makeFlow, makeSource } from "./index-material.ts";
import {
  claimSame,
  indexPlan,
  read,
  write,
  type IndexPlan,
} from "./index-plan.ts";

/** What an index promises of the order of listings, and of their pages. */
export const listingLaws: readonly IndexPlan[] = [
  indexPlan("lists the newest first, by instant, then by id", async (index) => {
    await putSources(index, [
      ["a", "2026-01-01T10:00:00Z"],
      ["d", "2026-01-01T10:00:00.5Z"],
      ["c", "2026-01-01T12:00:00.500+02:00"],
      ["b", "2026-01-01T10:00:00.123456789Z"],
      ["f", undefined],
      ["e", undefined],
    ]);
    const expected = ["c", "d", "b", "a", "e", "f"];

    claimSame(await listIds(index, {}), expected);
    claimSame(await listIds(index, { sortBy: "created" }), expected);
    const reversed = await listIds(index, { reverseOrder: true });
    claimSame(reversed, expected.toReversed());
  }),
  indexPlan("lists by the last change, what has none last", async (index) => {
    await write(index, async (it) => {
      await it.putSource(makeSource("a"));
      await it.putSource(makeSource("b", { updated: "2025-01-01T00:00:00Z" }));
      await it.putSource(makeSource("c", { updated: "2026-01-01T00:00:00Z" }));
      await it.putFlow(
        makeFlow("x", { metadata_updated: "2025-01-01T00:00:00Z" }),
      );
      await it.putFlow(makeFlow("y"));
      await it.putFlow(
        makeFlow("z", { metadata_updated: "2026-01-01T00:00:00Z" }),
      );
    });

    claimSame(await listIds(index, { sortBy: "updated" }), ["c", "b", "a"]);
    const flows = await read(index, (it) =>
      it.listFlows({ sortBy: "metadata_updated" }, { limit: 9 }),
    );
    claimSame(idsOf(flows), ["z", "x", "y"]);
  }),
  indexPlan("lists labels by their code points", async (index) => {
    const labels = ["", "A", "Z", "a", "é", "\uff5e", "\u{1f3ac}", undefined];
    await write(index, async (it) => {
      for (const [at, label] of labels.entries()) {
        await it.putSource(makeSource(`s${9 - at}`, { label }));
      }
      await it.putSource(makeSource("s2.5"));
    });
    const expected = ["s9", "s8", "s7", "s6", "s5", "s4", "s3", "s2", "s2.5"];

    claimSame(await listIds(index, { sortBy: "label" }), expected);
    claimSame(
      await listIds(index, { sortBy: "label", reverseOrder: true }),
      expected.toReversed(),
    );
  }),
  indexPlan("moves an item whose key changes", async (index) => {
    await write(index, async (it) => {
      await it.putSource(makeSource("a", { label: "1" }));
      await it.putSource(makeSource("b", { label: "2" }));
      await it.putSource(makeSource("a", { label: "3" }));
    });

    claimSame(await listIds(index, { sortBy: "label" }), ["b", "a"]);
  }),
  indexPlan("lists page by page what it lists at once", async (index) => {
    await write(index, async (it) => {
      for (let at = 0; at < 13; at++) {
        const created = `2026-01-0${1 + (at % 4)}T00:00:00Z`;
        const label = `label ${at % 3}`;
        await it.putSource(
          makeSource(`s${at}`, at % 5 === 0 ? {} : { created, label }),
        );
      }
    });

    for (const sortBy of ["created", "updated", "label"] as const) {
      for (const reverseOrder of [false, true]) {
        const query = { sortBy, reverseOrder };
        const all = await listIds(index, query);
        equal(all.length, 13);
        for (const limit of [4, 13, 14]) {
          claimSame(await listInPages(index, query, limit), all);
        }
      }
    }
  }),
  indexPlan(
    "goes on behind a page, whatever was added or removed meanwhile",
    async (index) => {
      const labels = ["b", "d", "f", "h"];
      await write(index, async (it) => {
        for (const label of labels)
          await it.putSource(makeSource(label, { label }));
      });
      const query = { sortBy: "label" } as const;
      const first = await list(index, query, { limit: 2 });
      claimSame(idsOf(first), ["b", "d"]);

      await write(index, async (it) => {
        await it.removeSource("d");
        await it.removeSource("f");
        for (const label of ["a", "c", "e"]) {
          await it.putSource(makeSource(label, { label }));
        }
      });

      const rest = await list(index, query, { limit: 9, page: first.next });
      claimSame(idsOf(rest), ["e", "h"]);
      equal(rest.next, undefined);
      equal(rest.limit, 9);
    },
  ),
  indexPlan("refuses a page key that it did not give", async (index) => {
    await write(index, async (it) => {
      for (const id of ["a", "b"]) await it.putSource(makeSource(id));
    });
    const { next } = await list(index, {}, { limit: 1 });
    const refused = { code: "STORE_INVALID_REQUEST" };

    for (const page of ["", "x", "!", `${next}x`, btoa('["a"]'), "bnVsbA"]) {
      await rejects(list(index, {}, { limit: 1, page }), refused);
    }
    for (const query of [
      { reverseOrder: true },
      { sortBy: "label" },
    ] as const) {
      await rejects(list(index, query, { limit: 1, page: next }), refused);
    }
    for (const limit of [0, -1, 1.5, Number.NaN]) {
      await rejects(list(index, {}, { limit }), RangeError);
    }
  }),
];

async function putSources(
  index: SegmentIndex,
  sources: readonly (readonly [id: string, created: string | undefined])[],
): Promise<void> {
  await write(index, async (it) => {
    for (const [id, created] of sources) {
      await it.putSource(makeSource(id, { created }));
    }
  });
}

function list(
  index: SegmentIndex,
  query: SourceQuery,
  {
    limit,
    page,
  }: { readonly limit: number; readonly page?: string | undefined },
): Promise<Page<Source>> {
  const options = page === undefined ? { limit } : { limit, page };
  return read(index, (it) => it.listSources(query, options));
}

function idsOf(page: Page<{ readonly id: string }>): readonly string[] {
  return page.items.map(({ id }) => id);
}

async function listIds(
  index: SegmentIndex,
  query: SourceQuery,
): Promise<readonly string[]> {
  return idsOf(await list(index, query, { limit: 99 }));
}

async function listInPages(
  index: SegmentIndex,
  query: SourceQuery,
  limit: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let page: string | undefined; ;) {
    const found = await list(index, query, { limit, page });
    ids.push(...idsOf(found));
    page = found.next;
    if (page === undefined) return ids;
  }
}
