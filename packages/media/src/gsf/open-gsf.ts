import {
  asyncContextManager,
  type AsyncContextManager,
  type Stream,
} from "sluice";
import type { ByteInput } from "../bytes/byte-input.ts";
import type { GsfHead } from "./gsf-head.ts";
import type { GsfGrain, GsfPart } from "./gsf-part.ts";
import { isGrain, readParts, type GsfReadOptions } from "./read-gsf.ts";

/** A GSF file that is open. */
export interface GsfReader {
  /** The head of the file; of the first, if several are written one behind the other. */
  readonly head: GsfHead;
  /**
   * Gives the grains that were not read yet, as a view: to leave it early leaves the file
   * open, and the next call gives a view of those that are left.
   *
   * @returns The view; it need not be closed.
   */
  readonly getGrains: () => Stream<GsfGrain>;
}

const open = asyncContextManager(
  async function* (input: ByteInput, options: GsfReadOptions | undefined) {
    const parts = readParts(input, options, false);
    const head = await readHead(parts);
    const grains = parts.filter(isGrain);
    try {
      yield { head, getGrains: () => grains.borrow() };
    } finally {
      await grains.return();
    }
  },
  { suppresses: false },
);

/** Reads the part that comes first, or fails, and closes the file then. */
async function readHead(parts: Stream<GsfPart>): Promise<GsfHead> {
  const { value } = await parts.next();
  if (value?.kind === "head") return value;
  // A file without one has failed before.
  throw new TypeError("Cannot open GSF: its first part is no head");
}

/**
 * Opens a GSF file: reads its head, and then its grains.
 *
 * The file is closed when the block is left, and not before: a loop over grains can be
 * left early, and another goes on. It holds and fails as `readGsf` does.
 *
 * @param input The file's bytes.
 * @param options A signal, and what else holds for streams; how large a block may be.
 * @returns A manager; its block is given the head, and a way to the grains.
 * @throws {TypeError} On entering, if the input has no bytes.
 * @throws {RangeError} On entering, if `maxBlockBytes` is not a whole number of 32 bits.
 * @throws {FormatError} On entering or on reading grains, if the bytes do not follow the
 * format, or end before the mark of the end.
 *
 * @example What a file says of itself
 * ```ts
 * import { createGsfHead, openGsf, writeGsf } from "@sluice/media";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const file = writeGsf(
 *   createGsfHead({ tags: [{ key: "title", value: "Test" }] }),
 *   [],
 * );
 * await asyncWith(openGsf(file), async ({ head, getGrains }) => {
 *   assert.equal(head.tags[0]?.value, "Test");
 *   assert.deepEqual(await getGrains().toArray(), []);
 * });
 * ```
 */
export function openGsf(
  input: ByteInput,
  options?: GsfReadOptions,
): AsyncContextManager<GsfReader, false> {
  return open(input, options);
}
