import { SluiceError } from "./errors.ts";

/** What a generator did that it must not; see {@linkcode GeneratorError}. */
export type GeneratorErrorCode =
  | "SLUICE_DID_NOT_YIELD"
  | "SLUICE_DID_NOT_STOP"
  | "SLUICE_YIELDED_ON_CLOSE"
  | "SLUICE_SWALLOWED_ERROR"
  | "SLUICE_RAISED_STOP";

/**
 * A generator did not keep to the rules of what it was written for.
 *
 * `code` tells which rule: a manager's generator is to yield exactly once
 * (`SLUICE_DID_NOT_YIELD`, `SLUICE_DID_NOT_STOP`) and, where it was made with
 * `suppresses: false`, is to pass the block's error on
 * (`SLUICE_SWALLOWED_ERROR`); no generator is to yield when it is closed
 * (`SLUICE_YIELDED_ON_CLOSE`), or to throw `StopAsyncIteration`
 * (`SLUICE_RAISED_STOP`).
 *
 * Source: Python raises `RuntimeError` for each ("generator didn't yield",
 * "generator didn't stop", "async generator ignored GeneratorExit", PEP 479).
 *
 * @example A manager that yields twice
 * ```ts
 * import { asyncContextManager, asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const twice = asyncContextManager(async function* () {
 *   yield 1;
 *   yield 2;
 * });
 *
 * await assert.rejects(
 *   asyncWith(twice(), () => {}),
 *   { name: "GeneratorError", code: "SLUICE_DID_NOT_STOP" },
 * );
 * ```
 */
export class GeneratorError extends SluiceError {
  readonly code: GeneratorErrorCode;

  /**
   * @param code Which rule was broken.
   * @param message What was found, and what to do.
   * @param options The error's `cause`, if it has one.
   */
  constructor(
    code: GeneratorErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
  }

  /** @inheritDoc */
  get name(): string {
    return "GeneratorError";
  }
}

/** The error of a generator that yields when it is closed. */
export function createYieldedOnClose(): GeneratorError {
  return new GeneratorError(
    "SLUICE_YIELDED_ON_CLOSE",
    "Cannot close the generator: it yielded again",
  );
}
