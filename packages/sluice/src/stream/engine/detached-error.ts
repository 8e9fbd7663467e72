import { SluiceError } from "../../core/errors.ts";

/**
 * Something of a closed stream did not stop in time, or failed with nobody left to be told.
 *
 * It is given to the stream's `onDetached`, and never thrown. Where something failed,
 * `cause` is what it threw.
 *
 * @example A generator that cannot be stopped
 * ```ts
 * import { stream } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const codes: string[] = [];
 * const items = stream(
 *   async function* () {
 *     yield await new Promise<number>(() => {});
 *   },
 *   { closeGrace: 1, onDetached: ({ code }) => codes.push(code) },
 * );
 * void items.next();
 * await items.return();
 *
 * assert.deepEqual(codes, ["SLUICE_DETACHED"]);
 * ```
 */
export class DetachedError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_DETACHED";

  /** @inheritDoc */
  get name(): string {
    return "DetachedError";
  }
}
