import type { Actor } from "../port/flow-store.ts";
import type { IndexTransaction, SegmentIndex } from "../port/segment-index.ts";
import { EventRecorder } from "./event-recorder.ts";
import type { StoreSetup } from "./store-setup.ts";

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
  /** Writes down what subscribers are to be told: with the change, or not at all. */
  readonly events: EventRecorder;
  /** Tells that bytes are to be removed, or a request to be worked off, once it is done. */
  readonly leaveWork: () => void;
}

/** What is told of changes once they are done. */
export interface ChangeListeners {
  /** Is called after a change that leaves work to do. */
  readonly onWork: () => void;
  /** Is called after a change that subscribers are to be told of. */
  readonly onEvents: () => void;
}

/** The one door to the index: each change of the store passes through `write`. */
export class Transactions {
  readonly #index: SegmentIndex;
  readonly #setup: StoreSetup;
  readonly #listeners: ChangeListeners;

  /**
   * @param index The index.
   * @param setup The store's.
   * @param listeners What is told of changes.
   */
  constructor(
    index: SegmentIndex,
    setup: StoreSetup,
    listeners: ChangeListeners,
  ) {
    this.#index = index;
    this.#setup = setup;
    this.#listeners = listeners;
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
    const state = { leavesWork: false, hasEvents: false };
    const result = await this.#index.transact("write", async (index) => {
      const nowMs = this.#setup.clock();
      const now = new Date(nowMs).toISOString();
      const events = new EventRecorder(index, now, this.#setup);
      const done = await work({
        index,
        nowMs,
        now,
        actor: options?.actor,
        events,
        leaveWork: () => {
          state.leavesWork = true;
        },
      });
      state.hasEvents = events.hasRecorded;
      return done;
    });
    if (state.leavesWork) this.#listeners.onWork();
    if (state.hasEvents) this.#listeners.onEvents();
    return result;
  }
}
