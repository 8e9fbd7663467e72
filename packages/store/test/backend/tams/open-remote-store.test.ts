import {
  FlowProvider,
  openRemoteStore,
  type FlowStore,
  type RemoteStoreOptions,
} from "@sluice/store";
import { TimeRange } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import {
  bytes,
  cutAfter,
  empty,
  hangUp,
  json,
  refusal,
  scriptedService,
  type ScriptedService,
} from "../../support/service.ts";

const flowId = "5e3c5a4f-9f3b-4f4a-8d5c-0d6d1a3c7b11";
const sourceId = "2aa143ac-0ab7-4d75-bc32-5c00c13e186f";
const flow = {
  id: flowId,
  source_id: sourceId,
  format: "urn:x-nmos:format:data",
  codec: "application/json",
  container: "application/x-lines",
  essence_parameters: { data_type: "urn:x-example:data:lines" },
};
const content = Uint8Array.from({ length: 100_000 }, (_, n) => n % 251);
const segments = `/flows/${flowId}/segments`;
const post = { object_id: "a", timerange: "[0:0_1:0)" };

type Routes = ScriptedService["routes"];

/** Opens a store at a service that answers so. */
async function withStore(
  routes: Routes,
  check: (store: FlowStore, service: ScriptedService) => Promise<void>,
  options: RemoteStoreOptions = {},
): Promise<void> {
  await asyncWith(scriptedService(routes), (service) =>
    asyncWith(
      openRemoteStore(service.url, {
        retry: { attempts: 3, firstPauseMs: 1 },
        ...options,
      }),
      (store) => check(store, service),
    ),
  );
}

function listRequests({ requests }: ScriptedService): string[] {
  return requests.map(({ method, path }) => `${method} ${path}`);
}

/** Compares quickly. */
async function expectContent(reading: Promise<Uint8Array>): Promise<void> {
  expect(Buffer.from(await reading).equals(content)).toBe(true);
}

/** A service whose object is at these paths of its own. */
function objectAt(...urls: readonly object[]): Routes[string][number] {
  return json({ id: "a", referenced_by_flows: [], get_urls: urls });
}

describe("openRemoteStore()", () => {
  it("makes no request before it is entered, and refuses what is no URL at once", () => {
    openRemoteStore("http://127.0.0.1:1");
    expect(() => openRemoteStore("tams.example")).toThrow(TypeError);
    expect(() => openRemoteStore("http://a.example", { transfers: 0 })).toThrow(
      RangeError,
    );
  });

  it("tells on entering that there is no service, or other credentials are needed", async () => {
    const nothing = { "GET /service": [refusal(404)] };
    await expect(withStore(nothing, async () => undefined)).rejects.toThrow(
      "there is no TAMS service",
    );
    const closed = { "GET /service": [refusal(401)] };
    await expect(
      withStore(closed, async () => undefined),
    ).rejects.toMatchObject({ code: "STORE_ACCESS" });
    await expect(
      asyncWith(
        openRemoteStore("http://127.0.0.1:1", { retry: { attempts: 1 } }),
        async () => undefined,
      ),
    ).rejects.toMatchObject({ code: "TAMS_UNREACHABLE" });
  });

  it("takes a name and a password from the URL, and tells them nobody", async () => {
    await asyncWith(
      scriptedService({ "GET /flows": [refusal(403)] }),
      async ({ url, requests }) => {
        const place = url.replace("//", "//me:s%40cret@");
        const listing = asyncWith(new FlowProvider(place), (session) =>
          session.listFlows().toArray(),
        );
        await expect(listing).rejects.toMatchObject({ code: "STORE_ACCESS" });
        await expect(listing).rejects.not.toThrow("cret");
        const value = Buffer.from("me:s@cret").toString("base64");
        expect(requests[0]?.headers.authorization).toBe(`Basic ${value}`);
      },
    );
  });

  it("throws ClosedError after its block, and ends what is under way", async () => {
    const hold = () => undefined;
    let kept: FlowStore | undefined;
    let reading: Promise<unknown> | undefined;
    await withStore({ "GET /flows": [hold] }, async (store) => {
      kept = store;
      reading = store.listFlows();
      reading.catch(() => undefined);
      await Promise.resolve();
    });
    const closed = { code: "SLUICE_CLOSED" };
    await expect(reading).rejects.toMatchObject(closed);
    await expect(kept?.getService()).rejects.toMatchObject(closed);
    await expect(kept?.readObject("a")).rejects.toMatchObject(closed);
    await expect(kept?.streamObject("a").toArray()).rejects.toMatchObject(
      closed,
    );
    await expect(kept?.renewObjects([])).rejects.toMatchObject(closed);
  });
});

