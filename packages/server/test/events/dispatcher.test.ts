import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AddressGuard,
  MediaUrls,
  openDispatcher,
  type DispatcherOptions,
} from "@sluice/server";
import {
  openEmbeddedStore,
  openMemoryStore,
  type LocalFlowStore,
} from "@sluice/store";
import type { EventType, FlowPut, Webhook, WebhookPost } from "@sluice/tams";
import { AsyncExitStack, asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { ids } from "../support/documents.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

const publicUrl = "https://tams.example/";
const guard = new AddressGuard({ allowedHosts: ["127.0.0.1"] });
const quick: DispatcherOptions = { publicUrl, guard, retryDelaysMs: [1, 1, 1] };

const all: readonly EventType[] = [
  "flows/created",
  "flows/updated",
  "flows/deleted",
  "flows/segments_added",
  "flows/segments_deleted",
  "sources/created",
  "sources/updated",
  "sources/deleted",
];

describe("openDispatcher()", () => {
  it("tells of everything that happens to a flow, in order", () =>
    withSubscriber({}, async ({ store, receiver }) => {
      await store.putFlow(video());
      await writeSegments(store, 2);
      await store.setFlowProperty(ids.flow, "label", "News");
      await store.setSourceText(ids.source, "label", "Studio");
      await store.deleteSegments(ids.flow);
      await store.deleteFlow(ids.flow);
      await receiver.waitForEvents(8);

      expect(receiver.events.map(({ event_type }) => event_type)).toEqual([
        "sources/created",
        "flows/created",
        "flows/segments_added",
        "flows/updated",
        "sources/updated",
        "flows/segments_deleted",
        "flows/deleted",
        "sources/deleted",
      ]);
      const [madeSource, madeFlow, added, , , removed, goneFlow, goneSource] =
        receiver.events.map(({ event }) => event);
      expect(madeSource).toMatchObject({ source: { id: ids.source } });
      expect(madeFlow).toMatchObject({ flow: { id: ids.flow } });
      expect(added).toMatchObject({
        flow_id: ids.flow,
        segments: [{ timerange: "[0:0_1:0)" }, { timerange: "[1:0_2:0)" }],
      });
      expect(removed).toEqual({ flow_id: ids.flow, timerange: "[0:0_2:0)" });
      expect(goneFlow).toEqual({ flow_id: ids.flow });
      expect(goneSource).toEqual({ source_id: ids.source });
    }));

  it("starts a subscription, and sends its key, which it never tells", () =>
    withSubscriber(
      { api_key_name: "X-Key", api_key_value: "secret" },
      async ({ store, receiver, webhook }) => {
        await store.putFlow(video());
        await receiver.waitForEvents(2);

        expect(webhook).not.toHaveProperty("api_key_value");
        expect(webhook.status).toBe("created");
        expect(receiver.headers[0]).toMatchObject({
          "x-key": "secret",
          "content-type": "application/json",
        });
        expect(await store.webhooks?.get(webhook.id)).toEqual({
          ...webhook,
          status: "started",
        });
      },
    ));

  it("tells of nothing but what is asked for, all filters met", () =>
    withSubscriber(
      { events: ["flows/created"], source_ids: [ids.otherSource] },
      async ({ store, receiver }) => {
        await store.putFlow(video());
        await store.putFlow(
          video({ id: ids.other, source_id: ids.otherSource }),
        );
        await receiver.waitForEvents(1);

        expect(receiver.events).toMatchObject([
          { event: { flow: { id: ids.other } } },
        ]);
      },
    ));

  it("tells of what a flow collects, or of what none collects", () =>
    withStore(async (store, receiver) => {
      await store.putFlow(video());
      await store.putFlow(video({ id: ids.other }));
      await store.putFlow({
        id: ids.multi,
        source_id: ids.otherSource,
        format: "urn:x-nmos:format:multi",
        flow_collection: [{ id: ids.flow }],
      });
      const events = ["flows/updated"] as const;
      const { url } = receiver;
      await subscribe(store, {
        url: `${url}?collected`,
        events,
        flow_collected_by_ids: [ids.multi],
        source_collected_by_ids: [ids.otherSource],
      });
      await subscribe(store, {
        url: `${url}?single`,
        events,
        flow_collected_by_ids: [],
      });
      await asyncWith(openDispatcher(store, quick), async () => {
        await store.setFlowProperty(ids.flow, "label", "collected");
        await store.setFlowProperty(ids.other, "label", "single");
        await receiver.waitForEvents(2);
      });

      const labels = receiver.events.map(({ event }) => event["flow"]);
      expect(labels).toContainEqual(
        expect.objectContaining({ label: "collected" }),
      );
      expect(labels).toContainEqual(
        expect.objectContaining({ label: "single" }),
      );
    }));

  it("tells the URLs that a subscription asks for, made when it is told", () =>
    withSubscriber(
      {
        events: ["flows/segments_added"],
        presigned: true,
        verbose_storage: true,
        include_object_timerange: true,
      },
      async ({ store, receiver }) => {
        await store.putFlow(video());
        await writeSegments(store, 1);
        await receiver.waitForEvents(1);

        const event = receiver.events[0]?.event ?? {};
        expect(event["segments"]).toMatchObject([
          {
            object_timerange: "[0:0_1:0)",
            get_urls: [{ presigned: true, controlled: true }],
          },
        ]);
        expect(JSON.stringify(event)).toContain(
          '"url":"https://tams.example/media/',
        );
      },
    ));

  it("tells no URLs to who wants none", () =>
    withSubscriber(
      { events: ["flows/segments_added"], accept_get_urls: [] },
      async ({ store, receiver }) => {
        await store.putFlow(video());
        await writeSegments(store, 1);
        await receiver.waitForEvents(1);

        const event = receiver.events[0]?.event ?? {};
        expect(event["segments"]).toMatchObject([{ get_urls: [] }]);
        expect(JSON.stringify(event)).not.toContain("object_timerange");
      },
    ));

  it("tells an event again until it is taken, and the next only then", () =>
    withSubscriber(
      { events: ["flows/updated"] },
      async ({ store, receiver }) => {
        receiver.answers.push(500, 503);
        await store.putFlow(video());
        for (const label of ["first", "second"]) {
          await store.setFlowProperty(ids.flow, "label", label);
        }
        await receiver.waitForEvents(2);

        expect(receiver.headers).toHaveLength(4);
        expect(receiver.events).toMatchObject([
          { event: { flow: { label: "first" } } },
          { event: { flow: { label: "second" } } },
        ]);
      },
    ));

  it("stops a subscription that fails, and goes on with it when it is started", () =>
    withSubscriber(
      { events: ["flows/created"], api_key_name: "X-Key", api_key_value: "k" },
      async ({ store, receiver, webhook }) => {
        receiver.answers.push(500, 500, 500, 500);
        await store.putFlow(video());
        const failed = await waitForStatus(store, webhook.id, "error");

        expect(failed.error).toMatchObject({ type: "SERVER_DELIVERY" });
        const put = { ...webhook, status: "disabled" } as const;
        await expect(store.webhooks?.update(put)).rejects.toMatchObject({
          code: "STORE_INVALID_REQUEST",
        });
        await store.webhooks?.update({ ...webhook, status: "created" });
        await receiver.waitForEvents(1);

        expect(receiver.events).toMatchObject([
          { event: { flow: { id: ids.flow } } },
        ]);
        expect(receiver.headers.at(-1)).toMatchObject({ "x-key": "k" });
        expect(await store.webhooks?.get(webhook.id)).not.toHaveProperty(
          "error",
        );
      },
    ));

  it("stops a subscription at once whose subscriber is gone for good", () =>
    withSubscriber({}, async ({ store, receiver, webhook }) => {
      receiver.answers.push(410);
      await store.putFlow(video());
      await waitForStatus(store, webhook.id, "error");

      expect(receiver.headers).toHaveLength(1);
    }));

  it("tells others while one is slow", () =>
    withSubscriber({}, async ({ store, receiver: slow }) => {
      await asyncWith(openReceiver(), async (other) => {
        let release = (): void => undefined;
        slow.answers.push(
          new Promise<void>((resolve) => {
            release = resolve;
          }),
        );
        await subscribe(store, { url: other.url, events: all });
        await store.putFlow(video());
        await slow.waitForRequests(1);
        await other.waitForEvents(2);

        expect(slow.events).toEqual([]);
        release();
        await slow.waitForEvents(2);
      });
    }));

  it("keeps nothing for a subscription that is disabled", () =>
    withSubscriber(
      { status: "disabled" },
      async ({ store, receiver, webhook }) => {
        await store.putFlow(video());
        await store.webhooks?.update({ ...webhook, status: "created" });
        await store.deleteFlow(ids.flow);
        await receiver.waitForEvents(2);

        expect(receiver.events.map(({ event_type }) => event_type)).toEqual([
          "flows/deleted",
          "sources/deleted",
        ]);
      },
    ));

  it("tells after a restart what could not be told before", async () => {
    const folder = await mkdtemp(join(tmpdir(), "outbox-"));
    const openStore = () =>
      openEmbeddedStore(join(folder, "store"), { webhooks: {} });
    try {
      await asyncWith(openReceiver(), async (receiver) => {
        receiver.answers.push(new Promise<void>(() => undefined));
        await asyncWith(openStore(), async (store) => {
          await subscribe(store, { url: receiver.url, events: all });
          await asyncWith(openDispatcher(store, quick), async () => {
            await store.putFlow(video());
            // The first event is on its way, and never taken, when the process ends.
            await receiver.waitForRequests(1);
          });
          await store.deleteFlow(ids.flow);
        });
        expect(receiver.events).toEqual([]);
        await asyncWith(openStore(), (store) =>
          asyncWith(openDispatcher(store, quick), () =>
            receiver.waitForEvents(4),
          ),
        );

        expect(receiver.events.map(({ event_type }) => event_type)).toEqual([
          "sources/created",
          "flows/created",
          "flows/deleted",
          "sources/deleted",
        ]);
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("tells nothing that a subscriber may not know", () =>
    withStore(async (store, receiver) => {
      const { url } = receiver;
      await subscribe(store, { url, events: ["flows/created"] });
      const mayTell: DispatcherOptions["mayTell"] = (_, { authClasses }) =>
        authClasses.includes("news");
      await asyncWith(
        openDispatcher(store, { ...quick, mayTell }),
        async () => {
          await store.putFlow(video({ tags: { auth_classes: ["sport"] } }));
          await store.putFlow(
            video({ id: ids.other, tags: { auth_classes: ["news", "sport"] } }),
          );
          await receiver.waitForEvents(1);
        },
      );

      expect(receiver.events).toMatchObject([
        { event: { flow: { id: ids.other } } },
      ]);
    }));

  it("follows redirections that keep the method, but not with the key elsewhere", () =>
    withSubscriber(
      { api_key_name: "X-Key", api_key_value: "k", events: ["flows/created"] },
      async ({ store, receiver }) => {
        await asyncWith(openReceiver(), async (other) => {
          receiver.answers.push({ status: 308, location: other.url });
          await store.putFlow(video());
          await other.waitForEvents(1);

          expect(other.headers[0]).not.toHaveProperty("x-key");
        });
      },
    ));

  it.each([
    ["names a private address", "http://127.0.0.1:9/"],
    ["names this machine", "http://localhost:9/"],
  ])("calls no URL that %s", (_, url) =>
    withStore(async (store) => {
      const { id } = await subscribe(store, { url, events: all });
      const options = { publicUrl, retryDelaysMs: [] };
      await asyncWith(openDispatcher(store, options), async () => {
        await store.putFlow(video());
        const { error } = await waitForStatus(store, id, "error");

        expect(error?.summary).toContain("private network");
      });
    }),
  );

  it("goes to no private address by a redirection", () =>
    withSubscriber({}, async ({ store, receiver, webhook }) => {
      const location = "http://169.254.169.254/latest/meta-data";
      const answer = { status: 307, location };
      receiver.answers.push(answer, answer, answer, answer);
      await store.putFlow(video());
      const { error } = await waitForStatus(store, webhook.id, "error");

      expect(error?.summary).toContain("169.254.169.254");
    }));
});

describe("AddressGuard", () => {
  it.each([
    "http://10.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[fd00::1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::]/",
    "http://localhost./",
    "http://a.localhost/",
    "http://100.64.0.1/",
  ])("refuses %s", (url) => {
    expect(() => {
      new AddressGuard().checkUrl(new URL(url));
    }).toThrow("private network");
  });

  it.each([
    "https://hook.example.com/",
    "http://8.8.8.8/",
    "http://[2606:4700::1111]/",
  ])("lets %s be registered", (url) => {
    expect(() => {
      new AddressGuard().checkUrl(new URL(url));
    }).not.toThrow();
  });
});

interface Subscriber {
  readonly store: LocalFlowStore;
  readonly receiver: Receiver;
  readonly webhook: Webhook;
}

/** A store that a receiver has subscribed to, to all of it if nothing else is said. */
function withSubscriber(
  post: Partial<WebhookPost>,
  block: (subscriber: Subscriber) => Promise<void>,
): Promise<void> {
  return withStore(async (store, receiver) => {
    const { url } = receiver;
    const webhook = await subscribe(store, { url, events: all, ...post });
    await asyncWith(openDispatcher(store, quick), () =>
      block({ store, receiver, webhook }),
    );
  });
}

async function withStore(
  block: (store: LocalFlowStore, receiver: Receiver) => Promise<void>,
): Promise<void> {
  await asyncWith(new AsyncExitStack(), async (stack) => {
    const receiver = await stack.enter(openReceiver());
    const { createUrls } = new MediaUrls();
    const store = await stack.enter(
      openMemoryStore({ webhooks: {}, createUrls }),
    );
    await block(store, receiver);
  });
}

async function subscribe(
  store: LocalFlowStore,
  post: WebhookPost,
): Promise<Webhook> {
  const webhook = await store.webhooks?.create(post);
  if (webhook !== undefined) return webhook;
  throw new TypeError("The store takes no subscriptions");
}

async function waitForStatus(
  store: LocalFlowStore,
  id: string,
  status: Webhook["status"],
): Promise<Webhook> {
  for (;;) {
    const webhook = await store.webhooks?.get(id);
    if (webhook?.status === status) return webhook;
    await new Promise((resolve) => setImmediate(resolve));
  }
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

async function writeSegments(
  store: LocalFlowStore,
  count: number,
): Promise<void> {
  const objects = await store.allocateObjects(ids.flow, { limit: count });
  for (const object of objects) {
    await store.writeObject(object, Uint8Array.of(1));
  }
  await store.addSegments(
    ids.flow,
    objects.map(({ objectId }, at) => ({
      object_id: objectId,
      timerange: `[${at}:0_${at + 1}:0)`,
    })),
  );
}
