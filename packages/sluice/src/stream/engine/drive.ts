import { CancelledError } from "../../core/errors.ts";
import { WAIT, type Cursor, type Status } from "./cursor.ts";

/** Runs a cursor that gives no items, as its last step is a sink's, to its end. */
export class Drive<R> {
  readonly #cursor: Cursor;
  readonly #readResult: () => R;
  #isRunning = true;
  #resolve: (result: R) => void = ignore;
  #reject: (error: unknown) => void = ignore;
  readonly #onValue = (value: unknown): void => {
    if (this.#isRunning) this.#goOn(value);
  };
  readonly #onError = (error: unknown): void => {
    if (this.#isRunning) this.#fail(error);
  };

  constructor(cursor: Cursor, readResult: () => R) {
    this.#cursor = cursor;
    this.#readResult = readResult;
  }

  /** Runs it; where nothing has to be waited for, to the end, inside this call. */
  run(): Promise<R> {
    let status: Status;
    try {
      status = this.#cursor.pull();
    } catch (error) {
      return Promise.reject(error);
    }
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#answer(status);
    });
  }

  /** Stops it: the sink fails, as what it has by now is not the whole. */
  async return(): Promise<void> {
    this.#isRunning = false;
    try {
      await this.#cursor.close();
    } finally {
      this.#reject(new CancelledError("Cannot go on: the stream is closed"));
    }
  }

  #goOn(value: unknown): void {
    let status: Status;
    try {
      status = this.#cursor.resume(value);
    } catch (error) {
      this.#reject(error);
      return;
    }
    this.#answer(status);
  }

  #fail(reason: unknown): void {
    let status: Status;
    try {
      status = this.#cursor.fail(reason);
    } catch (error) {
      this.#reject(error);
      return;
    }
    this.#answer(status);
  }

  #answer(status: Status): void {
    if (status === WAIT) {
      this.#cursor.awaiting.then(this.#onValue, this.#onError);
      return;
    }
    try {
      this.#resolve(this.#readResult());
    } catch (error) {
      this.#reject(error);
    }
  }
}

function ignore(): void {
  // Nobody waits yet.
}