describe("what another service refuses", () => {
  it("is told by the errors that every store has", async () => {
    const routes = {
      "PUT /sources/x/label": [refusal(400, "ValidationError", "Too long")],
      [`DELETE ${segments}`]: [refusal(403)],
      [`GET /flows/${flowId}`]: [json({ ...flow, read_only: true })],
      "DELETE /flows/y": [refusal(403, "Forbidden", "Not yours")],
    };
    await withStore(routes, async (store) => {
      const codes: readonly (readonly [() => Promise<unknown>, string])[] = [
        [() => store.getFlow("x"), "STORE_FLOW_NOT_FOUND"],
        [() => store.getFlow(".."), "STORE_FLOW_NOT_FOUND"],
        [() => store.getSource("x"), "STORE_SOURCE_NOT_FOUND"],
        [() => store.getProfile("x"), "STORE_PROFILE_NOT_FOUND"],
        [() => store.getObject("x"), "STORE_OBJECT_NOT_FOUND"],
        [() => store.readObject("x"), "STORE_OBJECT_NOT_FOUND"],
        [() => store.readObject("."), "STORE_OBJECT_NOT_FOUND"],
        [
          () => store.getDeletionRequest("x"),
          "STORE_DELETION_REQUEST_NOT_FOUND",
        ],
        [() => store.setSourceText("x", "label", "a"), "STORE_INVALID_REQUEST"],
        [() => store.setSourceTag("x", "..", "a"), "STORE_INVALID_REQUEST"],
        [() => store.deleteSegments(flowId), "STORE_READ_ONLY_FLOW"],
        [() => store.deleteFlow("y"), "STORE_ACCESS"],
      ];
      for (const [call, code] of codes) {
        await expect(call()).rejects.toMatchObject({ code });
      }
    });
  });

  it("is no error where it was to go, and only what had it is there", async () => {
    const routes = { [`GET /flows/${flowId}`]: [json(flow)] };
    await withStore(routes, async (store) => {
      await store.setFlowTag(flowId, "gone", undefined);
      await expect(
        store.setFlowTag(sourceId, "gone", undefined),
      ).rejects.toMatchObject({ code: "STORE_FLOW_NOT_FOUND" });
    });
  });

  it("is an overlap where there is a segment at that time", async () => {
    const failed = { failed_segments: [{ ...post }] };
    const routes = {
      [`POST ${segments}`]: [
        refusal(400, "BadRequest", "Overlaps"),
        json(failed),
        // As AWS's answers, without what is around it.
        json([post]),
        json([post]),
      ],
      [`GET ${segments}`]: [
        json([{ object_id: "b", timerange: "[0:0_5:0)" }]),
        json([{ object_id: "b", timerange: "[0:0_5:0)" }]),
        json([]),
      ],
    };
    await withStore(routes, async (store) => {
      for (let count = 0; count < 2; count++) {
        await expect(
          store.addSegmentsAtomically(flowId, [post]),
        ).rejects.toMatchObject({
          code: "STORE_SEGMENT_OVERLAP",
          existing: "[0:0_5:0)",
        });
      }
      await expect(
        store.addSegmentsAtomically(flowId, [post]),
      ).rejects.toMatchObject({ code: "STORE_INVALID_REQUEST" });
      expect(await store.addSegments(flowId, [post])).toEqual([post]);
    });
  });
});

describe("segments that are added as one", () => {
  const other = { object_id: "b", timerange: "[1:0_2:0)" };
  const removal = { id: "r", flow_id: flowId, timerange_to_delete: "_" };

  it("are removed again, those that were added, if one cannot be", async () => {
    const request = { ...removal, delete_flow: false };
    const routes = {
      [`POST ${segments}`]: [json({ failed_segments: [other] })],
      [`GET ${segments}`]: [json([])],
      [`DELETE ${segments}`]: [
        json({ ...request, id: flowId, status: "created" }, 202),
      ],
      [`GET /flow-delete-requests/${flowId}`]: [
        json({ ...request, id: flowId, status: "started" }),
        json({ ...request, id: flowId, status: "done" }),
      ],
    };
    await withStore(routes, async (store, service) => {
      await expect(
        store.addSegmentsAtomically(flowId, [post, other]),
      ).rejects.toMatchObject({ code: "STORE_INVALID_REQUEST" });
      const removals = service.requests.filter(
        ({ method }) => method === "DELETE",
      );
      expect(removals.map(({ search }) => Object.fromEntries(search))).toEqual([
        { object_id: "a", timerange: post.timerange },
      ]);
      expect(listRequests(service).at(-1)).toContain("flow-delete-requests");
    });
  });

  it("are asked for again where the answer was lost, but for those that are there", async () => {
    const routes = {
      [`POST ${segments}`]: [hangUp, json({ failed_segments: [other] })],
      [`GET ${segments}`]: [json([post]), json([post, other])],
    };
    await withStore(routes, async (store, { requests }) => {
      await store.addSegmentsAtomically(flowId, [post, other]);
      const posts = requests.filter(({ method }) => method === "POST");
      expect(
        posts.map(({ body }) => JSON.parse(body.toString()) as unknown),
      ).toEqual([[post, other], [other]]);
    });
  });

  it("are told by name if they may be there, and cannot be removed", async () => {
    const routes = {
      [`POST ${segments}`]: [hangUp],
      [`GET ${segments}`]: [json([])],
      [`DELETE ${segments}`]: [refusal(403)],
    };
    await withStore(routes, async (store) => {
      await expect(
        store.addSegmentsAtomically(flowId, [post, other]),
      ).rejects.toMatchObject({
        code: "STORE_PARTLY_ADDED",
        timeranges: [post.timerange, other.timerange],
        reason: { code: "TAMS_UNREACHABLE" },
      });
    });
  });
});

