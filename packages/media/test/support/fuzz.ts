import { FormatError } from "@sluice/media";
import fc from "fast-check";
import type { Stream } from "sluice";
import { expect } from "vitest";
import { cut } from "./bytes.ts";
import { mutate, mutations } from "./mutations.ts";

/** How many inputs a reader is given. */
export const fuzzInputs = Number(process.env["FUZZ_INPUTS"] ?? 1000);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);

/** What reading may hold beside four times its input: memory is swept a while after. */
const allowance = 2 ** 20;

/** Gives a reader files that were tampered with: it reads them, or fails with a `FormatError`. */
export async function fuzzReader(
  files: readonly Uint8Array[],
  read: (chunks: Uint8Array[]) => Stream<object>,
): Promise<void> {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      mutations(),
      fc.constantFrom(1, 13, 200, 100_000),
      async (file, changes, chunkSize) => {
        const input = mutate(file, changes);
        const chunks = cut(input, chunkSize);
        // To collect garbage each time would take minutes.
        const isMeasured = runs++ % 20 === 0;
        const before = isMeasured ? measure() : 0;

        const reading = read(chunks).toArray();
        const [outcome] = await Promise.allSettled([reading]);

        const grown = isMeasured ? measure() - before : 0;
        expect(grown).toBeLessThanOrEqual(4 * input.length + allowance);
        if (outcome.status === "fulfilled") {
          expect(countBytes(outcome.value)).toBeLessThanOrEqual(input.length);
        } else {
          const error: unknown = outcome.reason;
          if (!(error instanceof FormatError)) throw error;
          expect(error.offset).toBeGreaterThanOrEqual(0);
          expect(error.offset).toBeLessThanOrEqual(input.length);
        }
      },
    ),
    { numRuns: fuzzInputs, seed },
  );
}

function measure(): number {
  gc?.();
  return process.memoryUsage().arrayBuffers;
}

/** How many bytes were given in all. */
function countBytes(items: readonly object[]): number {
  return items.reduce(
    (sum, item) =>
      "data" in item && item.data instanceof Uint8Array
        ? sum + item.data.length
        : sum,
    0,
  );
}
