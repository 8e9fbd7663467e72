import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import {
  addSeconds,
  allocate,
  ids,
  putFlow,
  videoFlow,
} from "../support/documents.ts";
import { serveMemory, type Ask } from "../support/serve-memory.ts";

/** Gives what GET answers; HEAD has to answer alike, without the body. */
async function get(ask: Ask, path: string): Promise<unknown> {
  const [response, head] = [await ask("GET", path), await ask("HEAD", path)];
  const names = [
    "Content-Type",
    "Content-Length",
    "Link",
    "X-Paging-Count",
    "X-Paging-Limit",
    "X-Paging-NextKey",
    "X-Paging-Reverse-Order",
    "X-Paging-Timerange",
  ];
  expect(head.status).toBe(response.status);
  if (response.status < 400) {
    for (const name of names) {
      expect(head.headers.get(name), name).toBe(response.headers.get(name));
    }
  }
  expect(await head.text()).toBe("");
  return response.status === 200 ? response.json() : response.status;
}

async function status(answer: Promise<Response>): Promise<number> {
  return (await answer).status;
}

describe("/ and /service", () => {
  it("tell of the service, and change what it says", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      expect(await get(ask, "/")).toContain("flows");
      expect(await get(ask, "/service")).toMatchObject({
        api_version: "8.2",
        min_object_timeout: "3600:0",
        min_presigned_url_timeout: "1800:0",
      });

      const json = { name: "ours" };
      expect(await status(ask("POST", "/service", { json }))).toBe(200);
      await ask("POST", "/service", { json: { description: "text" } });

      expect(await get(ask, "/service")).toMatchObject({
        name: "ours",
        description: "text",
      });
      for (const body of ["", "null", "[]", "{", '{"name":1}', "\xff"]) {
        expect(await status(ask("POST", "/service", { body })), body).toBe(400);
      }
    });
  });

  it("list the storage backends", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      expect(await get(ask, "/service/storage-backends")).toMatchObject([
        { label: "memory", default_storage: true },
      ]);
      expect(await get(ask, "/service/storage-backends?tag.a=b")).toEqual([]);
    });
  });

  it("keep profiles, which never change", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      const path = `/service/profiles/${ids.profile}`;
      const { id: _, source_id: __, ...technical } = videoFlow();
      const json = { id: ids.profile, label: "hd", flow_metadata: technical };

      expect(await status(ask("POST", path, { json }))).toBe(201);
      expect(await status(ask("POST", path, { json }))).toBe(400);
      expect(
        await status(ask("POST", `/service/profiles/${ids.unknown}`, { json })),
      ).toBe(400);
      expect(await status(ask("POST", "/service/profiles/x", { json }))).toBe(
        404,
      );
      expect(await get(ask, path)).toMatchObject({ label: "hd" });
      expect(await get(ask, "/service/profiles?label=hd")).toHaveLength(1);
      expect(await get(ask, "/service/profiles?label=sd")).toEqual([]);
      expect(await get(ask, `/service/profiles/${ids.unknown}`)).toBe(404);

      const linked = {
        id: ids.flow,
        source_id: ids.source,
        profile_id: ids.profile,
      };
      await ask("PUT", `/flows/${ids.flow}`, { json: linked });
      expect(await get(ask, `/flows/${ids.flow}`)).toMatchObject(technical);
      expect(
        await status(
          ask("PUT", `/flows/${ids.flow}/avg_bit_rate`, { json: 1 }),
        ),
      ).toBe(400);
    });
  });
});

