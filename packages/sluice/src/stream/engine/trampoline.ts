import { WAIT, type Cursor, type Status } from "./cursor.ts";

/** Pulls a cursor, and goes on when what it waits for is there: nothing else touches promises. */
export abstract class Trampoline {
  readonly cursor: Cursor;
  /** Whether an answer is still wanted. */
  protected abstract readonly isWanted: boolean;
  // Made once, and not for each item.
  readonly #onValue: (value: unknown) => void;
  readonly #onError: (error: unknown) => void;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
    this.#onValue = (value) => {
      if (this.isWanted) this.pull(value, false);
    };
    this.#onError = (error) => {
      if (this.isWanted) this.pull(error, true);
    };
  }

  /** Takes an item, or the end: whatever is not to be waited for. */
  protected abstract take(status: Status): void;
  protected abstract fail(error: unknown): void;

  /** Asks, or goes on; answers whether it has to wait. */
  protected pull(answer: unknown, failed: boolean): boolean {
    let status: Status;
    try {
      status = this.cursor.pull(answer, failed);
    } catch (error) {
      this.fail(error);
      return false;
    }
    if (status === WAIT) {
      this.cursor.awaiting.then(this.#onValue, this.#onError);
      return true;
    }
    this.take(status);
    return false;
  }
}
