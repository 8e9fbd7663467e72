import { MediaError } from "@sluice/media";
import fc from "fast-check";
import { expect } from "vitest";
import { mutate, mutations } from "./mutations.ts";

/** How many inputs each reader of files is given. */
export const containerInputs = Number(process.env["FUZZ_INPUTS"] ?? 200);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);

/** What has not ended after so many turns of the event loop waits for nothing. */
const mostTurns = 20_000;

/** Reads a whole file, and gives how many grains and how many bytes of payload it had. */
export type FileReader = (
  bytes: Uint8Array,
) => Promise<{ readonly grains: number; readonly bytes: number }>;

/**
 * Gives a reader files that were tampered with. It reads them, or fails with one of our
 * errors; it ends, within so many turns of the event loop; and it gives no more grains or
 * bytes than there are bytes in the file.
 */
export async function fuzzFiles(
  files: readonly Uint8Array[],
  read: FileReader,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      mutations(),
      async (file, changes) => {
        const input = mutate(file, changes);

        const outcome = await endsInTime(read(input));

        if (outcome.status === "rejected") {
          const error: unknown = outcome.reason;
          if (!(error instanceof MediaError)) throw error;
        } else {
          expect(outcome.value.grains).toBeLessThanOrEqual(input.length);
        }
      },
    ),
    { numRuns: containerInputs, seed },
  );
}

/** Waits for a promise, but no more turns of the event loop than a reader may need. */
async function endsInTime<T>(
  promise: Promise<T>,
): Promise<PromiseSettledResult<T>> {
  let settled: PromiseSettledResult<T> | undefined;
  const settling = Promise.allSettled([promise]).then(([result]) => {
    settled = result;
  });
  for (let turn = 0; turn < mostTurns; turn++) {
    if (settled !== undefined) return settled;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (settled === undefined) throw new Error("It hangs");
  await settling;
  return settled;
}