describe("/sources", () => {
  it("come with their first flow, and have tags, a label and a description", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      const path = `/sources/${ids.source}`;

      expect(await get(ask, "/sources")).toMatchObject([{ id: ids.source }]);
      expect(await get(ask, path)).toMatchObject({ id: ids.source });
      for (const name of ["label", "description"]) {
        expect(await get(ask, `${path}/${name}`)).toBe(404);
        expect(await status(ask("PUT", `${path}/${name}`, { json: "a" }))).toBe(
          204,
        );
        expect(await get(ask, `${path}/${name}`)).toBe("a");
        expect(await status(ask("PUT", `${path}/${name}`, { json: 1 }))).toBe(
          400,
        );
        expect(await status(ask("DELETE", `${path}/${name}`))).toBe(204);
        expect(await get(ask, `${path}/${name}`)).toBe(404);
      }
      for (const name of ["label", "description", "tags", "tags/a"]) {
        expect(await get(ask, `/sources/${ids.unknown}/${name}`)).toBe(404);
      }
      for (const method of ["PUT", "DELETE", "POST", "PATCH"]) {
        const refused = await ask(method, path);
        expect(refused.status).toBe(405);
        expect(refused.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
      }
    });
  });

  it.each(["flows", "sources"])(
    "and /flows: names of tags of %s are split, then decoded once",
    async (kind) => {
      await asyncWith(serveMemory(), async ({ ask }) => {
        await putFlow(ask);
        const id = kind === "flows" ? ids.flow : ids.source;
        const path = `/${kind}/${id}/tags`;
        const names = [
          "a/b",
          "100%",
          "%2F",
          "a?b",
          "a#b",
          "a+b c",
          "é",
          "__proto__",
          "tags",
        ];

        for (const name of names) {
          const at = `${path}/${encodeURIComponent(name)}`;
          expect(await get(ask, at), name).toBe(404);
          expect(await status(ask("PUT", at, { json: [name, "x"] }))).toBe(204);
          expect(await get(ask, at), name).toEqual([name, "x"]);
        }

        const tags = await get(ask, path);
        expect(Object.keys(tags as object).sort()).toEqual([...names].sort());
        expect(await get(ask, `/${kind}?tag.a/b=a/b`)).toHaveLength(1);
        expect(await get(ask, `/${kind}?tag.a/b=b`)).toHaveLength(0);
        expect(await get(ask, `/${kind}?tag_exists.100%25=false`)).toHaveLength(
          0,
        );
        expect(await get(ask, `${path}/%zz`)).toBe(404);
        expect(await status(ask("DELETE", `${path}/a%2Fb`))).toBe(204);
        expect(await get(ask, `${path}/a%2Fb`)).toBe(404);
      });
    },
  );
});

describe("/flows", () => {
  it("are made, replaced and removed", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      const path = `/flows/${ids.flow}`;
      const json = videoFlow({ label: "a", tags: { x: "y" } });

      const made = await ask("PUT", path, { json });
      expect(made.status).toBe(201);
      expect(await made.json()).toMatchObject({ label: "a" });
      expect(await status(ask("PUT", path, { json: videoFlow() }))).toBe(204);
      expect(await get(ask, path)).not.toHaveProperty("label");
      expect(await get(ask, `${path}/tags`)).toEqual({});
      expect(await status(ask("PUT", `/flows/${ids.other}`, { json }))).toBe(
        400,
      );
      expect(await status(ask("PUT", "/flows/x", { json }))).toBe(404);
      expect(await status(ask("DELETE", path))).toBe(204);
      expect(await get(ask, path)).toBe(404);
      expect(await get(ask, `/sources/${ids.source}`)).toBe(404);
      expect(await status(ask("DELETE", path))).toBe(404);
    });
  });

  it.each([
    ["label", "a", 404, [1, null]],
    ["description", "a", 404, [{}]],
    ["max_bit_rate", 5000, 404, ["a", -1, 1.5]],
    ["avg_bit_rate", 0, 404, [[]]],
    [
      "flow_collection",
      [{ id: ids.other, role: "a" }],
      [],
      [{}, [{ id: "x" }]],
    ],
    ["read_only", true, false, ["true", 1]],
  ])("have a %s", async (name, value, absent, wrong) => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      await putFlow(ask, { id: ids.other });
      const path = `/flows/${ids.flow}/${name}`;

      expect(await get(ask, path)).toEqual(absent);
      expect(await status(ask("PUT", path, { json: value }))).toBe(204);
      expect(await get(ask, path)).toEqual(value);
      for (const json of wrong) {
        expect(await status(ask("PUT", path, { json }))).toBe(400);
      }
      const unknown = `/flows/${ids.unknown}/${name}`;
      expect(await get(ask, unknown)).toBe(404);
      expect(await status(ask("PUT", unknown, { json: value }))).toBe(404);
      const gone = name === "read_only" ? 405 : 204;
      expect(await status(ask("DELETE", path))).toBe(gone);
      if (gone === 204) expect(await get(ask, path)).toEqual(absent);
    });
  });

  it("that are read-only refuse all but that", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      const path = `/flows/${ids.flow}`;
      await ask("PUT", `${path}/read_only`, { json: true });
      const segment = { object_id: "a", timerange: "[0:0_1:0)" };

      const refused = await Promise.all([
        status(ask("PUT", path, { json: videoFlow({ read_only: false }) })),
        status(ask("DELETE", path)),
        status(ask("PUT", `${path}/tags/a`, { json: "a" })),
        status(ask("DELETE", `${path}/tags/a`)),
        status(ask("PUT", `${path}/label`, { json: "a" })),
        status(ask("PUT", `${path}/max_bit_rate`, { json: 1 })),
        status(ask("PUT", `${path}/flow_collection`, { json: [] })),
        status(ask("POST", `${path}/segments`, { json: segment })),
        status(ask("DELETE", `${path}/segments`)),
        status(ask("POST", `${path}/storage`)),
      ]);

      expect(refused).toEqual(refused.map(() => 403));
      await ask("PUT", `${path}/read_only`, { json: false });
      expect(await status(ask("DELETE", path))).toBe(204);
    });
  });

  it("tell their extent to who asks", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      const path = `/flows/${ids.flow}`;
      const asked = `${path}?include_timerange=`;

      expect(await get(ask, `${asked}true`)).toMatchObject({ timerange: "()" });
      await addSeconds(ask, ids.flow, { count: 3 });
      expect(await get(ask, path)).not.toHaveProperty("timerange");
      expect(await get(ask, `${asked}True`)).toMatchObject({
        timerange: "[0:0_3:0)",
      });
      expect(
        await get(ask, `${asked}true&timerange=[1:500000000_1:600000000)`),
      ).toMatchObject({ timerange: "[1:0_2:0)" });
      expect(await get(ask, `${asked}yes`)).toBe(400);
      expect(await get(ask, `${asked}true&timerange=[1:0`)).toBe(400);
    });
  });

  it.each([
    "limit=0",
    "limit=-1",
    "limit=a",
    "page=nonsense",
    "timerange=[)",
    "format=video",
    "source_id=x",
    "frame_width=wide",
    "init_segments=1",
    "status=done",
    "sort_by=size",
    "reverse_order=maybe",
    "tag_exists.a=x",
    "collected_by_ids=x",
  ])("are not listed by %s", async (query) => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      expect(await get(ask, `/flows?${query}`)).toBe(400);
    });
  });
});

