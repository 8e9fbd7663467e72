import { deepEqual, equal } from "node:assert/strict";
import type { WebhookRecord } from "../../port/webhook-index.ts";
import {
  claimSame,
  indexPlan,
  read,
  write,
  type IndexPlan,
} from "./index-plan.ts";

/** What an index promises of subscriptions, and of what subscribers are to be told. */
export const webhookLaws: readonly IndexPlan[] = [
  indexPlan("keeps subscriptions, and lists them by URL", async (index) => {
    const first = makeWebhook("b", { url: "https://a.example/" });
    const second = makeWebhook("a", { url: "https://b.example/" });
    await write(index, async ({ webhooks }) => {
      await webhooks.put(makeWebhook("b", { url: "https://z.example/" }));
      await webhooks.put(second);
      await webhooks.put(first);
    });

    const list = (reverseOrder: boolean, limit: number, page?: string) =>
      read(index, ({ webhooks }) =>
        webhooks.list(
          { reverseOrder },
          { limit, ...(page !== undefined && { page }) },
        ),
      );
    claimSame(await read(index, (it) => it.webhooks.find("b")), first);
    const page = await list(false, 1);
    claimSame(page.items, [first]);
    claimSame((await list(false, 1, page.next)).items, [second]);
    claimSame((await list(true, 9)).items, [second, first]);
  }),
  indexPlan("lists subscriptions by their tags", async (index) => {
    await write(index, async ({ webhooks }) => {
      await webhooks.put(makeWebhook("a", { tags: { use: ["x", "y"] } }));
      await webhooks.put(makeWebhook("b", { tags: { use: "z" } }));
      await webhooks.put(makeWebhook("c", {}));
    });

    const list = async (query: object) => {
      const { items } = await read(index, ({ webhooks }) =>
        webhooks.list(query, { limit: 9 }),
      );
      return items.map(({ id }) => id);
    };
    deepEqual(await list({ tags: { use: ["y", "other"] } }), ["a"]);
    deepEqual(await list({ tagExists: { use: false } }), ["c"]);
  }),
  indexPlan("tells which subscriptions are active, by id", async (index) => {
    await write(index, async ({ webhooks }) => {
      await webhooks.put(makeWebhook("d", { status: "started" }));
      await webhooks.put(makeWebhook("c", { status: "disabled" }));
      await webhooks.put(makeWebhook("b", { status: "error" }));
      await webhooks.put(makeWebhook("a", { status: "created" }));
    });

    const active = await read(index, (it) => it.webhooks.listActive());
    deepEqual(
      active.map(({ id }) => id),
      ["a", "d"],
    );
  }),
  indexPlan("keeps events in order, by subscription", async (index) => {
    const append = (webhookId: string, document: string) =>
      write(index, ({ webhooks }) =>
        webhooks.appendEvent({ webhookId, document, authClasses: ["news"] }),
      );
    const list = async (webhookId: string, limit = 9) => {
      const events = await read(index, ({ webhooks }) =>
        webhooks.listEvents(webhookId, limit),
      );
      return events.map(({ document }) => document);
    };
    equal(await append("a", "1"), 1);
    equal(await append("b", "2"), 1);
    equal(await append("a", "3"), 2);
    equal(await append("a", "4"), 3);

    deepEqual(await list("a"), ["1", "3", "4"]);
    deepEqual(await list("a", 2), ["1", "3"]);
    deepEqual(await list("b"), ["2"]);
    const [first] = await read(index, (it) => it.webhooks.listEvents("a", 1));
    deepEqual(first?.authClasses, ["news"]);
    await write(index, (it) => it.webhooks.removeEvent("a", first.sequence));
    deepEqual(await list("a"), ["3", "4"]);
    equal(await append("a", "5"), 3);
    await write(index, (it) => it.webhooks.remove("a"));
    deepEqual([await list("a"), await list("b")], [[], ["2"]]);
  }),
  indexPlan("loses events with the change that fails", async (index) => {
    const event = { webhookId: "a", document: "1", authClasses: [] };
    const failure = write(index, async ({ webhooks }) => {
      await webhooks.appendEvent(event);
      throw new RangeError("It is not to be");
    });

    await failure.catch((error: unknown) => {
      equal(error instanceof RangeError, true);
    });
    const left = await read(index, (it) => it.webhooks.listEvents("a", 9));
    deepEqual(left, []);
  }),
];

function makeWebhook(
  id: string,
  more: Partial<WebhookRecord["webhook"]>,
): WebhookRecord {
  const url = `https://${id}.example/`;
  return {
    id,
    webhook: { id, url, events: [], status: "created", ...more },
    apiKeyValue: "secret",
    owner: { name: "ada", groups: ["news"], readsAll: false },
  };
}