describe("an object that is read", () => {
  it("comes from where it is best, and the token goes to the service only", async () => {
    await asyncWith(
      scriptedService({ "GET /media": [bytes(content)] }),
      async (elsewhere) => {
        const routes = {
          "GET /plain": [bytes(content)],
          "GET /objects/a": [
            objectAt({ url: `${elsewhere.url}/media` }, { url: "/api/plain" }),
            objectAt(
              { url: "/api/plain" },
              { url: `${elsewhere.url}/media`, presigned: true },
            ),
          ],
        };
        const credentials = { kind: "bearer", token: "t" } as const;
        await withStore(
          routes,
          async (store, service) => {
            await expectContent(store.readObject("a"));
            expect(service.requests.at(-1)).toMatchObject({
              path: "/plain",
              headers: { authorization: "Bearer t" },
            });
            await expectContent(store.readObject("a"));
            expect(elsewhere.requests).toHaveLength(1);
            expect(elsewhere.requests[0]?.headers.authorization).toBe(
              undefined,
            );
          },
          { credentials },
        );
      },
    );
  });

  it("is asked for anew when a URL's time is up, also in the middle", async () => {
    const routes = {
      "GET /old": [refusal(403)],
      "GET /short": [cutAfter(content, 60_000), refusal(403)],
      "GET /new": [bytes(content)],
      "GET /objects/a": [
        objectAt({ url: "/api/short", presigned: true }),
        objectAt({ url: "/api/new", presigned: true }),
      ],
    };
    await withStore(routes, async (store, service) => {
      const old = { object_id: "a", get_urls: [{ url: "/api/old" }] };
      await expectContent(store.readObject(old));
      expect(listRequests(service)).toEqual([
        "GET /old",
        "GET /objects/a",
        "GET /short",
        "GET /short",
        "GET /objects/a",
        "GET /new",
      ]);
      const { range = "" } = service.requests.at(-1)?.headers ?? {};
      expect(range).toMatch(/^bytes=[1-9]\d*-$/);
    });
  });

  it("goes on where it was when it is cut off", async () => {
    const routes = {
      "GET /media": [cutAfter(content, 60_000), bytes(content)],
      "GET /objects/a": [objectAt({ url: "/api/media" })],
    };
    await withStore(routes, async (store) => {
      const chunks = await store
        .streamObject("a", { start: 10, end: 90_000 })
        .toArray();
      const read = Buffer.concat(chunks);
      // The first answer knew of no ranges.
      expect(read.equals(content.subarray(10, 90_000))).toBe(true);
    });
  });

  it("is told where it is not, or where nobody may read it", async () => {
    const routes = {
      "GET /refused": [refusal(403)],
      "GET /objects/a": [
        objectAt(),
        objectAt({ url: "/api/nothing" }, { url: "file:///a" }),
        objectAt({ url: "/api/refused" }),
      ],
    };
    await withStore(routes, async (store) => {
      const missing = { code: "STORE_OBJECT_NOT_FOUND" };
      await expect(store.readObject("a")).rejects.toMatchObject(missing);
      await expect(store.readObject("a")).rejects.toMatchObject(missing);
      await expect(store.readObject("a")).rejects.toMatchObject({
        code: "STORE_ACCESS",
      });
    });
  });

  it("has no bytes beyond its end", async () => {
    const routes = {
      "GET /media": [bytes(content)],
      "GET /objects/a": [objectAt({ url: "/api/media" })],
    };
    const { length } = content;
    await withStore(routes, async (store) => {
      const read = (start: number, end?: number) =>
        store.readObject("a", { start, ...(end !== undefined && { end }) });
      expect(await read(length)).toHaveLength(0);
      expect(await read(length - 1, length)).toHaveLength(1);
      await expect(read(length + 1)).rejects.toThrow(RangeError);
      await expect(read(0, length + 1)).rejects.toThrow(RangeError);
      await expect(read(2, 1)).rejects.toThrow(RangeError);
    });
  });

  it("is one of so many at a time, and no more", async () => {
    let [now, most] = [0, 0];
    const routes: Routes = {
      "GET /objects/a": [objectAt({ url: "/api/media" })],
      "GET /media": [
        (request, response) => {
          now += 1;
          most = Math.max(most, now);
          setImmediate(() => {
            now -= 1;
            bytes(content)(request, response);
          });
        },
      ],
    };
    await withStore(
      routes,
      async (store) => {
        await Promise.all(
          Array.from({ length: 10 }, () => store.readObject("a")),
        );
        expect(most).toBeGreaterThan(0);
        expect(most).toBeLessThanOrEqual(3);
      },
      { transfers: 3 },
    );
  });
});

