import { CancelledError } from "../../core/errors.ts";
import { Consumer } from "./consumer.ts";
import type { Machine } from "./machine.ts";
import type { Settings } from "./settings.ts";

/** Runs a machine that gives no items, as its last step is a sink's, to its end. */
export class Drive<R> extends Consumer {
  readonly #machine: Machine;
  readonly #readResult: (state: unknown) => R;
  #resolve: (result: R) => void = ignore;
  #reject: (error: unknown) => void = ignore;

  /** @param readResult Makes the result of what the last step keeps. */
  constructor(
    machine: Machine,
    settings: Settings,
    readResult: (state: unknown) => R,
  ) {
    super(machine, settings);
    this.#machine = machine;
    this.#readResult = readResult;
  }

  /** Runs it; where nothing has to be waited for, to the end, inside this call. */
  run(): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.begin();
      if (this.isWanted) this.pull(undefined, false);
    });
  }

  /** Stops it: the sink fails, as what it has by now is not the whole. */
  async return(): Promise<void> {
    try {
      await this.leave();
    } finally {
      this.#reject(new CancelledError("Cannot go on: the stream is closed"));
    }
  }

  protected interrupt(reason: unknown): void {
    this.leaveFor(() => {
      this.#reject(reason);
    });
  }

  protected take(): void {
    if (!this.isWanted) return;
    this.end();
    try {
      this.#resolve(this.#readResult(this.#machine.result));
    } catch (error) {
      this.#reject(error);
    }
  }

  protected fail(error: unknown): void {
    if (!this.isWanted) return;
    this.end();
    this.#reject(error);
  }
}

function ignore(): void {
  // Nobody waits yet, or was told otherwise.
}
