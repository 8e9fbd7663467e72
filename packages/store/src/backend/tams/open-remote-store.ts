import { TamsClient, type TransportOptions } from "@sluice/tams";
import { asyncContextManager, type AsyncContextManager } from "sluice";
import type { FlowStore } from "../../port/flow-store.ts";
import { OpenState } from "../../rules/open-state.ts";
import { RemoteCalls } from "./remote-calls.ts";
import { RemoteFlowStore } from "./remote-flow-store.ts";

/** How a store that is a TAMS service is reached. */
export interface RemoteStoreOptions extends TransportOptions {
  /**
   * How many objects are read at the same time at most, and how many are written; 8 each by
   * default. Streams are not counted: who reads one holds it.
   */
  readonly transfers?: number | undefined;
}

/**
 * Makes a manager of a store that is a TAMS service: Sluice's own, or another's.
 *
 * Entering asks the service what it is, so that a wrong URL or wrong credentials are told at
 * once. Bytes go straight to and from where the service says: presigned URLs first, then those
 * of the service itself, which take its credentials; nobody else is sent them. What fails for a
 * moment is tried again where that is safe, readings that are cut off go on where they were,
 * and URLs whose time is up are asked for anew. Leaving ends what is under way, and waits for
 * it; from then on each method throws a `ClosedError`.
 *
 * TAMS cannot do all that a store in this process can:
 *
 * - `addSegmentsAtomically` of more than one segment is not atomic: see `capabilities`.
 * - `renewObjects` gives false.
 * - `actor` is not passed on: the service tells who asks by the credentials.
 * - `writeObject` takes what `allocateObjects` of this store gave, and no copy of it: with it
 *   goes the URL to write to, which TAMS gives once.
 * - an object is read once a segment refers to it, not before.
 *
 * Where a service is not reached, its answers make no sense, or it fails, errors of
 * `@sluice/tams` are thrown: `ServiceUnreachableError`, `WireError`, `ResponseError`,
 * `AuthenticationError`.
 *
 * Source: TAMS 8.2; our decision 0087.
 *
 * @param url The service's URL. A name and a password in it are its credentials, unless there
 * are others.
 * @param options Credentials, when requests are made again, and how many go on at a time.
 * @returns The manager; it gives the store. Entering it throws `StorageAccessError` if there is
 * no service, or it does not take the credentials.
 * @throws {TypeError} If the URL is none of HTTP.
 * @throws {RangeError} If a number is out of bounds.
 *
 * @example Flows of a service
 * ```ts
 * import { openRemoteStore } from "@sluice/store";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * // A service that has nothing, in place of a real one.
 * const service = {
 *   type: "urn:x-tams:service.example",
 *   api_version: "8.2",
 *   min_object_timeout: "600:0",
 * };
 * const fetch = (url: string | URL | Request) =>
 *   Promise.resolve(Response.json(String(url).endsWith("/service") ? service : []));
 *
 * const manager = openRemoteStore("https://tams.example/", {
 *   credentials: { kind: "bearer", token: "secret" },
 *   fetch,
 * });
 * await asyncWith(manager, async (store) => {
 *   assert.deepEqual((await store.listFlows()).items, []);
 * });
 * ```
 */
export function openRemoteStore(
  url: string | URL,
  options: RemoteStoreOptions = {},
): AsyncContextManager<FlowStore, false> {
  const { transfers = 8, ...rest } = options;
  const open = new OpenState();
  const client = new TamsClient(url, rest);
  const calls = new RemoteCalls(client, open, hideSecrets(url));
  return openStore(new RemoteFlowStore(calls, transfers), open);
}

const openStore = asyncContextManager(
  async function* (
    store: RemoteFlowStore,
    open: OpenState,
  ): AsyncGenerator<FlowStore, void, void> {
    try {
      await store.getService();
      yield store;
    } finally {
      await open.close();
    }
  },
  { suppresses: false },
);

/** A URL as it may be told in errors. */
function hideSecrets(text: string | URL): string {
  const url = new URL(text);
  url.username = url.password = url.search = "";
  return url.href;
}
