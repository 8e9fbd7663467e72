import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { addSeconds, ids, putFlow } from "../support/documents.ts";
import { origin, serveMemory, type Ask } from "../support/serve-memory.ts";

interface Item {
  readonly id?: string;
  readonly object_id?: string;
}

/** Follows the links of a listing; between pages something is changed. */
async function follow(
  ask: Ask,
  first: string,
  change: (page: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ readonly items: Item[]; readonly links: string[] }> {
  const items: Item[] = [];
  const links: string[] = [];
  let pages = 0;
  for (let url: string | undefined = `${origin}${first}`; url !== undefined;) {
    const response: Response = await ask("GET", url);
    const page = (await response.json()) as Item[];
    const count = response.headers.get("X-Paging-Count");
    if (count !== null) expect(Number(count)).toBe(page.length);
    items.push(...page);
    const link = response.headers.get("Link");
    url = /^<([^>]*)>; rel="next"$/.exec(link ?? "")?.[1];
    expect(response.headers.has("X-Paging-NextKey")).toBe(url !== undefined);
    if (url !== undefined) links.push(url);
    pages += 1;
    await change(pages);
  }
  return { items, links };
}

function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

async function putFlows(ask: Ask, numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    const tags = { kind: number % 2 === 0 ? "even" : "odd" };
    await putFlow(ask, { id: id(number), tags, label: `n ${number % 3}` });
  }
}

describe("a listing", () => {
  it("keeps its filters in absolute links, and loses and repeats nothing", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlows(ask, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      const query =
        "/flows?limit=2&tag.kind=even,x&sort_by=label&access_token=a%26b";

      const { items, links } = await follow(ask, query, async (page) => {
        // What is behind is deleted, and what is before is added.
        if (page === 1) await ask("DELETE", `/flows/${id(6)}`);
        if (page === 2)
          await putFlow(ask, {
            id: id(20),
            tags: { kind: "even" },
            label: "a",
          });
      });

      expect(items.map((each) => each.id)).toEqual(
        [6, 12, 4, 10, 2, 8].map(id),
      );
      for (const link of links) {
        expect(link.startsWith(`${origin}/flows?limit=2&`)).toBe(true);
        const search = new URL(link).searchParams;
        expect(search.get("tag.kind")).toBe("even,x");
        expect(search.get("access_token")).toBe("a&b");
      }
    });
  });

  it("of segments goes on where it ended, whatever is added or deleted", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      const path = `/flows/${ids.flow}/segments`;
      await addSeconds(ask, ids.flow, { from: 10, count: 6 });

      const { items, links } = await follow(
        ask,
        `${path}?limit=2&timerange=[10:0_100:0)&accept_get_urls=`,
        async (page) => {
          if (page === 1) {
            await ask("DELETE", `${path}?timerange=[10:0_11:0)`);
            await addSeconds(ask, ids.flow, { from: 0, count: 2 });
          }
          if (page === 2) {
            await ask("DELETE", `${path}?timerange=[14:0_15:0)`);
            await addSeconds(ask, ids.flow, { from: 16, count: 1 });
          }
        },
      );

      const numbers = items.map((each) =>
        Number(each.object_id?.split("-").at(-1)),
      );
      expect(numbers).toEqual([10, 11, 12, 13, 15, 16]);
      expect(links.every((link) => link.includes("accept_get_urls="))).toBe(
        true,
      );
    });
  });

  it("tells what its page covers, on the last as well", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      await addSeconds(ask, ids.flow, { count: 3 });
      const path = `/flows/${ids.flow}/segments`;
      const ranges = [];
      for (const query of [
        "?limit=2",
        "?limit=2&reverse_order=true",
        "?timerange=[2:0_9:0)",
        "?timerange=()",
      ]) {
        const { headers } = await ask("GET", `${path}${query}`);
        ranges.push(headers.get("X-Paging-Timerange"));
      }

      expect(ranges).toEqual(["[0:0_2:0)", "[1:0_3:0)", "[2:0_3:0)", "()"]);
    });
  });

  it("has a limit of its own, and says so", async () => {
    const limits = { maxPageSize: 3 };
    await asyncWith(serveMemory({ store: { limits } }), async ({ ask }) => {
      await putFlows(ask, [1, 2, 3, 4, 5]);

      const { headers } = await ask("GET", "/flows?limit=1000");

      expect(headers.get("X-Paging-Limit")).toBe("3");
      expect(headers.get("X-Paging-Count")).toBe("3");
      expect(headers.get("X-Paging-Reverse-Order")).toBe("false");
    });
  });

  it("is linked by the server's public URL, if it has one", async () => {
    const publicUrl = "https://example.com/tams";
    await asyncWith(serveMemory({ publicUrl }), async ({ ask }) => {
      await putFlows(ask, [1, 2]);

      const { headers } = await ask("GET", "/flows?limit=1");

      expect(headers.get("Link")).toMatch(
        /^<https:\/\/example\.com\/tams\/flows\?limit=1&page=[^>]+>; rel="next"$/,
      );
    });
  });
});