describe("/flows/{flowId}/segments", () => {
  it("of an unknown flow are none, of a malformed id nothing", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      expect(await get(ask, `/flows/${ids.unknown}/segments`)).toEqual([]);
      expect(await get(ask, "/flows/x/segments")).toBe(404);
      const path = `/flows/${ids.unknown}/segments`;
      expect(await status(ask("DELETE", path))).toBe(404);
      const json = { object_id: "a", timerange: "[0:0_1:0)" };
      expect(await status(ask("POST", path, { json }))).toBe(404);
    });
  });

  it("are registered one by one, or several, and refused by themselves", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      const path = `/flows/${ids.flow}/segments`;
      await allocate(ask, ids.flow, { object_ids: ["a", "b", "c"] });
      const segment = (object_id: string, timerange: string) => ({
        object_id,
        timerange,
      });

      const one = await ask("POST", path, { json: segment("a", "[0:0_1:0)") });
      const overlap = await ask("POST", path, {
        json: segment("b", "[0:5_1:5)"),
      });
      const some = await ask("POST", path, {
        json: [segment("b", "[0:5_1:5)"), segment("c", "[1:0_2:0)")],
      });
      const none = await ask("POST", path, { json: [] });
      const bad = await ask("POST", path, { json: { object_id: "b" } });

      expect(
        [one, overlap, some, none, bad].map((each) => each.status),
      ).toEqual([201, 400, 200, 201, 400]);
      expect(await overlap.json()).toMatchObject({
        type: "STORE_SEGMENT_OVERLAP",
      });
      expect(await some.json()).toMatchObject({
        failed_segments: [{ object_id: "b", timerange: "[0:5_1:5)" }],
      });
      expect(await get(ask, path)).toHaveLength(2);
      expect(await get(ask, `${path}?object_id=c`)).toHaveLength(1);
      expect(
        await get(ask, `${path}?timerange=[1:0_2:0)&accept_get_urls=`),
      ).toEqual([{ object_id: "c", timerange: "[1:0_2:0)", get_urls: [] }]);
      expect(
        await get(ask, `${path}?presigned=true&verbose_storage=true`),
      ).toMatchObject([
        { get_urls: [{ presigned: true, controlled: true }] },
        {},
      ]);
      expect(await status(ask("DELETE", `${path}?timerange=[0:5_1:0)`))).toBe(
        204,
      );
      expect(await get(ask, path)).toHaveLength(2);
      expect(await status(ask("DELETE", `${path}?object_id=c`))).toBe(204);
      expect(await get(ask, path)).toHaveLength(1);
    });
  });

  it("of many are deleted later, as a request tells", async () => {
    const limits = { deletionStep: 2, sweepIntervalMs: Infinity };
    await asyncWith(
      serveMemory({ store: { limits } }),
      async ({ ask, store }) => {
        await putFlow(ask);
        await addSeconds(ask, ids.flow, { count: 9 });

        const response = await ask("DELETE", `/flows/${ids.flow}/segments`);
        const location = response.headers.get("Location") ?? "";
        const { id } = (await response.json()) as { id: string };
        await store.waitForDeletion(id);

        expect(response.status).toBe(202);
        expect(location).toBe(
          `http://localhost:4010/flow-delete-requests/${id}`,
        );
        expect(await get(ask, location)).toMatchObject({ status: "done" });
        expect(await get(ask, "/flow-delete-requests")).toHaveLength(1);
        expect(await get(ask, `/flow-delete-requests/${ids.unknown}`)).toBe(
          404,
        );
        expect(await get(ask, `/flows/${ids.flow}/segments`)).toEqual([]);
      },
    );
  });

  it("have one winner for each instant, of 16 writers at once", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      const path = `/flows/${ids.flow}/segments`;
      const names = Array.from({ length: 16 * 8 }, (_, at) => `object-${at}`);
      await allocate(ask, ids.flow, { object_ids: names });

      // Each instant is wanted by two or more, whose ranges are not the same.
      const answers = await Promise.all(
        names.map((object_id, at) => {
          const start = (at * 7) % 61;
          const timerange = `[${start}:0_${start + 1 + (at % 3)}:0)`;
          return ask("POST", path, { json: { object_id, timerange } });
        }),
      );

      const list = (await get(ask, `${path}?limit=1000`)) as {
        object_id: string;
        timerange: string;
      }[];
      const won = names.filter((_, at) => answers[at]?.status === 201);
      expect(answers.every((each) => [201, 400].includes(each.status))).toBe(
        true,
      );
      expect(list.map((each) => each.object_id).sort()).toEqual(won.sort());
      const spans = list.map(({ timerange }) =>
        [...timerange.matchAll(/(\d+):0/g)].map(([, text]) => Number(text)),
      );
      for (const [at, [start = 0]] of spans.entries()) {
        expect(start).toBeGreaterThanOrEqual(spans[at - 1]?.[1] ?? 0);
      }
    });
  });
});

