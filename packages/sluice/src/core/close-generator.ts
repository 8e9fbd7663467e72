import { createYieldedOnClose } from "./generator-error.ts";

/**
 * Closes an async generator and waits until its `finally` blocks have run.
 *
 * @param close Calls its `return()`. Not every iterator keeps to the protocol there:
 * some give nothing at all.
 * @throws {GeneratorError} `SLUICE_YIELDED_ON_CLOSE` if it yields meanwhile,
 * which `return()` and `for await` overlook.
 * @throws What the generator throws meanwhile.
 */
export async function closeAsyncGenerator(close: () => unknown): Promise<void> {
  const result = (await close()) as { done?: unknown } | undefined;
  if (result?.done === false) throw createYieldedOnClose();
}
