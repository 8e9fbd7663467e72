import type { ObjectFormat } from "@sluice/media";
import {
  asyncContextManager,
  asyncEnter,
  asyncExit,
  AsyncExitStack,
  type AsyncContextManager,
  type Outcome,
} from "sluice";
import { Lifetime } from "../flow/lifetime.ts";
import { ObjectFormats } from "../flow/object-formats.ts";
import { defaultSchemes } from "./default-schemes.ts";
import { FlowSession } from "./flow-session.ts";
import {
  findOpener,
  type FlowStoreManager,
  type StoreSchemes,
} from "./store-schemes.ts";

/** How a store is opened. */
export interface FlowProviderOptions {
  /** Openers for URLs of other schemes, or in place of ours. */
  readonly schemes?: StoreSchemes | undefined;
  /** Formats of objects beside those of `@sluice/media`; they come first. */
  readonly objectFormats?: readonly ObjectFormat[] | undefined;
}

/**
 * Opens a store of flows for a block.
 *
 * Making one does nothing: the store is opened when it is entered, and closed when the block
 * ends. It serves for one block. What its readers and writers still do is ended then, and
 * waited for.
 *
 * `file:./media` is a folder, with an index and files, for one process at a time; `memory:` is
 * gone after the block; `https://...` is a TAMS service, Sluice's own or another's, with a name
 * and a password in the URL, if it asks for them: other credentials are given to
 * `openRemoteStore`, whose manager is taken in place of a URL.
 *
 * Source: the flow provider of the BBC's article on asynchronous Python for media.
 *
 * @example Write a second of silence, and read it
 * ```ts
 * import { createAudioGrain } from "@sluice/media";
 * import { FlowProvider, flowOfEssence } from "@sluice/store";
 * import { Timestamp } from "@sluice/time";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const ids = {
 *   sourceId: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
 *   flowId: "f1c8c095-5739-46f4-9bbc-3d7050c9ba23",
 * };
 * const sound = {
 *   format: "S16_INTERLEAVED",
 *   channels: 1,
 *   sampleRate: 48_000,
 * } as const;
 * const flow = flowOfEssence(
 *   { kind: "audio", codec: "audio/x-raw-int", ...sound },
 *   { id: ids.flowId, source_id: ids.sourceId },
 * );
 * const silence = createAudioGrain({
 *   ...ids,
 *   ...sound,
 *   originTimestamp: Timestamp.zero,
 *   samples: 48_000,
 *   data: new Uint8Array(96_000),
 * });
 *
 * await asyncWith(new FlowProvider("memory:"), async (provider) => {
 *   await asyncWith(provider.openWrite(flow), (writer) => writer.write(silence));
 *   await asyncWith(provider.openRead(flow.id), async (reader) => {
 *     const [grain] = await reader.read(24_000, { count: 480 });
 *     assert.equal(`${grain?.originTimestamp}`, "0:500000000");
 *   });
 * });
 * ```
 */
export class FlowProvider implements AsyncContextManager<FlowSession, false> {
  readonly #manager: AsyncContextManager<FlowSession, false>;

  /**
   * @param store The store's URL; or what opens it.
   * @param options What else can be opened, and read.
   * @throws {InvalidRequestError} If nothing is known of the URL's scheme.
   */
  constructor(
    store: string | URL | FlowStoreManager,
    options: FlowProviderOptions = {},
  ) {
    const isUrl = typeof store === "string" || store instanceof URL;
    const manager = isUrl ? findStore(`${store}`, options) : store;
    const formats = new ObjectFormats(options.objectFormats);
    this.#manager = openSession(manager, formats);
  }

  /**
   * Opens the store.
   *
   * @returns What the block is given.
   * @throws {TypeError} If it has been entered before.
   * @throws {StoreLockedError} If another process has it open.
   * @throws {StorageAccessError} If it cannot be opened.
   */
  async [asyncEnter](): Promise<FlowSession> {
    return this.#manager[asyncEnter]();
  }

  /** Ends what is under way, and closes the store. */
  async [asyncExit](outcome: Outcome): Promise<false> {
    return this.#manager[asyncExit](outcome);
  }
}

function findStore(
  url: string,
  options: FlowProviderOptions,
): FlowStoreManager {
  const schemes = { ...defaultSchemes, ...options.schemes };
  return findOpener(url, schemes)(url);
}

const openSession = asyncContextManager(
  async function* (manager: FlowStoreManager, formats: ObjectFormats) {
    const stack = new AsyncExitStack();
    try {
      const store = await stack.enter(manager);
      const lifetime = new Lifetime("the flow provider");
      stack.defer(() => lifetime.close());
      yield new FlowSession({ store, formats, lifetime });
    } catch (error) {
      await stack.raise(error);
      throw error;
    }
    await stack.aclose();
  },
  { suppresses: false },
);
