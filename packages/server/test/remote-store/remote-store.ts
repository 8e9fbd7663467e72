import { MediaUrls } from "@sluice/server";
import { serve, type ServeOptions } from "@sluice/server/node";
import {
  createFlowStore,
  MemoryBucket,
  MemoryIndex,
  openRemoteStore,
  type FlowStore,
} from "@sluice/store";
import {
  asyncContextManager,
  AsyncExitStack,
  type AsyncContextManager,
} from "sluice";

const storages = [
  "7d5f5a38-0d2c-4b3b-8f06-59a5c5d5d8a1",
  "5b0e1d4b-93f2-4a0c-9d8a-0d5a7b3c9e10",
];

/** A store, and the URL that it is served at. */
export interface ServedStore {
  readonly store: FlowStore;
  readonly url: string;
}

/** Serves an empty store with two storage backends, by a real server. */
export const serveStore: (
  options?: ServeOptions,
) => AsyncContextManager<ServedStore, false> = asyncContextManager(
  async function* (options: ServeOptions = {}) {
    const stack = new AsyncExitStack();
    try {
      const mediaUrls = options.mediaUrls ?? new MediaUrls();
      const store = await stack.enter(
        createFlowStore({
          index: new MemoryIndex(),
          buckets: storages.map((id, at) => ({
            backend: {
              id,
              label: `bucket ${at}`,
              default_storage: at === 0,
              store_type: "http_object_store",
              provider: "sluice",
              store_product: "memory",
            } as const,
            bucket: new MemoryBucket(),
          })),
          createUrls: mediaUrls.createUrls,
        }),
      );
      const { url } = await stack.enter(
        serve(store, { mediaUrls, ...options }),
      );
      yield { store, url };
    } catch (error) {
      await stack.raise(error);
      throw error;
    }
    await stack.aclose();
  },
  { suppresses: false },
);

/** Opens a store that is served, from the other end. */
export const openServedStore: () => AsyncContextManager<FlowStore, false> =
  asyncContextManager(
    async function* () {
      const stack = new AsyncExitStack();
      try {
        const { url } = await stack.enter(serveStore());
        yield await stack.enter(openRemoteStore(url));
      } catch (error) {
        await stack.raise(error);
        throw error;
      }
      await stack.aclose();
    },
    { suppresses: false },
  );
