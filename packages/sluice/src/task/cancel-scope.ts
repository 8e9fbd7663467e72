import { OneBlock } from "../context/one-block.ts";
import { guard } from "../core/guard.ts";
import { whenAborted } from "../core/when-aborted.ts";
import { Cancellable } from "./cancellable.ts";

/** A block that can be cancelled, from inside and by a signal from outside. */
export abstract class CancelScope extends Cancellable {
  protected readonly block: OneBlock;
  protected readonly outer: AbortSignal | undefined;
  #stopListening: (() => void) | undefined;

  /** @param outer Listened to from the block's beginning to its end. */
  constructor(title: string, outer: AbortSignal | undefined) {
    super();
    this.block = new OneBlock(title);
    this.outer = outer;
  }

  /**
   * Waits for a promise, but no longer than until the block is cancelled.
   *
   * @param promise What to wait for.
   * @returns Its value.
   * @throws The signal's reason, once the block is cancelled.
   */
  guard<T>(promise: T | PromiseLike<T>): Promise<T> {
    return guard(promise, this.signal);
  }

  protected begin(): this {
    this.block.begin();
    this.#stopListening = whenAborted(this.outer, (reason) => {
      this.cancel(reason);
    });
    return this;
  }

  protected end(): void {
    this.block.end();
    this.#stopListening?.();
  }
}
