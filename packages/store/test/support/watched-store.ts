import {
  createFlowStore,
  MemoryBucket,
  MemoryIndex,
  type FlowStoreManager,
  type ObjectBucket,
} from "@sluice/store";

/** What is seen of a bucket. */
export interface WatchedStore {
  readonly manager: FlowStoreManager;
  readonly bucket: MemoryBucket;
  /** The keys of objects that were begun to be read, in order. */
  readonly reads: string[];
  /** How many reads were given up. */
  readonly aborted: string[];
  /** Holds all later reads until it is called with false. */
  hold(isHeld: boolean): void;
  /** Fails all later writes. */
  failWrites(error: Error | undefined): void;
}

/** Makes a store in memory whose bucket is watched. */
export function createWatchedStore(
  bucket: MemoryBucket = new MemoryBucket(),
): WatchedStore {
  const reads: string[] = [];
  const aborted: string[] = [];
  let held: { promise: Promise<void>; release: () => void } | undefined;
  let failure: Error | undefined;
  const watched: ObjectBucket = {
    read: async (key, options) => {
      reads.push(key);
      const signal = options?.signal;
      signal?.addEventListener("abort", () => aborted.push(key));
      await held?.promise;
      return bucket.read(key, options);
    },
    write: (key, bytes, options) =>
      failure === undefined
        ? bucket.write(key, bytes, options)
        : Promise.reject(failure),
    stream: (key, range) => bucket.stream(key, range),
    find: (key) => bucket.find(key),
    remove: (key) => bucket.remove(key),
    list: () => bucket.list(),
  };
  const backend = {
    id: "7f2ff4e2-5fbb-4c0b-8b2f-1d6f9c1b8a11",
    label: "watched",
    store_type: "http_object_store",
    provider: "sluice",
    store_product: "memory",
  } as const;
  return {
    manager: createFlowStore({
      index: new MemoryIndex(),
      buckets: [{ backend, bucket: watched }],
    }),
    bucket,
    reads,
    aborted,
    hold: (isHeld) => {
      held?.release();
      held = isHeld ? createGate() : undefined;
    },
    failWrites: (error) => {
      failure = error;
    },
  };
}

function createGate(): { promise: Promise<void>; release: () => void } {
  let release = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}
