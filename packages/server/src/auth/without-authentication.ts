import type { Authenticate } from "./create-authentication.ts";
import { replyRefusal } from "../http/reply-error.ts";
import { scopes } from "./scopes.ts";

/** Which functions ask nobody who they are. */
const forAll = new WeakSet<Authenticate>();

/** Whether it lets everyone do everything. */
export function asksNobody(authenticate: Authenticate): boolean {
  return forAll.has(authenticate);
}

/**
 * Lets everyone on this machine do everything, for servers that nobody else reaches.
 *
 * A request that was sent to another name is refused: a page in a browser may otherwise give
 * its own host's name the address of this machine, and so read what only this machine may.
 *
 * Source: our decision 0088.
 *
 * @param options Where the server listens: an address, or `localhost`.
 * @returns What a server takes as its `authenticate`.
 * @throws {TypeError} If others than this machine reach that.
 *
 * @example Only on this machine
 * ```ts
 * import { withoutAuthentication } from "@sluice/server";
 * import assert from "node:assert/strict";
 *
 * withoutAuthentication({ host: "127.0.0.1" });
 * assert.throws(() => withoutAuthentication({ host: "0.0.0.0" }), TypeError);
 * ```
 */
export function withoutAuthentication({
  host,
}: {
  readonly host: string;
}): Authenticate {
  if (!isLoopback(host)) {
    throw new TypeError(
      `Cannot serve '${host}' without authentication: others than this machine may reach it; listen on 127.0.0.1, or say who may ask`,
    );
  }
  const authenticate: Authenticate = (request) => {
    const { hostname } = new URL(request.url);
    return Promise.resolve(
      isLoopback(hostname)
        ? { scopes }
        : replyRefusal(403, {
            type: "SERVER_FORBIDDEN",
            summary: `This server answers to no other name than localhost, and '${hostname}' was asked`,
          }),
    );
  };
  forAll.add(authenticate);
  return authenticate;
}

/** Tells whether only this machine reaches a host. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return (
    name === "localhost" || name === "::1" || /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}
