import {
  authorizeByScope,
  createApp,
  createAuthentication,
  withoutAuthentication,
  type App,
} from "@sluice/server";
import { openMemoryStore } from "@sluice/store";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { checkReply } from "../support/check-reply.ts";
import { ids, videoFlow } from "../support/documents.ts";

const reader = "a-token-that-may-read";
const writer = "a-token-that-may-write";
const authenticate = createAuthentication({
  tokens: [
    { token: reader, name: "reader", scopes: ["read"] },
    { token: writer, name: "writer", scopes: ["read", "write"] },
  ],
});

describe("an app with authentication", () => {
  it.each([
    ["GET", "/"],
    ["GET", "/service"],
    ["HEAD", "/flows"],
    ["GET", "/flows?limit=none"],
    ["GET", "/flows/not-an-id"],
    ["PUT", `/flows/${ids.flow}`],
    ["PATCH", "/flows"],
    ["GET", "/nothing/here"],
    ["GET", "/media/abc"],
    ["PUT", "/media/abc"],
    ["GET", "/metrics"],
    ["GET", "/openapi.json"],
  ])("answers %s %s by 401 to who shows nothing", (method, path) =>
    withApp(async (app) => {
      const body = method === "PUT" ? { body: "{ no JSON" } : {};
      const response = await ask(app, method, path, { ...body });

      expect(response.status).toBe(401);
      expect(response.headers.get("WWW-Authenticate")).toBe(
        'Bearer realm="TAMS"',
      );
      await checkReply(method, path, response);
    }),
  );

  it("refuses by 403 before it reads the body", () =>
    withApp(async (app) => {
      const response = await ask(app, "PUT", `/flows/${ids.flow}`, {
        token: reader,
        body: "{ no JSON",
      });

      expect(response.status).toBe(403);
    }));

  it("writes down who made a flow", () =>
    withApp(async (app) => {
      const path = `/flows/${ids.flow}`;
      const body = JSON.stringify(videoFlow());
      const made = await ask(app, "PUT", path, { token: writer, body });

      expect(made.status).toBe(201);
      expect(await made.json()).toMatchObject({ created_by: "writer" });
    }));

  it("takes a token in the URL, and keeps it in the link to the next page", () =>
    withApp(async (app) => {
      for (const id of [ids.flow, ids.other]) {
        const body = JSON.stringify(videoFlow({ id }));
        await ask(app, "PUT", `/flows/${id}`, { token: writer, body });
      }
      const path = `/flows?limit=1&access_token=${reader}`;
      const response = await ask(app, "GET", path);

      expect(response.status).toBe(200);
      expect(response.headers.get("Link")).toContain(`access_token=${reader}`);
    }));

  it("tells without credentials that it lives, and lets pages ask first", () =>
    withApp(async (app) => {
      const health = await ask(app, "GET", "/healthz");
      const preflight = await app(
        new Request("https://tams.example/flows", {
          method: "OPTIONS",
          headers: {
            Origin: "https://page.example",
            "Access-Control-Request-Method": "GET",
          },
        }),
      );

      expect([health.status, preflight.status]).toEqual([200, 204]);
    }));
});

function withApp(block: (app: App) => Promise<void>): Promise<void> {
  return asyncWith(openMemoryStore(), (store) =>
    block(createApp(store, { authenticate, authorize: authorizeByScope })),
  );
}

async function ask(
  app: App,
  method: string,
  path: string,
  { token, body }: { readonly token?: string; readonly body?: string } = {},
): Promise<Response> {
  return app(
    new Request(`https://tams.example${path}`, {
      method,
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      ...(body !== undefined && { body }),
    }),
  );
}

describe("an app that asks nobody who they are", () => {
  it("lets no page of another origin in, unless it is told to", async () => {
    await asyncWith(openMemoryStore(), async (store) => {
      const authenticate = withoutAuthentication({ host: "127.0.0.1" });
      const app = createApp(store, { authenticate });
      const from = (Origin: string) =>
        app(new Request("http://127.0.0.1/flows", { headers: { Origin } }));

      expect((await from("https://evil.example")).status).toBe(403);
      expect((await from("http://localhost:5173")).status).toBe(200);
    });
  });
});