describe("/flows/{flowId}/storage", () => {
  it("makes room for what is asked for", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      const path = `/flows/${ids.flow}/storage`;

      expect(await status(ask("POST", path))).toBe(201);
      expect(await allocate(ask, ids.flow, { limit: 3 })).toHaveLength(3);
      expect(
        await allocate(ask, ids.flow, { "content-type": "video/mp4" }),
      ).toMatchObject([
        { put_url: { "content-type": "video/mp4" }, presigned: true },
      ]);
      await allocate(ask, ids.flow, { object_ids: ["a"] });
      for (const json of [
        { object_ids: ["b", "a"] },
        { limit: 1, object_ids: ["c"] },
        { limit: 0 },
        { storage_id: ids.unknown },
        null,
      ]) {
        expect(await status(ask("POST", path, { json }))).toBe(400);
      }
      expect(await get(ask, "/objects/b")).toBe(404);
      const unknown = `/flows/${ids.unknown}/storage`;
      expect(await status(ask("POST", unknown))).toBe(404);
    });
  });
});

describe("/objects", () => {
  it("are there once they are referred to, and have instances", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask, { tags: { a: "b" } });
      const path = `/objects/${encodeURIComponent("a/b%2F?")}`;
      await allocate(ask, ids.flow, { object_ids: ["a/b%2F?"] });

      expect(await get(ask, path)).toBe(404);
      const json = { object_id: "a/b%2F?", timerange: "[0:0_1:0)" };
      await ask("POST", `/flows/${ids.flow}/segments`, { json });

      expect(await get(ask, path)).toMatchObject({
        id: "a/b%2F?",
        referenced_by_flows: [ids.flow],
        timerange: "[0:0_1:0)",
      });
      expect(await get(ask, `${path}?flow_tag.a=x`)).toMatchObject({
        referenced_by_flows: [],
      });

      const instances = `${path}/instances`;
      const copy = { url: "https://example.com/a", label: "elsewhere" };
      expect(await status(ask("POST", instances, { json: copy }))).toBe(201);
      expect(await status(ask("POST", instances, { json: copy }))).toBe(400);
      expect(await get(ask, `${path}?accept_get_urls=elsewhere`)).toMatchObject(
        {
          get_urls: [copy],
        },
      );
      for (const query of [
        "",
        "?label=none",
        "?storage_id=x",
        "?label=a&storage_id=b",
      ]) {
        expect(await status(ask("DELETE", `${instances}${query}`))).toBe(400);
      }
      const both = { ...copy, storage_id: ids.unknown };
      for (const wrong of [{}, both, { storage_id: ids.unknown }]) {
        expect(await status(ask("POST", instances, { json: wrong }))).toBe(400);
      }
      expect(await status(ask("DELETE", `${instances}?label=elsewhere`))).toBe(
        204,
      );
      expect(await status(ask("DELETE", `${instances}?label=memory`))).toBe(
        400,
      );
      expect(
        await status(ask("POST", "/objects/x/instances", { json: copy })),
      ).toBe(404);
    });
  });
});
