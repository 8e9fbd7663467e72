import type { Actor } from "../port/flow-store.ts";
import type { IndexTransaction, SegmentIndex } from "../port/segment-index.ts";

/** A change of the store that is under way: all of it is done, or nothing. */
export interface Change {
  /** The index, within the change's transaction. */
  readonly index: IndexTransaction;
  /** When it is, in RFC 3339: one instant for all of it. */
  readonly now: string;
  /** When it is, in milliseconds since 1970. */
  readonly nowMs: number;
  /** Who asked for it. */
  readonly actor: string | undefined;
  /** Tells that bytes are to be removed, or a request to be worked off, once it is done. */
  readonly leaveWork: () => void;
}

/**
 * The one door to the index: each change of the store passes through `write`.
 *
 * What is to be told of changes to others (TAMS's events) belongs in here: within the
 * transaction, so that it is kept with the change or not at all.
 */
export class Transactions {
  readonly #index: SegmentIndex;
  readonly #clock: () => number;
  readonly #onWork: () => void;

  /**
   * @param index The index.
   * @param clock Tells the time, in milliseconds since 1970.
   * @param onWork Is called after a change that leaves work to do.
   */
  constructor(index: SegmentIndex, clock: () => number, onWork: () => void) {
    this.#index = index;
    this.#clock = clock;
    this.#onWork = onWork;
  }

  /** Reads one state of the index. */
  read<T>(work: (index: IndexTransaction) => Promise<T>): Promise<T> {
    return this.#index.transact("read", work);
  }

  /** Changes the index: wholly, or, if `work` fails, not at all. */
  async write<T>(
    options: Actor | undefined,
    work: (change: Change) => Promise<T>,
  ): Promise<T> {
    const state = { leavesWork: false };
    const result = await this.#index.transact("write", (index) => {
      const nowMs = this.#clock();
      return work({
        index,
        nowMs,
        now: new Date(nowMs).toISOString(),
        actor: options?.actor,
        leaveWork: () => {
          state.leavesWork = true;
        },
      });
    });
    if (state.leavesWork) this.#onWork();
    return result;
  }
}
