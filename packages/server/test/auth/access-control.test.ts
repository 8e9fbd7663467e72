import {
  createAccessControl,
  ForbiddenError,
  type AccessRules,
  type Identity,
} from "@sluice/server";
import {
  createFlowStore,
  FlowNotFoundError,
  InvalidRequestError,
  MemoryBucket,
  MemoryIndex,
  ObjectNotFoundError,
  SourceNotFoundError,
  WebhookNotFoundError,
  type FlowStore,
} from "@sluice/store";
import type { FlowPut } from "@sluice/tams";
import fc from "fast-check";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { ids } from "../support/documents.ts";

const rules: AccessRules = {
  classes: {
    news: { read: ["everyone", "desk"], write: ["desk"], delete: ["chief"] },
    archive: { read: ["archivist"] },
  },
};
const admin: Identity = { scopes: ["admin"] };
const desk: Identity = { name: "dora", groups: ["desk"] };
const chief: Identity = { name: "carl", groups: ["chief"] };
const viewer: Identity = { name: "vera", groups: ["everyone"] };
const stranger: Identity = { name: "sam", groups: ["elsewhere"] };

const hiddenStorage = "5b0e1d4b-93f2-4a0c-9d8a-0d5a7b3c9e10";
const openStorage = "7d5f5a38-0d2c-4b3b-8f06-59a5c5d5d8a1";

type Outcome = "done" | "forbidden" | "absent";

/** What is done to a flow in `news`, and how it ends for the desk, the chief, a viewer. */
const matrix: readonly (readonly [
  string,
  (store: FlowStore) => Promise<unknown>,
  Outcome,
  Outcome,
  Outcome,
])[] = [
  ["getFlow", (store) => store.getFlow(ids.flow), "done", "forbidden", "done"],
  [
    "putFlow",
    (store) => store.putFlow(video({ label: "new" })),
    "done",
    "forbidden",
    "forbidden",
  ],
  [
    "setFlowProperty",
    (store) => store.setFlowProperty(ids.flow, "label", "new"),
    "done",
    "forbidden",
    "forbidden",
  ],
  [
    "setFlowTag",
    (store) => store.setFlowTag(ids.flow, "use", "x"),
    "done",
    "forbidden",
    "forbidden",
  ],
  [
    "addSegments",
    (store) => store.addSegments(ids.flow, []),
    "done",
    "forbidden",
    "forbidden",
  ],
  [
    "allocateObjects",
    (store) => store.allocateObjects(ids.flow),
    "done",
    "forbidden",
    "forbidden",
  ],
  [
    "deleteSegments",
    (store) => store.deleteSegments(ids.flow),
    "forbidden",
    "done",
    "forbidden",
  ],
  [
    "deleteFlow",
    (store) => store.deleteFlow(ids.flow),
    "forbidden",
    "done",
    "forbidden",
  ],
  [
    "getSource",
    (store) => store.getSource(ids.source),
    "done",
    "forbidden",
    "done",
  ],
  [
    "setSourceText",
    (store) => store.setSourceText(ids.source, "label", "new"),
    "done",
    "forbidden",
    "forbidden",
  ],
  [
    "setSourceTag",
    (store) => store.setSourceTag(ids.source, "use", "x"),
    "done",
    "forbidden",
    "forbidden",
  ],
];

