import type { FlowStore } from "@sluice/store";
import { Hono } from "hono";
import { replyError, replyRefusal } from "../http/reply-error.ts";
import { replyJson } from "../http/reply.ts";
import { statusOf } from "../http/status-of.ts";
import type { Route } from "../http/route.ts";
import { allRoutes } from "../routes/all-routes.ts";
import { answerCall } from "./answer-call.ts";
import type { App, AppOptions } from "./app-options.ts";
import { toAppSetup, type AppSetup } from "./app-setup.ts";
import type { Call } from "./call.ts";
import { createOpenApi } from "./open-api.ts";
import { runRoute } from "./run-route.ts";

interface Environment {
  readonly Bindings: { readonly call: Call };
}

/**
 * Makes a TAMS 8.2 service of a store: what answers requests, on any platform that has
 * `Request` and `Response`.
 *
 * The store stays with who opened it, and has to be open for as long as requests come. All
 * rules are the store's: this is a door, which translates.
 *
 * Source: TAMS 8.2; our decisions 0084 to 0086.
 *
 * @param store The store.
 * @param options Who may do what, and how much is taken.
 * @returns What answers requests; it never rejects.
 * @throws {RangeError} If a limit is not above 0.
 * @throws {TypeError} If the public URL is none.
 *
 * @example Ask a service what it is
 * ```ts
 * import { createApp } from "@sluice/server";
 * import { openMemoryStore } from "@sluice/store";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * await asyncWith(openMemoryStore(), async (store) => {
 *   const app = createApp(store);
 *   const response = await app(new Request("http://localhost/service"));
 *
 *   assert.equal(response.status, 200);
 * });
 * ```
 */
export function createApp(store: FlowStore, options: AppOptions = {}): App {
  const setup = toAppSetup(store, options);
  const router = createRouter(setup);
  return (request) =>
    answerCall(setup, request, async (call) => router.fetch(request, { call }));
}

function createRouter(setup: AppSetup): Hono<Environment> {
  const router = new Hono<Environment>({
    // As it was sent: it is split before it is decoded.
    getPath: (request) => new URL(request.url).pathname,
  });
  for (const route of allRoutes) addRoute(router, setup, route);
  addOwnRoutes(router, setup);
  for (const path of new Set(allRoutes.map((route) => route.path))) {
    refuseOthers(router, path);
  }
  router.notFound(({ req }) =>
    replyRefusal(404, {
      type: "SERVER_NOT_FOUND",
      summary: `There is nothing at '${new URL(req.url).pathname}': GET / lists what there is`,
    }),
  );
  router.onError((error, { env, req }) => {
    // Who asked has gone: nobody reads what is answered.
    if (req.raw.signal.aborted) return new Response(null, { status: 499 });
    // What was asked wrongly is told to who asked.
    if (statusOf(error) >= 500) {
      setup.logger?.error({ err: error, requestId: env.call.id }, "failed");
    }
    return replyError(error, env.call.id);
  });
  return router;
}

function addRoute(
  router: Hono<Environment>,
  setup: AppSetup,
  route: Route,
): void {
  router.on(route.method, toPattern(route.path), ({ req, env }) =>
    runRoute(setup, route, { request: req.raw, call: env.call }),
  );
}

/** What is not of TAMS. */
function addOwnRoutes(router: Hono<Environment>, setup: AppSetup): void {
  router.get("/healthz", () => replyJson({ status: "ok" }));
  router.get("/readyz", async () => {
    await setup.store.getService();
    return replyJson({ status: "ready" });
  });
  for (const route of createOwnRoutes(setup)) addRoute(router, setup, route);
}

/** Of these, what is not for everyone. */
function createOwnRoutes({ metrics }: AppSetup): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/metrics",
      summary: "Tell what is counted, as Prometheus reads it",
      replies: { 200: "The counts" },
      handle: () => metrics.reply(),
    },
    {
      method: "GET",
      path: "/openapi.json",
      summary: "Describe the API",
      replies: { 200: "The description" },
      handle: ({ base }) =>
        Promise.resolve(replyJson(createOpenApi(allRoutes, base))),
    },
  ];
}

function refuseOthers(router: Hono<Environment>, path: string): void {
  const methods = allRoutes
    .filter((route) => route.path === path)
    .flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  const allow = [...methods, "OPTIONS"].join(", ");
  router.all(toPattern(path), ({ req, env }) => {
    env.call.route = path;
    if (req.method === "OPTIONS") {
      return new Response(null, { status: 204, headers: { Allow: allow } });
    }
    return replyRefusal(
      405,
      {
        type: "SERVER_METHOD_NOT_ALLOWED",
        summary: `Cannot ${req.method} '${path}': it takes ${allow}`,
      },
      { Allow: allow },
    );
  });
}

function toPattern(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
