import {
  asyncEnter,
  asyncExit,
  enter,
  exit,
  type DualContextManager,
} from "./protocol.ts";

/** A manager that does nothing, and gives the block nothing. */
export function nullContext(): DualContextManager<undefined, void>;
/**
 * A manager that does nothing, for where one is optional.
 *
 * It may be entered any number of times, also at once, and suppresses nothing.
 *
 * Source: Python, `contextlib.nullcontext`.
 *
 * @param value What the block is given.
 * @returns A manager for both kinds of block.
 *
 * @example Take a lock only where one is needed
 * ```ts
 * import { asyncWith, Lock, nullContext } from "sluice";
 * import assert from "node:assert/strict";
 *
 * async function count(lock?: Lock): Promise<number> {
 *   return await asyncWith(lock ?? nullContext(), () => 1);
 * }
 *
 * assert.equal(await count(), 1);
 * assert.equal(await count(new Lock()), 1);
 * ```
 */
export function nullContext<T>(value: T): DualContextManager<T, void>;
export function nullContext(
  value?: unknown,
): DualContextManager<unknown, void> {
  const give = (): unknown => value;
  const leave = (): void => undefined;
  return {
    [enter]: give,
    [exit]: leave,
    [asyncEnter]: give,
    [asyncExit]: leave,
  };
}
