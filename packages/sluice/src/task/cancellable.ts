import { CancelledError, isCancelled } from "../core/errors.ts";

/** Work with a signal of its own, by which it is asked to stop. */
export abstract class Cancellable {
  readonly #controller = new AbortController();

  /** Aborts when the work is to stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Asks the work to stop, all that belongs to it included.
   *
   * @param reason What the signal aborts with; a `CancelledError` if absent.
   */
  cancel(reason: unknown = new CancelledError()): void {
    this.#controller.abort(reason);
  }

  /** Whether an error says that the work stopped because it was asked to. */
  protected isCancellation(error: unknown): boolean {
    return (
      this.signal.aborted &&
      (error === this.signal.reason || isCancelled(error))
    );
  }
}
