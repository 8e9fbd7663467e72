import type { WrittenObject } from "../port/object-bucket.ts";
import type { Change, Transactions } from "./transactions.ts";

/** What is noted with one change. */
interface Notes {
  /** What buckets told. */
  readonly written: WrittenObject[];
  /** Tells of each whether it is kept. */
  readonly done: Promise<readonly boolean[]>;
}

/**
 * Notes in the index what was written to a bucket.
 *
 * Each change of the index is brought to the disk, which takes its time: what is written
 * meanwhile is noted with the next one, together.
 */
export class WrittenNotes {
  readonly #transactions: Transactions;
  /** Those whose change has not begun. */
  #next: Notes | undefined;
  /** Settles when the change before is done, and never rejects. */
  #before: Promise<unknown> = Promise.resolve();

  /** @param transactions The door to the index. */
  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /**
   * Notes an object.
   *
   * @param written What the bucket told of it; its key is the object's id.
   * @returns Whether it is kept; false, if it has been removed meanwhile.
   * @throws What the change failed with, as all do that are noted with it.
   */
  async add(written: WrittenObject): Promise<boolean> {
    const notes = (this.#next ??= this.#begin());
    const at = notes.written.push(written) - 1;
    const kept = await notes.done;
    return kept[at] === true;
  }

  #begin(): Notes {
    const written: WrittenObject[] = [];
    const done = this.#before.then(() => {
      this.#next = undefined;
      return this.#transactions.write(undefined, (change) =>
        noteAll(change, written),
      );
    });
    // Whoever waits for it is told how it failed.
    this.#before = Promise.allSettled([done]);
    return { written, done };
  }
}

async function noteAll(
  { index, nowMs }: Change,
  written: readonly WrittenObject[],
): Promise<boolean[]> {
  const kept: boolean[] = [];
  for (const { key, sizeBytes, sha256 } of written) {
    const object = await index.findObject(key);
    const isKept = object !== undefined && object.state !== "doomed";
    kept.push(isKept);
    if (!isKept) continue;
    await index.putObject({
      ...object,
      // It may have been long under way.
      allocatedAt: nowMs,
      sizeBytes,
      sha256,
    });
  }
  return kept;
}
