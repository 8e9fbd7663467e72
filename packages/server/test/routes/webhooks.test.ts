import { AddressGuard } from "@sluice/server";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { ids } from "../support/documents.ts";
import { serveMemory, type Ask } from "../support/serve-memory.ts";

const root = "/service/webhooks";
const post = {
  url: "https://hook.example.com/b",
  api_key_name: "X-Key",
  api_key_value: "secret",
  events: ["flows/created"],
  tags: { use: "test" },
};

describe(root, () => {
  it("makes, gives, changes and removes webhooks, and never tells their keys", () =>
    withAsk(async (ask) => {
      const made = await ask("POST", root, { json: post });
      const webhook = await readWebhook(made);
      const path = `${root}/${webhook.id}`;
      const put = { ...webhook, url: "https://hook.example.com/c" };
      const changed = await ask("PUT", path, {
        json: { ...put, status: "disabled" },
      });
      const given = await ask("GET", path);

      expect([made.status, changed.status, given.status]).toEqual([
        201, 201, 200,
      ]);
      const { api_key_value: _, ...shown } = post;
      expect(webhook).toEqual({ ...shown, id: webhook.id, status: "created" });
      expect(await given.json()).toEqual({ ...put, status: "disabled" });
      expect((await ask("DELETE", path)).status).toBe(204);
      expect((await ask("GET", path)).status).toBe(404);
      expect((await ask("DELETE", path)).status).toBe(404);
    }));

  it("lists webhooks by URL, page by page, and by tag", () =>
    withAsk(async (ask) => {
      await ask("POST", root, { json: post });
      const url = "https://hook.example.com/a";
      await ask("POST", root, { json: { ...post, url, tags: {} } });

      const first = await ask("GET", `${root}?limit=1`);
      expect(await first.json()).toMatchObject([{ url }]);
      const link = /<(.*)>/.exec(first.headers.get("Link") ?? "")?.[1] ?? "";
      const second = await ask("GET", link);
      expect(await second.json()).toMatchObject([{ url: post.url }]);
      const tagged = await ask("GET", `${root}?tag.use=test`);
      expect(await tagged.json()).toHaveLength(1);
      expect((await ask("HEAD", root)).headers.get("X-Paging-Count")).toBe("2");
    }));

  it.each<[string, object]>([
    ["no URL", { url: "no URL" }],
    ["a URL of another scheme", { url: "file:///etc/passwd" }],
    ["a URL with a password", { url: "https://a:b@hook.example.com/" }],
    ["a private address", { url: "http://10.0.0.1/" }],
    ["an event that is none", { events: ["flows/other"] }],
    ["a key without a header", { api_key_name: undefined }],
    ["a header that is none", { api_key_name: "X Key" }],
    ["a header of the delivery's own", { api_key_name: "Content-Length" }],
    ["a key with a line break", { api_key_value: "a\r\nX-Other: b" }],
    ["a status of ours", { status: "started" }],
  ])("refuses %s", (_, change) =>
    withAsk(async (ask) => {
      const response = await ask("POST", root, {
        json: { ...post, ...change },
      });

      expect(response.status).toBe(400);
      expect(await (await ask("GET", root)).json()).toEqual([]);
    }),
  );

  it("answers for what is not there", () =>
    withAsk(async (ask) => {
      const path = `${root}/${ids.unknown}`;
      const json = { ...post, id: ids.unknown, status: "created" };

      expect((await ask("GET", path)).status).toBe(404);
      expect((await ask("PUT", path, { json })).status).toBe(404);
      expect((await ask("GET", `${root}/not-an-id`)).status).toBe(404);
      const other = { ...json, id: ids.flow };
      expect((await ask("PUT", path, { json: other })).status).toBe(400);
    }));

  it("is told by the service, and not there where nobody delivers", async () => {
    await withAsk(async (ask) => {
      expect(await (await ask("GET", "/service")).json()).toMatchObject({
        event_stream_mechanisms: [{ name: "webhooks" }],
      });
    });
    await asyncWith(serveMemory(), async ({ ask }) => {
      expect((await ask("GET", root)).status).toBe(404);
      expect((await ask("POST", root, { json: post })).status).toBe(404);
      expect(await (await ask("GET", "/service")).json()).not.toHaveProperty(
        "event_stream_mechanisms",
      );
    });
  });
});

function withAsk(block: (ask: Ask) => Promise<void>): Promise<void> {
  const { checkUrl } = new AddressGuard();
  return asyncWith(
    serveMemory({ store: { webhooks: { checkUrl } } }),
    ({ ask }) => block(ask),
  );
}

async function readWebhook(response: Response): Promise<{ id: string }> {
  // It was checked by the specification's schema where that is there.
  return (await response.json()) as { id: string };
}
