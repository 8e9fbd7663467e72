import { stream, type Stream } from "sluice";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { ObjectExistsError } from "../error/object-exists-error.ts";
import { ObjectNotFoundError } from "../error/object-not-found-error.ts";
import type { AllocatedObject, ObjectFacts } from "../port/object-facts.ts";
import type { ByteRange, ObjectBucket } from "../port/object-bucket.ts";
import type { InstanceRecord, ObjectRecord } from "../port/segment-index.ts";
import type { ObjectMoves } from "./object-moves.ts";
import type { StoreSetup } from "./store-setup.ts";
import type { Transactions } from "./transactions.ts";
import { WrittenNotes } from "./written-notes.ts";

/** A range of bytes, and who may give them up. */
export type ReadOptions = ByteRange & {
  readonly signal?: AbortSignal | undefined;
};

/** The bytes of objects: written once, read from wherever they are. */
export class ObjectBytes {
  readonly #transactions: Transactions;
  readonly #setup: StoreSetup;
  readonly #moves: ObjectMoves;
  readonly #notes: WrittenNotes;

  /**
   * @param transactions The door to the index.
   * @param setup The store's.
   * @param moves What is under way in the buckets.
   */
  constructor(
    transactions: Transactions,
    setup: StoreSetup,
    moves: ObjectMoves,
  ) {
    this.#transactions = transactions;
    this.#setup = setup;
    this.#moves = moves;
    this.#notes = new WrittenNotes(transactions);
  }

  /** Writes the bytes of an object that room was made for, and notes what they are. */
  async write(
    { objectId, storageId }: AllocatedObject,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> {
    const { bucket } = this.#setup.backends.get(storageId);
    using move = this.#moves.tryBegin(objectId, storageId);
    if (move === undefined) throw new ObjectExistsError(objectId);
    await this.#checkEmpty(objectId, storageId);
    const written = await bucket.write(objectId, bytes, { signal });
    const isKept = await this.#notes.add(written);
    if (isKept) return;
    await bucket.remove(objectId);
    throw new ObjectNotFoundError(objectId);
  }

  /** Tells how many bytes an object has, and what they are. */
  async describe(objectId: string): Promise<ObjectFacts> {
    const { object, container } = await this.#transactions.read(
      async (index) => {
        const found = await index.findObject(objectId);
        const { firstFlowId } = found ?? {};
        const flow =
          firstFlowId === undefined
            ? undefined
            : await index.findFlow(firstFlowId);
        return { object: found, container: flow?.container };
      },
    );
    const sizeBytes = await this.#measure(object);
    if (object === undefined || sizeBytes === undefined) {
      throw new ObjectNotFoundError(objectId);
    }
    return {
      sizeBytes,
      contentType:
        object.contentType ?? container ?? "application/octet-stream",
      sha256: object.sha256,
    };
  }

  /** Reads an object, or a range of it, as a whole. */
  async read(objectId: string, options: ReadOptions): Promise<Uint8Array> {
    const places = await this.#listPlaces(objectId);
    for (const bucket of places.buckets) {
      try {
        return await bucket.read(objectId, options);
      } catch (error) {
        // There may be another copy; if not, it is told below.
        if (!(error instanceof ObjectNotFoundError)) throw error;
      }
    }
    return concat(this.#fetch(objectId, places.urls, options));
  }

  /** Reads an object, or a range of it, in chunks. */
  async stream(
    objectId: string,
    options: ReadOptions,
  ): Promise<Stream<Uint8Array>> {
    const { start, end, signal } = options;
    const range = {
      ...(start !== undefined && { start }),
      ...(end !== undefined && { end }),
    };
    const places = await this.#listPlaces(objectId);
    for (const bucket of places.buckets) {
      if ((await bucket.find(objectId)) === undefined) continue;
      return bucket.stream(objectId, range);
    }
    const fetched = this.#fetch(objectId, places.urls, {
      ...range,
      signal,
    });
    return stream(async function* () {
      yield* fetched;
    });
  }

  async #measure(
    object: ObjectRecord | undefined,
  ): Promise<number | undefined> {
    if (object === undefined || object.state === "doomed") return undefined;
    if (object.sizeBytes !== undefined) return object.sizeBytes;
    // One that was copied from elsewhere was not measured.
    for (const { storageId } of object.instances) {
      if (storageId === undefined) continue;
      const bucket = this.#setup.backends.find(storageId)?.bucket;
      const stored = await bucket?.find(object.id);
      if (stored !== undefined) return stored.sizeBytes;
    }
    return undefined;
  }

  async #checkEmpty(objectId: string, storageId: string): Promise<void> {
    const object = await this.#transactions.read((index) =>
      index.findObject(objectId),
    );
    const isRoom =
      object !== undefined &&
      object.state !== "doomed" &&
      object.instances.some((instance) => instance.storageId === storageId);
    if (!isRoom) throw new ObjectNotFoundError(objectId);
    if (object.sizeBytes !== undefined) throw new ObjectExistsError(objectId);
  }

  async #listPlaces(objectId: string): Promise<{
    readonly buckets: readonly ObjectBucket[];
    readonly urls: readonly string[];
  }> {
    const object = await this.#require(objectId);
    const { backends } = this.#setup;
    return {
      buckets: object.instances.flatMap(({ storageId }) =>
        storageId === undefined ? [] : (backends.find(storageId)?.bucket ?? []),
      ),
      urls: object.instances.flatMap(({ url }: InstanceRecord) => url ?? []),
    };
  }

  /** @throws {ObjectNotFoundError} If there is none. */
  async #require(objectId: string): Promise<ObjectRecord> {
    const object = await this.#transactions.read((index) =>
      index.findObject(objectId),
    );
    if (object !== undefined && object.state !== "doomed") return object;
    throw new ObjectNotFoundError(objectId);
  }

  #fetch(
    objectId: string,
    [url]: readonly string[],
    options: ReadOptions,
  ): AsyncIterable<Uint8Array> {
    if (url === undefined) throw new ObjectNotFoundError(objectId);
    const { fetchUrl } = this.#setup;
    if (fetchUrl !== undefined) return fetchUrl(url, options);
    throw new InvalidRequestError(
      `Cannot read object '${objectId}': it is only at '${url}', and this store reads nothing from elsewhere; read it from there, or open the store with fetchUrl`,
    );
  }
}

async function concat(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    all.push(chunk);
    size += chunk.byteLength;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of all) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
