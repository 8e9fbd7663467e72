/**
 * The root of the errors that the toolkit throws for conditions worth catching.
 *
 * Wrong use (a value of the wrong shape, a manager entered twice) is not among
 * them: it throws `TypeError` or `RangeError`. Across processes and copies of
 * the library tell errors apart by `code`, not by `instanceof`.
 */
export abstract class SluiceError extends Error {
  /** Identifies the condition; never changes between versions. */
  abstract readonly code: string;

  /** Says what is wrong in one word; it is on the prototype. */
  abstract override get name(): string;
}

/** Something was used outside of the block that opens it. */
export class ClosedError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_CLOSED";

  /** @inheritDoc */
  get name(): string {
    return "ClosedError";
  }
}

/** Two callers used at once what serves one at a time. */
export class BusyError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_BUSY";

  /** @inheritDoc */
  get name(): string {
    return "BusyError";
  }
}

/**
 * Someone asked for the work to stop: cancellation, which is not failure.
 *
 * Its `name` is `AbortError`, as the platform has it, so that code which knows
 * nothing of this library treats it as an abort.
 */
export class CancelledError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_CANCELLED";

  /**
   * @param message What could not be done, and why.
   * @param options The error's `cause`, if it has one.
   */
  constructor(
    message = "Cannot go on: it was cancelled",
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** @inheritDoc */
  get name(): string {
    return "AbortError";
  }
}

/**
 * Tells a cancellation from a failure: ours, or any error named `AbortError`.
 *
 * @param error Anything that was thrown.
 * @returns Whether it says that someone asked for the work to stop.
 *
 * @example Say nothing when the work was called off
 * ```ts
 * import { CancelledError, isCancelled } from "sluice";
 * import assert from "node:assert/strict";
 *
 * assert.ok(isCancelled(new CancelledError("Stopped")));
 * assert.ok(isCancelled(new DOMException("Stopped", "AbortError")));
 * assert.ok(!isCancelled(new Error("Broken")));
 * ```
 */
export function isCancelled(error: unknown): boolean {
  try {
    const { name } = Object(error) as { name?: unknown };
    return name === "AbortError";
  } catch {
    // A getter or a proxy's trap threw: whatever it is, it is no abort of ours.
    return false;
  }
}
