import { CancelledError } from "../../core/errors.ts";
import type { Cursor } from "./cursor.ts";
import { Trampoline } from "./trampoline.ts";

/** Runs a cursor that gives no items, as its last step is a sink's, to its end. */
export class Drive<R> extends Trampoline {
  protected isWanted = true;
  readonly #readResult: () => R;
  #resolve: (result: R) => void = ignore;
  #reject: (error: unknown) => void = ignore;

  constructor(cursor: Cursor, readResult: () => R) {
    super(cursor);
    this.#readResult = readResult;
  }

  /** Runs it; where nothing has to be waited for, to the end, inside this call. */
  run(): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.pull(undefined, false);
    });
  }

  /** Stops it: the sink fails, as what it has by now is not the whole. */
  async return(): Promise<void> {
    this.isWanted = false;
    try {
      await this.cursor.close();
    } finally {
      this.#reject(new CancelledError("Cannot go on: the stream is closed"));
    }
  }

  protected take(): void {
    try {
      this.#resolve(this.#readResult());
    } catch (error) {
      this.#reject(error);
    }
  }

  protected fail(error: unknown): void {
    this.#reject(error);
  }
}

function ignore(): void {
  // Nobody waits yet.
}
