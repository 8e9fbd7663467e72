import { checkGenerator } from "./check-generator.ts";
import { wrapFunction } from "./wrap-function.ts";

/**
 * Makes a function that makes something out of a generator, out of the generator's.
 *
 * @param kind What the generator is known by: `Symbol.iterator` or `Symbol.asyncIterator`.
 * @returns A function that throws a `TypeError` where it is given no generator.
 */
export function wrapGenerator<A extends unknown[], G, R>(
  create: (...args: A) => G,
  kind: symbol,
  use: (generator: G) => R,
): (...args: A) => R {
  return wrapFunction(function (this: unknown, ...args: A) {
    const generator = create.apply(this, args);
    checkGenerator(generator, kind, create);
    return use(generator);
  }, create);
}
