import { concat, type Stream, type StreamOptions } from "sluice";
import { openBytes, type ByteInput } from "../bytes/byte-input.ts";
import { checkInteger, highestUint32 } from "../grain/check-integer.ts";
import { GsfParser } from "./gsf-parser.ts";
import type { GsfGrain, GsfPart } from "./gsf-part.ts";

/** What reading GSF can be told, beside what every stream can be told. */
export interface GsfReadOptions extends StreamOptions {
  /**
   * The greatest size of a block that is held, and so of a grain, in bytes; 1 GiB unless
   * said otherwise. Nothing is set aside for a block before its bytes are there.
   */
  readonly maxBlockBytes?: number;
}

/**
 * Reads the grains of a GSF file, one after the other; those of several files, if they
 * are written one behind the other.
 *
 * Holds one grain, and a chunk of the input. A payload is a view of the input's chunk,
 * where one chunk has it all, and a copy otherwise. It is given as it is, even where the
 * grain's header says that it should be longer or shorter: see `computeDataLength`. The
 * input is closed at the end, and whenever the stream is left or fails. Blocks that the
 * specification does not have are skipped. Before a failure, all grains are given that are
 * whole.
 *
 * Source: the BBC's Grain Sequence Format, versions 7, 8 and 9. A size that is less than a
 * block's header, which mediagrains takes for that of the header, is an error here.
 *
 * @param input The file's bytes.
 * @param options A signal, and what else holds for streams; how large a block may be.
 * @returns The stream of grains, each with the local id of its segment.
 * @throws {TypeError} If the input has no bytes; at once. On reading, if a chunk is none.
 * @throws {RangeError} If `maxBlockBytes` is not a whole number of 32 bits; at once.
 * @throws {FormatError} On reading, if the bytes do not follow the format, or end before
 * the mark of the end.
 *
 * @example Write two grains, and read them
 * ```ts
 * import { createEmptyGrain, createGsfHead, readGsf, writeGsf } from "@sluice/media";
 * import { Rate, Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grains = [0, 1].map((count) =>
 *   createEmptyGrain({
 *     sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
 *     flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
 *     originTimestamp: Timestamp.fromCount(count, Rate.of(25)),
 *   }),
 * );
 * const file = writeGsf(createGsfHead(), grains);
 * const times = await readGsf(file)
 *   .map(({ grain }) => `${grain.originTimestamp}`)
 *   .toArray();
 * assert.deepEqual(times, ["0:0", "0:40000000"]);
 * ```
 */
export function readGsf(
  input: ByteInput,
  options?: GsfReadOptions,
): Stream<GsfGrain> {
  return readParts(input, options, false).filter(isGrain);
}

/**
 * Reads all that a GSF file has, in order: heads, grains, blocks that the specification
 * does not have, and the marks of the end. {@linkcode writeGsfParts} makes the same file
 * of them.
 *
 * It holds, closes and fails as {@linkcode readGsf} does. Blocks that are not known are
 * given if they are behind a head, and not within another block.
 *
 * @param input The file's bytes.
 * @param options A signal, and what else holds for streams; how large a block may be.
 * @returns The stream of parts.
 * @throws {TypeError} If the input has no bytes; at once. On reading, if a chunk is none.
 * @throws {RangeError} If `maxBlockBytes` is not a whole number of 32 bits; at once.
 * @throws {FormatError} On reading, if the bytes do not follow the format, or end before
 * the mark of the end.
 *
 * @example What a file has
 * ```ts
 * import { createGsfHead, readGsfParts, writeGsf } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const file = writeGsf(createGsfHead(), []);
 * const kinds = await readGsfParts(file).map(({ kind }) => kind).toArray();
 * assert.deepEqual(kinds, ["head", "end"]);
 * ```
 */
export function readGsfParts(
  input: ByteInput,
  options?: GsfReadOptions,
): Stream<GsfPart> {
  return readParts(input, options, true);
}

/** Reads parts, with or without the blocks that are not known. */
export function readParts(
  input: ByteInput,
  options: GsfReadOptions | undefined,
  keepsUnknown: boolean,
): Stream<GsfPart> {
  const { maxBlockBytes = 2 ** 30, ...streamOptions } = options ?? {};
  checkInteger("maxBlockBytes", maxBlockBytes, highestUint32);
  const parser = new GsfParser({ maxBlockBytes, keepsUnknown });
  const chunks = openBytes(input, streamOptions);
  return concat(chunks, [undefined])
    .withOptions(streamOptions)
    .flatMap((chunk): Iterable<GsfPart> => {
      if (chunk !== undefined) return parser.push(chunk);
      parser.end();
      return [];
    });
}

/** Tells grains from other parts. */
export function isGrain(part: GsfPart): part is GsfGrain {
  return part.kind === "grain";
}
