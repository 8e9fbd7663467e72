/** @import * as EffectModule from "effect/Effect" */

/**
 * Runs something `n` times, one after the other.
 *
 * @param {() => PromiseLike<unknown>} once
 * @returns {(n: number) => Promise<void>}
 */
export function awaitEach(once) {
  return async (n) => {
    for (let i = 0; i < n; i++) await once();
  };
}

/**
 * @param {() => unknown} once
 * @returns {(n: number) => void}
 */
export function callEach(once) {
  return (n) => {
    for (let i = 0; i < n; i++) once();
  };
}

/**
 * Makes the effect that runs another `n` times, in the fiber that it runs in.
 *
 * @template A
 * @param {typeof EffectModule} Effect
 * @param {EffectModule.Effect<A>} effect
 * @param {number} n
 */
export function loopInFiber(Effect, effect, n) {
  let i = 0;
  return Effect.whileLoop({
    while: () => i < n,
    body: () => effect,
    step: () => {
      i++;
    },
  });
}
