import type { DeletionRequest, Profile } from "@sluice/tams";
import { equal } from "node:assert/strict";
import { makeFlow, makeSource } from "./index-material.ts";
import {
  claimSame,
  indexPlan,
  read,
  write,
  type IndexPlan,
} from "./index-plan.ts";

const limit = 99;

/** What each storage backend has. */
const backend = {
  store_type: "http_object_store",
  provider: "somebody",
  store_product: "something",
} as const;

/** What an index promises of the documents that it keeps. */
export const documentLaws: readonly IndexPlan[] = [
  indexPlan("keeps what the service says of itself", async (index) => {
    const service = {
      type: "urn:x-tams:service",
      api_version: "8.2",
      min_object_timeout: "300:0",
    };
    equal(await read(index, (it) => it.findService()), undefined);

    await write(index, (it) => it.putService(service));
    const named = { ...service, name: "\u{1f3ac} \u0000 'name'" };
    await write(index, (it) => it.putService(named));

    claimSame(await read(index, (it) => it.findService()), named);
  }),
  indexPlan("lists storage backends by label, then by id", async (index) => {
    await write(index, async (it) => {
      await it.putStorageBackend({ ...backend, id: "b" });
      await it.putStorageBackend({ ...backend, id: "a" });
      await it.putStorageBackend({ ...backend, id: "d", label: "first" });
      await it.putStorageBackend({ ...backend, id: "c", label: "last" });
      await it.putStorageBackend({
        ...backend,
        id: "c",
        label: "z",
        region: "r",
      });
    });

    claimSame(await read(index, (it) => it.listStorageBackends()), [
      { ...backend, id: "d", label: "first" },
      { ...backend, id: "c", label: "z", region: "r" },
      { ...backend, id: "a" },
      { ...backend, id: "b" },
    ]);
  }),
  indexPlan(
    "keeps profiles, and lists them by what they have",
    async (index) => {
      const video = makeProfile("b", "video/h264", "HD");
      const other = makeProfile("a", "video/h265", "HD");
      await write(index, async (it) => {
        await it.putProfile(video);
        await it.putProfile(other);
        await it.putProfile(makeProfile("c", "video/h264"));
      });
      const list = async (query: object) => {
        const page = await read(index, (it) =>
          it.listProfiles(query, { limit }),
        );
        return page.items.map(({ id }) => id);
      };

      claimSame(await read(index, (it) => it.findProfile("a")), other);
      equal(await read(index, (it) => it.findProfile("z")), undefined);
      claimSame(await list({}), ["a", "b", "c"]);
      claimSame(await list({ label: "HD", codec: "video/h264" }), ["b"]);
      claimSame(await list({ format: "urn:x-nmos:format:audio" }), []);
    },
  ),
  indexPlan("keeps sources and flows until they are removed", async (index) => {
    const source = makeSource("s", { tags: { a: ["b", "c"], d: "e" } });
    const flow = makeFlow("f", { source_id: "s", flow_collection: [] });
    await write(index, async (it) => {
      await it.putSource(makeSource("s", { description: "before" }));
      await it.putSource(source);
      await it.putFlow(makeFlow("f", { source_id: "other" }));
      await it.putFlow(flow);
      await it.putFlow(makeFlow("e", { source_id: "s" }));
    });

    await read(index, async (it) => {
      claimSame(await it.findSource("s"), source);
      claimSame(await it.findFlow("f"), flow);
      claimSame(await it.listFlowIdsOfSource("s", 9), ["e", "f"]);
      claimSame(await it.listFlowIdsOfSource("s", 1), ["e"]);
      claimSame(await it.listFlowIdsOfSource("other", 9), []);
    });
    await write(index, async (it) => {
      for (const id of ["f", "none"]) await it.removeFlow(id);
      for (const id of ["s", "none"]) await it.removeSource(id);
    });
    await read(index, async (it) => {
      equal(await it.findSource("s"), undefined);
      equal(await it.findFlow("f"), undefined);
      claimSame(await it.listFlowIdsOfSource("s", 9), ["e"]);
    });
  }),
  indexPlan(
    "keeps what it was given, however that is changed",
    async (index) => {
      const tags: Record<string, string> = { a: "b" };
      const source = makeSource("s", { tags });
      await write(index, (it) => it.putSource(source));

      tags["a"] = "c";

      const found = await read(index, (it) => it.findSource("s"));
      claimSame(found?.tags, { a: "b" });
    },
  ),
  indexPlan("knows which flows collect a flow", async (index) => {
    const collect = (id: string, ...members: readonly string[]) =>
      write(index, (it) =>
        it.putFlow(
          makeFlow(id, {
            flow_collection: members.map((one) => ({ id: one })),
          }),
        ),
      );
    const list = (id: string) =>
      read(index, (it) => it.listCollectorsOfFlow(id));
    await collect("y", "a", "b", "a");
    await collect("x", "a");
    claimSame(await list("a"), ["x", "y"]);
    claimSame(await list("b"), ["y"]);
    claimSame(await list("x"), []);

    await collect("y", "b");
    await write(index, (it) => it.removeFlow("x"));
    claimSame(await list("a"), []);
    claimSame(await list("b"), ["y"]);
  }),
  indexPlan("keeps deletion requests, and lists those open", async (index) => {
    const requests = [
      makeRequest("a", "2026-01-02T00:00:00Z", "created"),
      makeRequest("b", "2026-01-01T00:00:00Z", "started"),
      makeRequest("c", "2026-01-03T00:00:00Z", "done"),
      makeRequest("d", "2026-01-04T00:00:00Z", "created"),
    ];
    await write(index, async (it) => {
      for (const request of requests) await it.putDeletionRequest(request);
      await it.putDeletionRequest(
        makeRequest("d", "2026-01-04T00:00:00Z", "done"),
      );
      await it.putDeletionRequest({
        ...makeRequest("e", undefined, "error"),
        expiry: "2030-01-01T00:00:00Z",
      });
    });

    await read(index, async (it) => {
      const open = await it.listOpenDeletionRequests();
      claimSame(
        open.map(({ id }) => id),
        ["e", "b", "a"],
      );
      const listed = await it.listDeletionRequests({}, { limit });
      claimSame(
        listed.items.map(({ id }) => id),
        ["d", "c", "a", "b", "e"],
      );
      const byExpiry = await it.listDeletionRequests(
        { sortBy: "expiry", reverseOrder: true },
        { limit },
      );
      claimSame(
        byExpiry.items.map(({ id }) => id),
        ["d", "c", "b", "a", "e"],
      );
      claimSame(await it.findDeletionRequest("a"), requests[0]);
    });
    await write(index, (it) => it.removeDeletionRequest("a"));
    equal(await read(index, (it) => it.findDeletionRequest("a")), undefined);
  }),
];

function makeProfile(id: string, codec: string, label?: string): Profile {
  return {
    id,
    label,
    flow_metadata: {
      format: "urn:x-nmos:format:video",
      codec,
      essence_parameters: { frame_width: 1, frame_height: 1 },
    },
  };
}

function makeRequest(
  id: string,
  created: string | undefined,
  status: DeletionRequest["status"],
): DeletionRequest {
  return {
    id,
    flow_id: "f",
    timerange_to_delete: "_",
    delete_flow: false,
    created,
    status,
  };
}
