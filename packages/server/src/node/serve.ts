import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { FlowStore } from "@sluice/store";
import { asyncContextManager, type AsyncContextManager } from "sluice";
import type { AppOptions } from "../app/app-options.ts";
import { createApp } from "../app/create-app.ts";
import {
  isLoopback,
  withoutAuthentication,
} from "../auth/without-authentication.ts";
import { toBase } from "../http/base-url.ts";
import { Connections } from "./connections.ts";

/** How a store is served by a process. */
export interface ServeOptions extends AppOptions {
  /** On which of the machine's addresses; `127.0.0.1`, which others do not reach, by default. */
  readonly host?: string | undefined;
  /** On which port; 0, any that is free, by default. */
  readonly port?: number | undefined;
  /**
   * How long requests that have begun may take when the block ends, in milliseconds; 10 s by
   * default. What is still under way then is cut off.
   */
  readonly stopTimeoutMs?: number | undefined;
  /** How long a connection may stand still in the middle of a request; 120 s by default. */
  readonly idleTimeoutMs?: number | undefined;
  /** How long the headers of a request may take, in milliseconds; 15 s by default. */
  readonly headersTimeoutMs?: number | undefined;
}

/** A server that listens. */
export interface RunningServer {
  /** Where the API begins: `http://127.0.0.1:4010/`, or its public URL. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
}

/**
 * Serves a store by HTTP for a block.
 *
 * Entering listens; leaving takes no more connections, finishes the requests that have begun,
 * for as long as `stopTimeoutMs`, and then cuts off what is left. Close the store after it:
 * enter it before.
 *
 * @param store The store, which stays open for longer than the block.
 * @param options Where it listens, who may do what, and how much is taken.
 * @returns A manager that gives where it is.
 * @throws {RangeError} If a limit is not above 0; at once.
 * @throws Node's error, on entering, if it cannot listen there: `EADDRINUSE`.
 *
 * @example Serve a store
 * ```ts
 * import { serve } from "@sluice/server/node";
 * import { openMemoryStore } from "@sluice/store";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * await asyncWith(openMemoryStore(), (store) =>
 *   asyncWith(serve(store), async ({ url }) => {
 *     const response = await fetch(`${url}service`);
 *
 *     assert.equal(response.status, 200);
 *   }),
 * );
 * ```
 */
export function serve(
  store: FlowStore,
  options: ServeOptions = {},
): AsyncContextManager<RunningServer, false> {
  const { host = "127.0.0.1", publicUrl } = options;
  // Without it a page that gives its own name this machine's address could do everything.
  const isAlone = publicUrl === undefined && isLoopback(host);
  const app = createApp(store, {
    processMetrics: true,
    ...(isAlone && { authenticate: withoutAuthentication({ host }) }),
    ...options,
  });
  const listener = getRequestListener(app, { overrideGlobalObjects: false });
  const server = createServer(
    // Header blocks are limited to 16 KiB by Node itself.
    { noDelay: true, keepAlive: true },
    (request, response) => {
      connections.follow(response, listener(request, response));
    },
  );
  const connections = new Connections(server);
  server.headersTimeout = options.headersTimeoutMs ?? 15_000;
  // Objects may be large: what stands still is cut off, not what takes long.
  server.requestTimeout = 0;
  server.setTimeout(options.idleTimeoutMs ?? 120_000);
  return run(server, connections, options);
}

const run = asyncContextManager(
  async function* (
    server: Server,
    connections: Connections,
    options: ServeOptions,
  ) {
    const { host = "127.0.0.1", port = 0 } = options;
    await listen(server, { host, port });
    // It listens on a port.
    const address = server.address() as AddressInfo;
    const { publicUrl } = options;
    const url =
      publicUrl === undefined
        ? toUrl(host, address.port)
        : toBase(publicUrl).href;
    try {
      yield { url, port: address.port };
    } finally {
      await connections.stop(options.stopTimeoutMs ?? 10_000);
    }
  },
  { suppresses: false },
);

function listen(
  server: Server,
  place: { readonly host: string; readonly port: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(place, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function toUrl(host: string, port: number): string {
  const isAll = host === "0.0.0.0" || host === "::";
  const name = isAll ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}
