import type { Flow } from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { ObjectNotFoundError } from "../error/object-not-found-error.ts";
import type { AllocatedObject } from "../port/object-facts.ts";
import type { IndexTransaction, ObjectRecord } from "../port/segment-index.ts";
import { requireWritableFlow } from "./flow-rules.ts";
import { checkMediaType } from "./flow-validation.ts";
import type { StoreSetup } from "./store-setup.ts";
import type { Change, Transactions } from "./transactions.ts";

/** What room is asked for. */
export interface AllocationRequest {
  readonly limit?: number;
  readonly objectIds?: readonly string[];
  readonly storageId?: string;
  readonly contentType?: string;
}

/**
 * The rules of making room for objects.
 *
 * Source: TAMS 8.2, `POST /flows/{id}/storage`.
 */
export class AllocationRules {
  readonly #transactions: Transactions;
  readonly #setup: StoreSetup;

  /**
   * @param transactions The door to the index.
   * @param setup The store's.
   */
  constructor(transactions: Transactions, setup: StoreSetup) {
    this.#transactions = transactions;
    this.#setup = setup;
  }

  /** Makes room for objects: for all that are asked for, or for none. */
  allocate(
    flowId: string,
    request: AllocationRequest,
  ): Promise<readonly AllocatedObject[]> {
    return this.#transactions.write(undefined, async (change) => {
      const flow = await requireWritableFlow(change.index, flowId);
      const contentType = chooseContentType(flow, request);
      const ids = this.#chooseIds(request);
      const { backend } = this.#setup.backends.get(request.storageId);
      for (const id of ids) {
        await checkUnknown(change.index, id);
        const place = { storageId: backend.id, contentType, flowId };
        await change.index.putObject(createRecord(change, id, place));
      }
      return ids.map((objectId) => ({
        objectId,
        storageId: backend.id,
        contentType,
      }));
    });
  }

  /** Lets objects that are not registered yet wait anew. */
  renew(objectIds: readonly string[]): Promise<boolean> {
    return this.#transactions.write(undefined, async ({ index, nowMs }) => {
      for (const id of objectIds) {
        const object = await index.findObject(id);
        if (object === undefined || object.state === "doomed") {
          throw new ObjectNotFoundError(id);
        }
        await index.putObject({ ...object, allocatedAt: nowMs });
      }
      return true;
    });
  }

  #chooseIds({ limit, objectIds }: AllocationRequest): readonly string[] {
    const { allocationSize, maxAllocationSize } = this.#setup.limits;
    const count = objectIds?.length ?? limit ?? allocationSize;
    if (limit !== undefined && objectIds !== undefined) {
      throw new InvalidRequestError(
        "Cannot make room for a number of objects and for some by id at once: give limit, or object_ids",
      );
    }
    if (
      !Number.isSafeInteger(count) ||
      count < 1 ||
      count > maxAllocationSize
    ) {
      throw new InvalidRequestError(
        `Cannot make room for ${count} objects at once: ask for 1 to ${maxAllocationSize}`,
      );
    }
    return (
      objectIds ?? Array.from({ length: count }, () => crypto.randomUUID())
    );
  }
}

function chooseContentType(
  { id, container }: Flow,
  { contentType = container }: AllocationRequest,
): string {
  if (container === undefined || contentType === undefined) {
    throw new InvalidRequestError(
      `Cannot make room for objects of flow '${id}': it has no container; set that first`,
    );
  }
  checkMediaType("content_type", contentType);
  return contentType;
}

async function checkUnknown(
  index: IndexTransaction,
  id: string,
): Promise<void> {
  if (id !== "" && (await index.findObject(id)) === undefined) return;
  throw new InvalidRequestError(
    id === ""
      ? "Cannot make room for an object whose id is empty"
      : `Cannot make room for object '${id}': there is one; take another id`,
  );
}

function createRecord(
  change: Change,
  id: string,
  place: {
    readonly flowId: string;
    readonly storageId: string;
    readonly contentType: string;
  },
): ObjectRecord {
  return {
    id,
    state: "allocated",
    isInit: undefined,
    allocatedFor: place.flowId,
    allocatedAt: change.nowMs,
    firstFlowId: undefined,
    contentType: place.contentType,
    span: undefined,
    timerange: undefined,
    keyFrameCount: undefined,
    initObjectId: undefined,
    sizeBytes: undefined,
    sha256: undefined,
    instances: [
      { storageId: place.storageId, url: undefined, label: undefined },
    ],
  };
}
