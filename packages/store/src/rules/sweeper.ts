import { asyncWith, Lock } from "sluice";
import type { ObjectRecord } from "../port/segment-index.ts";
import type { StoreBucket } from "./flow-store-options.ts";
import type { ObjectMoves } from "./object-moves.ts";
import { doomObject } from "./object-references.ts";
import type { StoreSetup } from "./store-setup.ts";
import type { Transactions } from "./transactions.ts";

/** How many records are looked at in one transaction. */
const batchSize = 100;

/** What the sweeper works with. */
export interface SweeperParts {
  readonly transactions: Transactions;
  readonly setup: StoreSetup;
  readonly moves: ObjectMoves;
}

/**
 * Removes the bytes that nothing refers to: of objects that are doomed, that were not
 * registered in time, and that the index does not know.
 *
 * An object is doomed in the index first, in a transaction that sees all references; then
 * its bytes go; then its record. Whoever would register it meanwhile is refused, and what a
 * crash cuts off is gone on with later.
 *
 * Source: ours; TAMS 8.2, `POST /flows/{id}/storage` on objects that are not used.
 */
export class Sweeper {
  readonly #parts: SweeperParts;
  // What one has listed as doomed, another must not have removed and let be made anew.
  readonly #lock = new Lock();

  /** @param parts What it works with. */
  constructor(parts: SweeperParts) {
    this.#parts = parts;
  }

  /** Removes what the index knows is to go. */
  tidy(signal: AbortSignal): Promise<void> {
    return asyncWith(this.#lock, async () => {
      await this.#doomExpired(signal);
      await this.#removeDoomed(signal);
      await this.#removeExpiredRequests();
    });
  }

  /** Removes what is in the buckets and not in the index. */
  removeOrphans(signal: AbortSignal): Promise<void> {
    return asyncWith(this.#lock, async () => {
      for (const place of this.#parts.setup.backends.places) {
        for await (const { key } of place.bucket.list()) {
          signal.throwIfAborted();
          await this.#removeOrphan(place, key);
        }
      }
      await this.#removeDoomed(signal);
    });
  }

  /** Dooms the objects that were not registered in time. */
  async #doomExpired(signal: AbortSignal): Promise<void> {
    const { transactions, setup } = this.#parts;
    const allocatedBefore = setup.clock() - setup.objectTimeoutMs;
    const window = { state: "allocated", allocatedBefore } as const;
    for await (const batch of this.#listBatches(window, signal)) {
      const idle = batch.filter((object) => !this.#isMoving(object));
      await transactions.write(undefined, async (change) => {
        for (const { id } of idle) {
          const object = await change.index.findObject(id);
          const isExpired =
            object?.state === "allocated" &&
            object.allocatedAt < allocatedBefore;
          if (isExpired) await doomObject(change, object);
        }
      });
    }
  }

  /** Removes the bytes, and then the records, of doomed objects. */
  async #removeDoomed(signal: AbortSignal): Promise<void> {
    const { transactions } = this.#parts;
    const window = { state: "doomed" } as const;
    for await (const batch of this.#listBatches(window, signal)) {
      const gone: string[] = [];
      for (const object of batch) {
        signal.throwIfAborted();
        if (this.#isMoving(object)) continue;
        await this.#removeBytes(object);
        gone.push(object.id);
      }
      await transactions.write(undefined, async ({ index }) => {
        for (const id of gone) await index.removeObject(id);
      });
    }
  }

  /** Forgets the deletion requests that are no longer kept. */
  async #removeExpiredRequests(): Promise<void> {
    const { transactions, setup } = this.#parts;
    const now = setup.clock();
    await transactions.write(undefined, async ({ index }) => {
      const { items } = await index.listDeletionRequests(
        { sortBy: "expiry", reverseOrder: true },
        { limit: batchSize },
      );
      for (const { id, expiry } of items) {
        if (expiry === undefined || Date.parse(expiry) > now) continue;
        await index.removeDeletionRequest(id);
      }
    });
  }

  /** Claims what nobody knows, so that nobody can make room for it; or removes a copy. */
  async #removeOrphan(
    { backend, bucket }: StoreBucket,
    key: string,
  ): Promise<void> {
    const { transactions, moves } = this.#parts;
    using move = moves.tryBegin(key, backend.id);
    if (move === undefined) return;
    const isCopy = await transactions.write(undefined, async (change) => {
      const object = await change.index.findObject(key);
      if (object !== undefined) return !isIn(object, backend.id);
      await change.index.putObject(createDoomed(key, backend.id, change.nowMs));
      return false;
    });
    if (isCopy) await bucket.remove(key);
  }

  async #removeBytes({ id, instances }: ObjectRecord): Promise<void> {
    for (const { storageId } of instances) {
      if (storageId === undefined) continue;
      await this.#parts.setup.backends.get(storageId).bucket.remove(id);
    }
  }

  #isMoving({ id, instances }: ObjectRecord): boolean {
    const { moves } = this.#parts;
    return instances.some(
      ({ storageId }) =>
        storageId !== undefined && moves.isMoving(id, storageId),
    );
  }

  async *#listBatches(
    window: {
      readonly state: ObjectRecord["state"];
      readonly allocatedBefore?: number;
    },
    signal: AbortSignal,
  ): AsyncGenerator<readonly ObjectRecord[], void, undefined> {
    let after: string | undefined;
    for (;;) {
      signal.throwIfAborted();
      const asked = { ...window, after, limit: batchSize };
      const batch = await this.#parts.transactions.read((index) =>
        index.listObjects(asked),
      );
      if (batch.length > 0) yield batch;
      if (batch.length < batchSize) return;
      after = batch.at(-1)?.id;
    }
  }
}

function isIn({ instances }: ObjectRecord, storageId: string): boolean {
  return instances.some((instance) => instance.storageId === storageId);
}

function createDoomed(
  id: string,
  storageId: string,
  allocatedAt: number,
): ObjectRecord {
  return {
    id,
    state: "doomed",
    isInit: undefined,
    allocatedFor: undefined,
    allocatedAt,
    firstFlowId: undefined,
    contentType: undefined,
    span: undefined,
    timerange: undefined,
    keyFrameCount: undefined,
    initObjectId: undefined,
    sizeBytes: undefined,
    sha256: undefined,
    instances: [{ storageId, url: undefined, label: undefined }],
  };
}
