import { dropLateError } from "./drop-late-error.ts";
import { isObject } from "./thenable.ts";

/**
 * Refuses what a function returned that was to be a generator function.
 *
 * @throws {TypeError} If it is no generator; a promise's late failure is dropped then.
 */
export function checkGenerator(
  generator: unknown,
  kind: symbol,
  create: { readonly name: string },
): void {
  if (isObject(generator) && kind in generator) return;
  dropLateError(generator);
  throw new TypeError(
    `Cannot make a generator with '${create.name}': it is not ${kind === Symbol.iterator ? "" : "async "}function*`,
  );
}
