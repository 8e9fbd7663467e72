import type { Identity, Scope } from "../http/identity.ts";
import { replyRefusal } from "../http/reply-error.ts";
import type { Route } from "../http/route.ts";
import { defaultScopePrefix, scopes } from "./scopes.ts";

/** What a path asks for: one of the scopes, or any of them. */
type Demand = Scope | "any";

type Verbs = Partial<Readonly<Record<Route["method"], Demand>>>;

const property: Verbs = { GET: "read", PUT: "write", DELETE: "write" };
const readable: Verbs = { GET: "read" };
const open: Verbs = { GET: "any" };

/**
 * What each path and verb asks for; what is not here asks for `admin`.
 *
 * Source: TAMS 8.2, application note 0016, with its table's `read` for changing webhooks,
 * which clients rely on (our decision 0088). The last is ours.
 */
const demands: Readonly<Record<string, Verbs>> = {
  "/": open,
  "/service": { GET: "any", POST: "admin" },
  "/service/storage-backends": open,
  "/service/profiles": readable,
  "/service/profiles/{profileId}": { GET: "read", POST: "write" },
  "/service/webhooks": { GET: "read", POST: "write" },
  "/service/webhooks/{webhookId}": { GET: "read", PUT: "read", DELETE: "read" },
  "/sources": readable,
  "/sources/{sourceId}": readable,
  "/sources/{sourceId}/tags": readable,
  "/sources/{sourceId}/tags/{name}": property,
  "/sources/{sourceId}/description": property,
  "/sources/{sourceId}/label": property,
  "/flows": readable,
  "/flows/{flowId}": { GET: "read", PUT: "write", DELETE: "delete" },
  "/flows/{flowId}/tags": readable,
  "/flows/{flowId}/tags/{name}": property,
  "/flows/{flowId}/description": property,
  "/flows/{flowId}/label": property,
  "/flows/{flowId}/read_only": { GET: "read", PUT: "write" },
  "/flows/{flowId}/flow_collection": property,
  "/flows/{flowId}/max_bit_rate": property,
  "/flows/{flowId}/avg_bit_rate": property,
  "/flows/{flowId}/segments": { GET: "read", POST: "write", DELETE: "delete" },
  "/flows/{flowId}/storage": { POST: "write" },
  "/objects/{objectId}": readable,
  "/objects/{objectId}/instances": { POST: "write", DELETE: "write" },
  "/flow-delete-requests": { GET: "admin" },
  "/flow-delete-requests/{requestId}": { GET: "delete" },
  "/media/{key}": { GET: "read", PUT: "write" },
};

/**
 * Tells which scope a verb on a path asks for.
 *
 * @param route The verb, and the path with its places in braces.
 * @returns One of the scopes; `any`, if each of them does.
 */
function findDemand({ method, path }: Pick<Route, "method" | "path">): Demand {
  if (!Object.hasOwn(demands, path)) return "admin";
  return demands[path]?.[method] ?? "admin";
}

/**
 * Decides by scopes whether somebody may use a verb on a path: what a server takes as its
 * `authorize`.
 *
 * Source: TAMS 8.2, application note 0016.
 *
 * @param identity Who asks.
 * @param route The verb, and the path with its places in braces.
 * @returns A refusal, a 403; nothing, if they may.
 *
 * @example Who may read may not write
 * ```ts
 * import { authorizeByScope } from "@sluice/server";
 * import assert from "node:assert/strict";
 *
 * const player = { scopes: ["read"] } as const;
 * const flow = "/flows/{flowId}";
 *
 * assert.equal(authorizeByScope(player, { method: "GET", path: flow }), undefined);
 * assert.equal(authorizeByScope(player, { method: "PUT", path: flow })?.status, 403);
 * ```
 */
export function authorizeByScope(
  identity: Identity | undefined,
  route: Pick<Route, "method" | "path">,
): Response | undefined {
  const demand = findDemand(route);
  const owned = identity?.scopes ?? [];
  if (owned.includes("admin")) return undefined;
  const isMet = demand === "any" ? owned.length > 0 : owned.includes(demand);
  if (isMet) return undefined;
  const wanted = demand === "any" ? scopes : [demand];
  const names = wanted.map((scope) => `${defaultScopePrefix}${scope}`);
  return replyRefusal(
    403,
    {
      type: "SERVER_FORBIDDEN",
      summary: `Cannot ${route.method} ${route.path} with these credentials: it asks for the scope ${wanted.join(" or ")}`,
    },
    {
      "WWW-Authenticate": `Bearer error="insufficient_scope", scope="${names.join(" ")}"`,
    },
  );
}