describe("an object that is written", () => {
  const backend = {
    store_type: "http_object_store",
    provider: "example",
    store_product: "disks",
  };
  const place = {
    media_objects: [{ object_id: "a", put_url: { url: "/api/media" } }],
  };
  const routes = {
    [`POST /flows/${flowId}/storage`]: [json(place, 201)],
    [`GET /flows/${flowId}`]: [json(flow)],
    "GET /service/storage-backends": [
      json([
        { id: flowId, ...backend },
        { id: sourceId, ...backend, default_storage: true },
      ]),
    ],
  };

  it("goes to its place with what it is, again if nobody answers", async () => {
    const put = [hangUp, refusal(400, "STORE_OBJECT_EXISTS")];
    await withStore(
      { ...routes, "PUT /media": put },
      async (store, service) => {
        const [room] = await store.allocateObjects(flowId, { limit: 1 });
        expect(room).toEqual({
          objectId: "a",
          storageId: sourceId,
          contentType: flow.container,
        });
        if (room === undefined) return;
        const pieces = (async function* () {
          yield content.subarray(0, 10);
          await Promise.resolve();
          yield content.subarray(10);
        })();
        // The first time it was written, and only the answer lost.
        await store.writeObject(room, pieces);
        const { headers, body } = service.requests.at(-1) ?? {};
        expect(headers).toMatchObject({
          "content-type": flow.container,
          "content-length": `${content.length}`,
        });
        expect(body?.equals(content)).toBe(true);
      },
    );
  });

  it("needs the room that was made for it", async () => {
    await withStore(routes, async (store) => {
      const [room] = await store.allocateObjects(flowId);
      if (room === undefined) throw new TypeError("There is no room");
      await expect(
        store.writeObject({ ...room }, content),
      ).rejects.toMatchObject({ code: "STORE_OBJECT_NOT_FOUND" });
      await expect(
        store.allocateObjects(flowId, { limit: 1, objectIds: ["a"] }),
      ).rejects.toMatchObject({ code: "STORE_INVALID_REQUEST" });
      expect(await store.renewObjects(["a"])).toBe(false);
    });
  });
});

describe("a listing", () => {
  it("tells what pages are, also where the service does not", async () => {
    const items = [post, { object_id: "b", timerange: "[5:0_6:0)" }];
    const routes = {
      [`GET ${segments}`]: [
        json(items),
        json(items, 200, {
          "X-Paging-Limit": "2",
          "X-Paging-NextKey": "k",
          "X-Paging-Timerange": "[0:0_6:0)",
        }),
      ],
    };
    await withStore(routes, async (store, { requests }) => {
      expect(await store.listSegments(flowId)).toMatchObject({
        items,
        next: undefined,
        limit: 2,
        timerange: TimeRange.parse("[0:0_6:0)"),
      });
      const timerange = TimeRange.parse("[0:0_6:0)");
      const page = await store.listSegments(
        flowId,
        { timerange },
        { limit: 9 },
      );
      expect(page).toMatchObject({ next: "k", limit: 2, timerange });
      expect(requests.at(-1)?.search.get("limit")).toBe("9");
    });
  });

  it("waits for what is removed, and tells why it was not", async () => {
    const request = { id: flowId, flow_id: flowId, timerange_to_delete: "_" };
    const done = { ...request, delete_flow: true, status: "done" };
    const error = { type: "E", summary: "Disk", time: "2026-01-01T00:00:00Z" };
    const routes = {
      [`DELETE /flows/${flowId}`]: [empty()],
      [`GET /flow-delete-requests/${flowId}`]: [
        json({ ...done, status: "started" }),
        json(done),
        json({ ...done, status: "error", error }),
      ],
    };
    await withStore(routes, async (store) => {
      expect(await store.deleteFlow(flowId)).toBe(undefined);
      await store.waitForDeletion(flowId);
      await expect(store.waitForDeletion(flowId)).rejects.toThrow("Disk");
    });
  });
});
