import {
  FlowProvider,
  openEmbeddedStore,
  openRemoteStore,
  type FlowSession,
  type FlowStoreManager,
} from "@sluice/store";
import { asyncWith } from "sluice";
import {
  readStoreCredentials,
  type CredentialsPrefix,
} from "./store-credentials.ts";
import type { CommandContext } from "./work.ts";

/** How a store is opened. */
export interface ConnectOptions {
  /** Whether a folder that is not there becomes a store. */
  readonly create: boolean;
  /** Which variables a service's credentials are in; those of `SLUICE` by default. */
  readonly credentials?: CredentialsPrefix;
}

/** Opens the store of a URL for a block. */
export async function withSession<R>(
  { store, io }: Pick<CommandContext, "store" | "io">,
  { create, credentials: prefix = "SLUICE" }: ConnectOptions,
  work: (session: FlowSession) => Promise<R>,
): Promise<R> {
  const openService = (url: string): FlowStoreManager => {
    const { env = {} } = io;
    const credentials = hasCredentials(url)
      ? undefined
      : readStoreCredentials(env, prefix);
    return openRemoteStore(url, credentials && { credentials });
  };
  const provider = new FlowProvider(store, {
    schemes: {
      "file:": (place) => openEmbeddedStore(place, { create }),
      "http:": openService,
      "https:": openService,
    },
  });
  return asyncWith(provider, (session) => {
    io.signal.throwIfAborted();
    return work(session);
  });
}

/** Whether a URL says itself who asks. */
function hasCredentials(url: string): boolean {
  return URL.canParse(url) && new URL(url).username !== "";
}
