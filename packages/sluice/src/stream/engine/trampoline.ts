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

  protected pull(answer: unknown, failed: boolean): void {
    let status: Status;
    try {
      status = this.cursor.pull(answer, failed);
    } catch (error) {
      this.fail(error);
      return;
    }
    if (status === WAIT) {
      this.cursor.awaiting.then(this.#onValue, this.#onError);
    } else {
      this.take(status);
    }
  }
}
