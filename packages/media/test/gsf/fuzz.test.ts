import {
  FormatError,
  MediaError,
  readGsfParts,
  writeGsfParts,
} from "@sluice/media";
import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, join } from "../support/bytes.ts";
import { mutate, mutations } from "../support/mutations.ts";
import { writeSmallFile } from "../support/small-files.ts";

const inputs = Number(process.env["FUZZ_INPUTS"] ?? 2000);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);

/** What reading may set aside beside four times its input, garbage included. */
const allowance = 4096;

const files = await Promise.all(([7, 8, 9] as const).map(writeSmallFile));
const [, , last = new Uint8Array(0)] = files;
const bases = [...files, join(files), last.subarray(0, 700)];
const base: Arbitrary<Uint8Array> = fc.constantFrom(...bases);

describe("readGsfParts() of bytes that were tampered with", () => {
  it(`gives parts that can be written, or one of our errors, of ${inputs} inputs`, async () => {
    await fc.assert(
      fc.asyncProperty(
        base,
        mutations(),
        fc.constantFrom(1, 13, 200, 100_000),
        async (bytes, changes, chunkSize) => {
          const input = mutate(bytes, changes);
          const chunks = cut(input, chunkSize);

          const failure = await read(chunks, input.length);

          if (failure === undefined) return;
          expect(failure).toBeInstanceOf(MediaError);
          if (!(failure instanceof FormatError)) return;
          expect(failure.offset).toBeGreaterThanOrEqual(0);
          expect(failure.offset).toBeLessThanOrEqual(input.length);
        },
      ),
      { numRuns: inputs, seed },
    );
  }, 3_600_000);
});

/** Reads, writes what was read, and reads that again; gives what failed, if anything did. */
async function read(chunks: Uint8Array[], size: number): Promise<unknown> {
  const before = process.memoryUsage().arrayBuffers;
  const reading = readGsfParts(chunks).toArray();
  await Promise.allSettled([reading]);
  const grown = process.memoryUsage().arrayBuffers - before;
  expect(grown).toBeLessThanOrEqual(4 * size + allowance);
  try {
    const parts = await reading;
    const copy = await writeGsfParts(parts).toArray();
    const again = await readGsfParts(join(copy)).toArray();
    expect(again).toEqual(parts);
    return undefined;
  } catch (error) {
    return error;
  }
}
