import {
  createApp,
  MediaUrls,
  type App,
  type AppOptions,
} from "@sluice/server";
import {
  openMemoryStore,
  type FlowStore,
  type MemoryStoreOptions,
} from "@sluice/store";
import {
  asyncContextManager,
  AsyncExitStack,
  type AsyncContextManager,
} from "sluice";
import { checkReply } from "./check-reply.ts";

/** An app over a store of its own. */
export interface ServedStore {
  readonly store: FlowStore;
  /** Asks it; checks that the answer is as the specification has it. */
  readonly ask: Ask;
  readonly app: App;
  readonly mediaUrls: MediaUrls;
}

/** Asks an app for a path. */
export type Ask = (
  method: string,
  path: string,
  options?: {
    readonly json?: unknown;
    readonly body?: BodyInit;
    readonly headers?: Readonly<Record<string, string>>;
  },
) => Promise<Response>;

/** Where the tests' apps are. */
export const origin = "http://localhost:4010";

/** Opens a store in memory, and an app over it. */
export const serveMemory: (
  options?: AppOptions & { readonly store?: MemoryStoreOptions },
) => AsyncContextManager<ServedStore, boolean> = asyncContextManager(
  async function* ({
    store: storeOptions,
    ...options
  }: AppOptions & { readonly store?: MemoryStoreOptions } = {}) {
    const mediaUrls = options.mediaUrls ?? new MediaUrls();
    await using stack = new AsyncExitStack();
    const store = await stack.enter(
      openMemoryStore({ createUrls: mediaUrls.createUrls, ...storeOptions }),
    );
    const app = createApp(store, { mediaUrls, ...options });
    yield { store, app, mediaUrls, ask: createAsk(app) };
  },
);

/** Makes what asks an app. */
function createAsk(app: App): Ask {
  return async (method, path, { json, body, headers = {} } = {}) => {
    const request = new Request(new URL(path, origin), {
      method,
      headers,
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body !== undefined && { body, duplex: "half" }),
    });
    const response = await app(request);
    await checkReply(method, new URL(path, origin).pathname, response.clone());
    return response;
  };
}
