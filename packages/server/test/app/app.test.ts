import { createApp, type AppOptions } from "@sluice/server";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { checkReply, hasSpecification } from "../support/check-reply.ts";
import { ids, putFlow } from "../support/documents.ts";
import { serveMemory } from "../support/serve-memory.ts";

describe("answers", () => {
  it.skipIf(!hasSpecification)(
    "are checked by the specification's schemas (skipped if it is not there)",
    async () => {
      const wrong = new Response(JSON.stringify({ type: 1 }), { status: 200 });

      await expect(checkReply("GET", "/service", wrong)).rejects.toThrow();
    },
  );
});

describe("createApp()", () => {
  it("asks who it is before it looks at anything", async () => {
    const authenticate: AppOptions["authenticate"] = () =>
      Promise.resolve(
        new Response(
          '{"type":"X","summary":"","time":"2026-01-01T00:00:00Z"}',
          {
            status: 401,
            headers: { "WWW-Authenticate": "Bearer" },
          },
        ),
      );
    await asyncWith(serveMemory({ authenticate }), async ({ ask }) => {
      const paths = [
        "/",
        "/service",
        "/flows/x",
        "/nowhere",
        "/metrics",
        "/media/x",
      ];
      for (const path of paths) {
        expect((await ask("GET", path)).status, path).toBe(401);
      }
      const put = await ask("PUT", `/flows/${ids.flow}`, { body: "{" });
      expect(put.status).toBe(401);
      expect((await ask("GET", "/healthz")).status).toBe(200);
      expect((await ask("GET", "/media/x?token=y")).status).toBe(404);
    });
  });

  it("writes down who did it", async () => {
    const authenticate = () => Promise.resolve({ name: "ann" });
    await asyncWith(serveMemory({ authenticate }), async ({ ask, store }) => {
      await putFlow(ask);
      await ask("PUT", `/sources/${ids.source}/label`, { json: "a" });

      expect(await store.getFlow(ids.flow)).toMatchObject({
        created_by: "ann",
      });
      expect(await store.getSource(ids.source)).toMatchObject({
        updated_by: "ann",
      });
    });
  });

  it("shows each the store that they may see, and refuses what they may not do", async () => {
    await asyncWith(serveMemory(), async ({ store, ask: askAll }) => {
      await putFlow(askAll);
      const app = createApp(store, {
        authorize: (_, { method }) =>
          method === "GET" ? undefined : new Response(null, { status: 403 }),
        restrict: (all) => ({
          ...all,
          listFlows: () =>
            Promise.resolve({ items: [], next: undefined, limit: 1 }),
        }),
      });

      const list = await app(new Request("http://localhost/flows"));
      const put = await app(
        new Request(`http://localhost/flows/${ids.flow}/label`, {
          method: "DELETE",
        }),
      );

      expect(await list.json()).toEqual([]);
      expect(put.status).toBe(403);
    });
  });

  it("lets pages of named origins in, and no others", async () => {
    const origins = ["https://example.com"];
    await asyncWith(serveMemory({ origins }), async ({ ask }) => {
      const from = (Origin: string) =>
        ask("GET", "/flows", { headers: { Origin } });
      const good = await from("https://example.com");
      const preflight = await ask("OPTIONS", "/flows", {
        headers: {
          Origin: "https://example.com",
          "Access-Control-Request-Method": "PUT",
          "Access-Control-Request-Headers": "authorization, range",
        },
      });

      expect(good.headers.get("Access-Control-Allow-Origin")).toBe(origins[0]);
      expect(good.headers.get("Access-Control-Expose-Headers")).toContain(
        "Link",
      );
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("Access-Control-Allow-Methods")).toContain(
        "PUT",
      );
      expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe(
        "authorization, range",
      );
      expect((await from("https://example.org")).status).toBe(403);
      expect((await from("http://localhost:4010")).status).toBe(200);
    });
  });

  it("tells no secrets of its own failures, and names the request", async () => {
    await asyncWith(serveMemory(), async ({ store }) => {
      const app = createApp(
        {
          ...store,
          listFlows: () => Promise.reject(new Error("/secret/path")),
          listSources: () => new Promise(() => {}),
        },
        { limits: { requestTimeoutMs: 5 } },
      );
      const headers = { "X-Request-Id": "request-1" };

      const failed = await app(
        new Request("http://localhost/flows", { headers }),
      );
      const late = await app(new Request("http://localhost/sources"));

      expect(failed.status).toBe(500);
      expect(failed.headers.get("X-Request-Id")).toBe("request-1");
      const text = await failed.text();
      expect(text).toContain("request-1");
      expect(text).not.toContain("secret");
      expect(late.status).toBe(503);
      expect(late.headers.get("Retry-After")).toBe("1");
    });
  });

  it("takes no body that is too long, told or not", async () => {
    const limits = { maxBodyBytes: 100 };
    await asyncWith(serveMemory({ limits }), async ({ ask }) => {
      const text = JSON.stringify({ name: "x".repeat(100) });
      const body = new Blob([text]).stream();

      expect((await ask("POST", "/service", { body: text })).status).toBe(413);
      expect((await ask("POST", "/service", { body })).status).toBe(413);
    });
  });

  it("counts what it answers, by path and status", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await ask("GET", `/flows/${ids.unknown}`);

      const text = await (await ask("GET", "/metrics")).text();

      expect(text).toContain(
        'http_request_duration_seconds_count{method="GET",route="/flows/{flowId}",status="404"} 1',
      );
    });
  });

  it("describes what it serves", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      const response = await ask("GET", "/openapi.json");

      expect(await response.json()).toMatchObject({
        openapi: "3.1.0",
        paths: {
          "/flows/{flowId}/segments": { get: {}, post: {}, delete: {} },
          "/service": { get: { responses: { 200: { content: {} } } } },
        },
      });
    });
  });

  it("refuses options that cannot be", async () => {
    await asyncWith(serveMemory(), ({ store }) => {
      const limits = { maxBodyBytes: 0 };
      expect(() => createApp(store, { limits })).toThrow(RangeError);
      expect(() => createApp(store, { publicUrl: "x" })).toThrow(TypeError);
      expect(() => createApp(store, { publicUrl: "ftp://x" })).toThrow(
        TypeError,
      );
    });
  });
});