describe("createAccessControl()", () => {
  it.each(matrix)(
    "lets %s be done by who has the right",
    async (_, act, ...outcomes) => {
      for (const [place, caller] of [desk, chief, viewer].entries()) {
        await withNews(async (store, as) => {
          const before = await store.getFlow(ids.flow);
          expect(await judge(act(as(caller)))).toBe(outcomes[place]);
          if (outcomes[place] !== "done") {
            expect(await store.getFlow(ids.flow)).toEqual(before);
          }
        });
      }
    },
  );

  it.each(matrix)("has %s find nothing for who has no right", (_, act) =>
    withNews(async (store, as) => {
      const before = await store.getFlow(ids.flow);

      expect(await judge(act(as(stranger)))).toBe("absent");
      expect(await judge(act(as({})))).toBe("absent");
      expect(await store.getFlow(ids.flow)).toEqual(before);
    }),
  );

  it.each(matrix)("lets administrators do %s", (_, act) =>
    withNews(async (_store, as) => {
      expect(await judge(act(as(admin)))).toBe("done");
    }),
  );

  it("lists no segments of a flow that is not there for one", () =>
    withNews(async (store, as) => {
      await addObject(store, ids.flow);
      const none = await store.listSegments(ids.unknown);

      expect(await as(stranger).listSegments(ids.flow)).toEqual(none);
      expect((await as(viewer).listSegments(ids.flow)).items).toHaveLength(1);
      await expect(as(chief).listSegments(ids.flow)).rejects.toThrow(
        ForbiddenError,
      );
    }));

  it("has a new source be in the classes of its flow", () =>
    withNews(async (store) => {
      expect((await store.getSource(ids.source)).tags).toEqual({
        auth_classes: ["news"],
      });
    }));

  it.each([
    ["in no class", undefined],
    ["in the class of others", ["archive"]],
    ["in one of one's own and another", ["news", "archive"]],
  ])("makes no flow that is %s", (_, classes) =>
    withNews(async (store, as) => {
      const tags = classes === undefined ? {} : { auth_classes: classes };
      const put = video({ id: ids.other, source_id: ids.otherSource, tags });

      await expect(as(desk).putFlow(put)).rejects.toThrow(ForbiddenError);
      await expect(store.getFlow(ids.other)).rejects.toThrow(FlowNotFoundError);
    }),
  );

  it("makes a flow of a source only for who may write that", () =>
    withNews(async (_, as) => {
      const tags = { auth_classes: ["elsewhere"] };
      const put = video({ id: ids.other, tags });

      await expect(as(stranger).putFlow(put)).rejects.toThrow(
        SourceNotFoundError,
      );
      const member = { ...stranger, groups: ["elsewhere", "everyone"] };
      await expect(as(member).putFlow(put)).rejects.toThrow(ForbiddenError);
    }));

  it("keeps the classes of a flow that is put without", () =>
    withNews(async (_, as) => {
      await as(desk).putFlow(video({ label: "new" }));

      const { tags } = await as(desk).getFlow(ids.flow);
      expect(tags).toEqual({ auth_classes: ["news"] });
    }));

  it("lets classes be changed only by who has the rights that they give", () =>
    withNews(async (_, as) => {
      const change = (caller: Identity, ...classes: string[]) =>
        as(caller).setFlowTag(ids.flow, "auth_classes", classes);
      const both = { ...desk, groups: ["desk", "chief"] };

      // `archive` gives nothing but reading, which the desk has.
      await change(desk, "news", "archive");
      await expect(change(desk, "archive")).rejects.toThrow(ForbiddenError);
      await expect(change(viewer, "news")).rejects.toThrow(ForbiddenError);
      await expect(change(both)).rejects.toThrow(ForbiddenError);
      await change(both, "archive");
      await expect(as(both).getFlow(ids.flow)).rejects.toThrow(
        FlowNotFoundError,
      );
    }));

  it("passes a change of classes on to what is collected", () =>
    withNews(async (store, as) => {
      await as(desk).putFlow({
        id: ids.multi,
        source_id: ids.otherSource,
        format: "urn:x-nmos:format:multi",
        flow_collection: [{ id: ids.flow }],
        tags: { auth_classes: ["news"] },
      });
      const classes = ["news", "archive"];
      await as(desk).setFlowTag(ids.multi, "auth_classes", classes);
      await as(desk).setSourceTag(ids.otherSource, "auth_classes", classes);

      const tags = { auth_classes: classes };
      expect((await store.getFlow(ids.flow)).tags).toEqual(tags);
      expect((await store.getSource(ids.source)).tags).toEqual(tags);
    }));

  it("collects nothing that may not be read", () =>
    withNews(async (_, as) => {
      const put: FlowPut = {
        id: ids.multi,
        source_id: ids.otherSource,
        format: "urn:x-nmos:format:multi",
        flow_collection: [{ id: ids.flow }],
        tags: { auth_classes: ["elsewhere"] },
      };

      await expect(as(stranger).putFlow(put)).rejects.toThrow(
        InvalidRequestError,
      );
    }));

  it("lets objects be used again by who may read a flow of theirs", () =>
    withNews(async (store, as) => {
      const objectId = await addObject(store, ids.flow);
      const own = { ...stranger, groups: ["elsewhere"] };
      await store.putFlow(
        video({
          id: ids.other,
          source_id: ids.otherSource,
          tags: { auth_classes: ["elsewhere"] },
        }),
      );
      const post = { object_id: objectId, timerange: "[0:0_1:0)" };
      const reader = { ...own, groups: ["elsewhere", "everyone"] };
      const withUrl = {
        ...post,
        timerange: "[5:0_6:0)",
        ts_offset: "5:0",
        get_urls: [{ url: "https://evil.example/", label: "mine" }],
      };

      expect(await as(own).addSegments(ids.other, [post])).toMatchObject([
        { error: { summary: expect.stringContaining("no object") as string } },
      ]);
      await expect(
        as(own).addSegmentsAtomically(ids.other, [post]),
      ).rejects.toThrow(InvalidRequestError);
      expect(await as(reader).addSegments(ids.other, [post])).toEqual([]);
      expect(await as(reader).addSegments(ids.other, [withUrl])).toMatchObject([
        { error: { type: "SERVER_FORBIDDEN" } },
      ]);
      await expect(
        as(reader).addInstance(objectId, { url: "https://a/", label: "a" }),
      ).rejects.toThrow(ForbiddenError);
    }));

  it("tells of an object only the flows that may be read", () =>
    withNews(async (store, as) => {
      const objectId = await addObject(store, ids.flow);
      await store.putFlow(
        video({
          id: ids.other,
          source_id: ids.otherSource,
          tags: { auth_classes: ["archive"] },
        }),
      );
      await store.addSegments(ids.other, [
        { object_id: objectId, timerange: "[0:0_1:0)" },
      ]);
      const archivist = { groups: ["archivist"] };
      const seen = await as(archivist).getObject(objectId);

      expect(seen.object.referenced_by_flows).toEqual([ids.other]);
      expect(seen.object).not.toHaveProperty("first_referenced_by_flow");
      expect(await as(archivist).readObject(objectId)).toEqual(
        Uint8Array.of(1),
      );
      for (const act of [
        as(stranger).getObject(objectId),
        as(stranger).readObject(objectId),
        as(stranger).streamObject(objectId).toArray(),
        as(stranger).describeObject?.(objectId),
      ]) {
        await expect(act).rejects.toThrow(ObjectNotFoundError);
      }
    }));

  it("tells no URL into storage that may not be read, nor writes there", () =>
    withNews(async (store, as) => {
      const objectId = await addObject(store, ids.flow);
      await store.addInstance(objectId, { storageId: hiddenStorage });
      const urls = async (caller: Identity) => {
        const { items } = await as(caller).listSegments(ids.flow);
        const { object } = await as(caller).getObject(objectId);
        return [items[0]?.get_urls, object.get_urls];
      };
      const open = [{ url: `https://open/${objectId}`, label: "open" }];

      expect(await urls(viewer)).toEqual([open, open]);
      expect((await urls(admin))[0]).toHaveLength(2);
      const backends = await as(desk).listStorageBackends();
      expect(backends.items.map(({ id }) => id)).toEqual([openStorage]);
      await expect(
        as(desk).allocateObjects(ids.flow, { storageId: hiddenStorage }),
      ).rejects.toThrow(InvalidRequestError);
    }));

  it("gives no bytes that lie only in storage that may not be read", () =>
    withNews(async (store, as) => {
      const objectId = await addObject(store, ids.flow);
      await store.addInstance(objectId, { storageId: hiddenStorage });
      await store.removeInstance(objectId, { storageId: openStorage });

      expect(await as(admin).readObject(objectId)).toEqual(Uint8Array.of(1));
      for (const act of [
        as(viewer).readObject(objectId),
        as(viewer).streamObject(objectId).toArray(),
        as(viewer).describeObject?.(objectId),
      ]) {
        await expect(act).rejects.toThrow(ObjectNotFoundError);
      }
    }));

  it("keeps deletion requests for administrators, and who made them", () =>
    withNews(async (_, as) => {
      await expect(as(chief).listDeletionRequests()).rejects.toThrow(
        ForbiddenError,
      );
      expect((await as(admin).listDeletionRequests()).items).toEqual([]);
    }));

  it("protects webhooks as it does flows", () =>
    withNews(async (_, as) => {
      const url = "https://hook.example.com/";
      const post = { url, events: [], tags: { auth_classes: ["news"] } };
      const { webhooks } = as(desk);
      await expect(webhooks?.create({ ...post, tags: {} })).rejects.toThrow(
        ForbiddenError,
      );
      const made = await webhooks?.create(post);
      const id = made?.id ?? "";
      const put = { ...post, id, status: "disabled" } as const;

      expect((await as(viewer).webhooks?.list())?.items).toHaveLength(1);
      expect((await as(stranger).webhooks?.list())?.items).toEqual([]);
      await expect(as(stranger).webhooks?.get(id)).rejects.toThrow(
        WebhookNotFoundError,
      );
      await expect(as(viewer).webhooks?.update(put)).rejects.toThrow(
        ForbiddenError,
      );
      await expect(as(desk).webhooks?.delete(id)).rejects.toThrow(
        ForbiddenError,
      );
      await as(desk).webhooks?.update({ ...put, tags: undefined });
      await as(chief).webhooks?.delete(id);
    }));

  it("tells subscribers of what they may read when it is told", () => {
    const { mayTell } = createAccessControl(rules);
    const event = {
      sequence: 1n,
      event_timestamp: "2026-01-01T00:00:00Z",
      event_type: "flows/created",
      event: {},
      authClasses: ["news"],
    };
    const tell = (groups: readonly string[], readsAll = false) =>
      mayTell(
        {
          id: ids.other,
          webhook: {
            id: ids.other,
            url: "https://hook.example.com/",
            events: [],
            status: "started",
          },
          apiKeyValue: undefined,
          owner: { name: undefined, groups, readsAll },
        },
        event,
      );

    expect(tell(["everyone"])).toBe(true);
    expect(tell(["elsewhere"])).toBe(false);
    expect(tell([], true)).toBe(true);
  });

  it("fills pages with what may be seen, whatever that is", async () => {
    const classes = fc.subarray(["news", "archive", "other"]);
    const groups = fc.subarray(["everyone", "archivist", "other"]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(classes, { maxLength: 14 }),
        groups,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom<readonly ("read" | "write")[]>([], ["read"]),
        fc.option(classes, { nil: undefined }),
        async (all, own, limit, unclassified, asked) => {
          const control = createAccessControl({ ...rules, unclassified });
          await asyncWith(openStore(), async (store) => {
            for (const names of all) {
              const tags = { auth_classes: names };
              await store.putFlow(
                video({
                  id: crypto.randomUUID(),
                  source_id: crypto.randomUUID(),
                  tags: names.length === 0 ? {} : tags,
                }),
              );
            }
            const seen = control.restrict(store, { groups: own });
            const query =
              asked === undefined ? {} : { tags: { auth_classes: asked } };
            const visible = (await store.listFlows(query)).items.filter(
              ({ tags = {} }) => {
                const names = [tags["auth_classes"] ?? []].flat();
                if (names.length === 0) return unclassified.includes("read");
                return (
                  (own.includes("everyone") && names.includes("news")) ||
                  (own.includes("archivist") && names.includes("archive")) ||
                  (own.includes("other") && names.includes("other"))
                );
              },
            );
            const shown: string[] = [];
            let page: string | undefined;
            do {
              const part = await seen.listFlows(query, {
                limit,
                ...(page !== undefined && { page }),
              });
              expect(part.limit).toBe(limit);
              if (part.next !== undefined) {
                expect(part.items).toHaveLength(limit);
              } else if (visible.length > 0) {
                expect(part.items).not.toHaveLength(0);
              }
              shown.push(...part.items.map(({ id }) => id));
              page = part.next;
            } while (page !== undefined);

            expect(shown).toEqual(visible.map(({ id }) => id));
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** A store with a flow in `news`, and what gives it as somebody may see it. */
function withNews(
  block: (
    store: FlowStore,
    as: (caller: Identity) => FlowStore,
  ) => Promise<void>,
): Promise<void> {
  const { restrict } = createAccessControl(rules);
  return asyncWith(openStore(), async (store) => {
    const as = (caller: Identity) => restrict(store, caller);
    await as(desk).putFlow(video({ tags: { auth_classes: ["news"] } }));
    await block(store, as);
  });
}

function openStore() {
  const product = {
    store_type: "http_object_store",
    provider: "here",
    store_product: "memory",
  } as const;
  const open = {
    ...product,
    id: openStorage,
    label: "open",
    default_storage: true,
  };
  const hidden = {
    ...product,
    id: hiddenStorage,
    label: "hidden",
    tags: { auth_classes: ["archive"] },
  };
  return createFlowStore({
    index: new MemoryIndex(),
    buckets: [
      { backend: open, bucket: new MemoryBucket() },
      { backend: hidden, bucket: new MemoryBucket() },
    ],
    webhooks: {},
    createUrls: (id, { label = "" }) => [{ url: `https://${label}/${id}` }],
  });
}

async function judge(act: Promise<unknown>): Promise<Outcome> {
  try {
    await act;
    return "done";
  } catch (error) {
    if (error instanceof ForbiddenError) return "forbidden";
    const isAbsent =
      error instanceof FlowNotFoundError ||
      error instanceof SourceNotFoundError;
    if (isAbsent) return "absent";
    throw error;
  }
}

async function addObject(store: FlowStore, flowId: string): Promise<string> {
  const objects = await store.allocateObjects(flowId);
  for (const object of objects) {
    await store.writeObject(object, Uint8Array.of(1));
    const segment = { object_id: object.objectId, timerange: "[0:0_1:0)" };
    await store.addSegmentsAtomically(flowId, [segment]);
  }
  return objects[0]?.objectId ?? "";
}

function video(changes: Partial<FlowPut> = {}): FlowPut {
  return {
    id: ids.flow,
    source_id: ids.source,
    format: "urn:x-nmos:format:video",
    codec: "video/h264",
    container: "video/mp2t",
    essence_parameters: {
      frame_rate: { numerator: 25 },
      frame_width: 1920,
      frame_height: 1080,
    },
    ...changes,
  } as FlowPut;
}
