import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { ObjectNotFoundError } from "../error/object-not-found-error.ts";
import type { InstanceRecord, ObjectRecord } from "../port/segment-index.ts";
import type { ObjectBytes } from "./object-bytes.ts";
import type { ObjectMoves } from "./object-moves.ts";
import { requireRegistered } from "./object-rules.ts";
import type { StoreSetup } from "./store-setup.ts";
import type { Transactions } from "./transactions.ts";
import { addUncontrolled } from "./uncontrolled-instances.ts";

/** What the rules of instances work with. */
export interface InstanceParts {
  readonly transactions: Transactions;
  readonly setup: StoreSetup;
  readonly moves: ObjectMoves;
  readonly bytes: ObjectBytes;
}

/**
 * The rules of an object's instances: all are alike, and one is always left.
 *
 * Source: TAMS 8.2, `/objects/{id}/instances`.
 */
export class InstanceRules {
  readonly #parts: InstanceParts;

  /** @param parts What it works with. */
  constructor(parts: InstanceParts) {
    this.#parts = parts;
  }

  /** Tells of a copy elsewhere. */
  addUrl(
    id: string,
    instance: { readonly url: string; readonly label: string },
  ): Promise<void> {
    const { transactions, setup } = this.#parts;
    return transactions.write(undefined, async ({ index }) => {
      const object = await requireRegistered(index, id);
      if (object.instances.some(({ label }) => label === instance.label)) {
        throw new InvalidRequestError(
          `Cannot give the label '${instance.label}' to a URL of object '${id}': one has it; remove that first`,
        );
      }
      const { instances } = object;
      await index.putObject({
        ...object,
        instances: addUncontrolled(instances, [instance], setup.backends),
      });
    });
  }

  /** Copies an object to a bucket, and tells of it once it is there. */
  async addCopy(
    id: string,
    storageId: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { transactions, setup, bytes } = this.#parts;
    const { bucket } = setup.backends.get(storageId);
    using _move = this.#begin(id, storageId);
    const object = await transactions.read((index) =>
      requireRegistered(index, id),
    );
    checkHasNone(object, storageId);
    // What is there already was left by a copy that was cut off.
    await bucket.remove(id);
    const from = await bytes.stream(id, { signal });
    await bucket.write(id, from, { signal });
    const isKept = await transactions.write(undefined, async ({ index }) => {
      const latest = await index.findObject(id);
      if (latest?.state !== "registered") return false;
      const copy = { storageId, url: undefined, label: undefined };
      const instances = [...latest.instances, copy];
      await index.putObject({ ...latest, instances });
      return true;
    });
    if (isKept) return;
    await bucket.remove(id);
    throw new ObjectNotFoundError(id);
  }

  /** Removes an instance, and its bytes if the store looks after them. */
  async remove(
    id: string,
    which: { readonly storageId: string } | { readonly label: string },
  ): Promise<void> {
    if (!("storageId" in which)) return this.#removeUrl(id, which.label);
    const { storageId } = which;
    const place = this.#parts.setup.backends.find(storageId);
    using _move = this.#begin(id, storageId);
    await this.#forget(
      id,
      `in storage '${storageId}'`,
      (instance) => instance.storageId === storageId,
    );
    await place?.bucket.remove(id);
  }

  async #removeUrl(id: string, label: string): Promise<void> {
    const place = this.#parts.setup.backends.places.find(
      ({ backend }) => backend.label === label,
    );
    if (place !== undefined) {
      return this.remove(id, { storageId: place.backend.id });
    }
    await this.#forget(
      id,
      `with the label '${label}'`,
      (instance) => instance.label === label,
    );
  }

  #forget(
    id: string,
    which: string,
    isMeant: (instance: InstanceRecord) => boolean,
  ): Promise<void> {
    return this.#parts.transactions.write(undefined, async ({ index }) => {
      const object = await requireRegistered(index, id);
      const instances = object.instances.filter((one) => !isMeant(one));
      if (instances.length === object.instances.length) {
        throw new InvalidRequestError(
          `There is no instance of object '${id}' ${which}: ask for the object to see those that there are`,
        );
      }
      if (instances.length === 0) {
        throw new InvalidRequestError(
          `Cannot remove the last instance of object '${id}': delete the segments that refer to it`,
        );
      }
      await index.putObject({ ...object, instances });
    });
  }

  #begin(id: string, storageId: string): Disposable {
    const move = this.#parts.moves.tryBegin(id, storageId);
    if (move !== undefined) return move;
    throw new InvalidRequestError(
      `Cannot change the instance of object '${id}' in storage '${storageId}': it is being written or removed; try again later`,
    );
  }
}

function checkHasNone(
  { id, instances }: ObjectRecord,
  storageId: string,
): void {
  if (!instances.some((one) => one.storageId === storageId)) return;
  throw new InvalidRequestError(
    `Cannot copy object '${id}' to storage '${storageId}': it is there`,
  );
}
