import {
  authorizeByScope,
  withoutAuthentication,
  type Scope,
} from "@sluice/server";
import { describe, expect, it } from "vitest";

const scopes: readonly Scope[] = ["read", "write", "delete", "admin"];

/** The scope column of TAMS 8.2, application note 0016: who may, besides `admin`. */
const table: readonly (readonly [string, string, string])[] = [
  ["GET", "/", "any"],
  ["GET", "/service", "any"],
  ["POST", "/service", "admin"],
  ["GET", "/service/storage-backends", "any"],
  ["GET", "/service/profiles", "read"],
  ["GET", "/service/profiles/{profileId}", "read"],
  ["POST", "/service/profiles/{profileId}", "write"],
  ["GET", "/service/webhooks", "read"],
  ["POST", "/service/webhooks", "write"],
  ["GET", "/service/webhooks/{webhookId}", "read"],
  ["PUT", "/service/webhooks/{webhookId}", "read"],
  ["DELETE", "/service/webhooks/{webhookId}", "read"],
  ["GET", "/sources", "read"],
  ["GET", "/sources/{sourceId}", "read"],
  ["GET", "/sources/{sourceId}/tags", "read"],
  ...["/sources/{sourceId}", "/flows/{flowId}"].flatMap((thing) =>
    ["tags/{name}", "description", "label"].flatMap((name) => [
      ["GET", `${thing}/${name}`, "read"] as const,
      ["PUT", `${thing}/${name}`, "write"] as const,
      ["DELETE", `${thing}/${name}`, "write"] as const,
    ]),
  ),
  ["GET", "/flows", "read"],
  ["GET", "/flows/{flowId}", "read"],
  ["PUT", "/flows/{flowId}", "write"],
  ["DELETE", "/flows/{flowId}", "delete"],
  ["GET", "/flows/{flowId}/tags", "read"],
  ...["flow_collection", "max_bit_rate", "avg_bit_rate"].flatMap((name) => [
    ["GET", `/flows/{flowId}/${name}`, "read"] as const,
    ["PUT", `/flows/{flowId}/${name}`, "write"] as const,
    ["DELETE", `/flows/{flowId}/${name}`, "write"] as const,
  ]),
  ["GET", "/flows/{flowId}/read_only", "read"],
  ["PUT", "/flows/{flowId}/read_only", "write"],
  ["GET", "/flows/{flowId}/segments", "read"],
  ["POST", "/flows/{flowId}/segments", "write"],
  ["DELETE", "/flows/{flowId}/segments", "delete"],
  ["POST", "/flows/{flowId}/storage", "write"],
  ["GET", "/objects/{objectId}", "read"],
  ["POST", "/objects/{objectId}/instances", "write"],
  ["DELETE", "/objects/{objectId}/instances", "write"],
  ["GET", "/flow-delete-requests", "admin"],
  ["GET", "/flow-delete-requests/{requestId}", "delete"],
];

describe("authorizeByScope()", () => {
  it.each(table)("asks on %s %s for %s", (method, path, demand) => {
    const allowed = scopes.filter(
      (scope) => ask(method, path, [scope]) === undefined,
    );

    expect(allowed).toEqual(
      demand === "any"
        ? scopes
        : scopes.filter((scope) => scope === demand || scope === "admin"),
    );
  });

  it("refuses who has no scope, or is nobody, everywhere", () => {
    for (const [method, path] of table) {
      expect(ask(method, path, [])?.status).toBe(403);
      expect(ask(method, path, undefined)?.status).toBe(403);
    }
  });

  it("keeps what it does not know for administrators", () => {
    for (const path of ["/unknown", "constructor", "/flows/{flowId}/storage"]) {
      expect(ask("DELETE", path, ["read", "write", "delete"])).toBeDefined();
      expect(ask("DELETE", path, ["admin"])).toBeUndefined();
    }
  });

  it("tells which scope is missing", async () => {
    const response = ask("POST", "/flows/{flowId}/storage", ["read"]);

    expect(response?.headers.get("WWW-Authenticate")).toBe(
      'Bearer error="insufficient_scope", scope="tams-api/write"',
    );
    expect(await response?.json()).toMatchObject({ type: "SERVER_FORBIDDEN" });
  });
});

describe("withoutAuthentication()", () => {
  it.each(["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])(
    "serves %s",
    async (host) => {
      const authenticate = withoutAuthentication({ host });
      const request = new Request("http://localhost:4010/flows");

      expect(await authenticate(request)).toEqual({ scopes });
    },
  );

  it.each(["0.0.0.0", "::", "192.168.0.1", "127.0.0.1.example.com", ""])(
    "does not serve '%s'",
    (host) => {
      expect(() => withoutAuthentication({ host })).toThrow(TypeError);
    },
  );

  it("refuses requests to another name, as a page would send them", async () => {
    const authenticate = withoutAuthentication({ host: "127.0.0.1" });
    const answer = await authenticate(new Request("http://evil.example:4010/"));

    expect(answer).toBeInstanceOf(Response);
    expect(answer).toMatchObject({ status: 403 });
  });
});

function ask(
  method: string,
  path: string,
  owned: readonly Scope[] | undefined,
): Response | undefined {
  const verb = ["GET", "PUT", "POST", "DELETE"].find((one) => one === method);
  const identity = owned === undefined ? undefined : { scopes: owned };
  // All methods of the table are among them.
  return authorizeByScope(identity, {
    method: (verb ?? "GET") as "GET" | "PUT" | "POST" | "DELETE",
    path,
  });
}
