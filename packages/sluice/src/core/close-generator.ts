import { createYieldedOnClose } from "./generator-error.ts";

/** The part of a generator that closes it. */
interface Closable {
  return(
    value?: undefined,
  ): PromiseLike<Partial<IteratorResult<unknown, unknown>> | undefined>;
}

/**
 * Closes an async generator and waits until its `finally` blocks have run.
 *
 * @throws {GeneratorError} `SLUICE_YIELDED_ON_CLOSE` if it yields meanwhile,
 * which `return()` and `for await` overlook.
 * @throws What the generator throws meanwhile.
 */
export async function closeAsyncGenerator(generator: Closable): Promise<void> {
  // Not every iterator keeps to the protocol: some resolve to nothing at all.
  const result = await generator.return(undefined);
  if (result?.done === false) throw createYieldedOnClose();
}
