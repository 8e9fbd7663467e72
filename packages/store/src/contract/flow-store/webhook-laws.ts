import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { FlowStore } from "../../port/flow-store.ts";
import type { WebhookStore } from "../../port/webhook-store.ts";
import { createId, storePlan, type StorePlan } from "./store-plan.ts";

const post = {
  url: "https://hook.example.com/b",
  events: ["flows/created"],
  api_key_name: "X-Key",
  api_key_value: "secret",
} as const;

/** What a store promises that takes subscriptions; others promise nothing of it. */
export const webhookLaws: readonly StorePlan[] = [
  webhookPlan(
    "keeps webhooks, but never tells their keys",
    async (webhooks) => {
      const made = await webhooks.create(post);
      const { api_key_value: _, ...shown } = post;

      deepEqual(made, { ...shown, id: made.id, status: made.status });
      ok(made.status === "created" || made.status === "started");
      const found = await webhooks.get(made.id);
      equal("api_key_value" in found, false);
      deepEqual({ ...found, status: made.status }, made);
    },
  ),
  webhookPlan("replaces webhooks, and removes them", async (webhooks) => {
    const { id } = await webhooks.create(post);
    const put = { id, url: "https://hook.example.com/c", events: [] } as const;
    await webhooks.update({ ...put, status: "disabled" });

    deepEqual(await webhooks.get(id), { ...put, status: "disabled" });
    await webhooks.delete(id);
    const notFound = { code: "STORE_WEBHOOK_NOT_FOUND" };
    await rejects(webhooks.get(id), notFound);
    await rejects(webhooks.delete(id), notFound);
    const other = { ...put, id: createId(), status: "created" } as const;
    await rejects(webhooks.update(other), notFound);
  }),
  webhookPlan("lists webhooks by URL, page by page", async (webhooks) => {
    const last = await webhooks.create(post);
    const url = "https://hook.example.com/a";
    const tags = { use: "test" };
    const first = await webhooks.create({ ...post, url, tags });
    const page = await webhooks.list({}, { limit: 1 });
    ok(page.next !== undefined);
    const next = await webhooks.list({}, { limit: 1, page: page.next });

    const pages = [...page.items, ...next.items].map(({ id }) => id);
    deepEqual(pages, [first.id, last.id]);
    equal(next.next, undefined);
    const tagged = await webhooks.list({ tags: { use: ["test"] } });
    deepEqual(
      tagged.items.map(({ id }) => id),
      [first.id],
    );
  }),
  webhookPlan("takes no webhook that cannot be called", async (webhooks) => {
    const invalid = { code: "STORE_INVALID_REQUEST" };
    await rejects(webhooks.create({ ...post, url: "file:///a" }), invalid);
    await rejects(webhooks.create({ ...post, api_key_name: "a b" }), invalid);

    deepEqual((await webhooks.list()).items, []);
  }),
];

function webhookPlan(
  title: string,
  check: (webhooks: WebhookStore) => Promise<void>,
): StorePlan {
  return storePlan(title, async ({ webhooks }: FlowStore) => {
    if (webhooks !== undefined) await check(webhooks);
  });
}
