import {
  concat,
  from,
  type Many,
  type Stream,
  type StreamOptions,
} from "sluice";
import type { Grain } from "../grain/grain.ts";
import { GsfEncoder } from "./gsf-encoder.ts";
import type { GsfHead } from "./gsf-head.ts";
import type { GsfGrain, GsfPart } from "./gsf-part.ts";
import { SegmentFinder } from "./segment-finder.ts";

/**
 * Writes grains as a GSF file.
 *
 * Holds one grain. The payload of a grain is given as a chunk of its own, and not copied,
 * unless it is small. Each flow has a segment: the one that the head says is the flow's,
 * or else the next one of which it does not say whose it is. The head is written as it is,
 * its counts too. If the grains fail, or the stream is left, their source is closed, and
 * the file lacks the mark of its end.
 *
 * Source: the BBC's Grain Sequence Format, versions 7, 8 and 9.
 *
 * @param head The head of the file, which tells its version.
 * @param grains The grains; one that comes from another file's segment may come with its
 * local id, and keeps it.
 * @param options A signal, and what else holds for streams.
 * @returns The stream of the file's bytes, which closes the source of the grains.
 * @throws {TypeError} If the grains cannot be iterated over; at once.
 * @throws {RangeError} On reading, if there are more flows than segments, or there is no
 * segment of a local id.
 * @throws {UnsupportedMediaError} On reading, if the format, or the version, has no way to
 * say what a grain is.
 *
 * @example A file of one grain, in version 8
 * ```ts
 * import { createDataGrain, createGsfHead, readGsf, writeGsf } from "@sluice/media";
 * import { Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createDataGrain({
 *   sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
 *   flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
 *   originTimestamp: Timestamp.parse("1447176512:400000000"),
 *   data: new TextEncoder().encode("{}"),
 * });
 * const head = createGsfHead({ version: 8, segments: [{ count: 1 }] });
 * const chunks = await writeGsf(head, [grain]).toArray();
 *
 * const [read] = await readGsf(chunks).toArray();
 * assert.deepEqual(read, { kind: "grain", localId: 1, grain });
 * ```
 */
export function writeGsf(
  head: GsfHead,
  grains: Many<Grain | GsfGrain>,
  options?: StreamOptions,
): Stream<Uint8Array> {
  const finder = new SegmentFinder(head.segments);
  const placed = from<Grain | GsfGrain>(grains, options).map((grain) =>
    finder.place(grain),
  );
  const end: GsfPart = { kind: "end" };
  return writeGsfParts(concat([head], placed, [end]), options);
}

/**
 * Writes the parts of GSF files, one after the other: each begins with a head, and should
 * have an end.
 *
 * What `readGsfParts` gives of a file is written to the letter, if the file has what
 * mediagrains would write: no blocks that are not known within others, nothing behind the
 * last field of a block, fractions with a 0 in them as 0/1, and 1 for what is true.
 *
 * @param parts The parts.
 * @param options A signal, and what else holds for streams.
 * @returns The stream of bytes, which closes the source of the parts.
 * @throws {TypeError} If the parts cannot be iterated over; at once. On reading, if a part
 * has no head before it.
 * @throws {RangeError} On reading, if a block that is not known has a tag that is.
 * @throws {UnsupportedMediaError} On reading, if the format, or the version, has no way to
 * say what a part is.
 *
 * @example Copy a file
 * ```ts
 * import { createGsfHead, readGsfParts, writeGsf, writeGsfParts } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const file = await writeGsf(createGsfHead(), []).toArray();
 * const copy = await writeGsfParts(readGsfParts(file)).toArray();
 * assert.deepEqual(copy, file);
 * ```
 */
export function writeGsfParts(
  parts: Many<GsfPart>,
  options?: StreamOptions,
): Stream<Uint8Array> {
  const encoder = new GsfEncoder();
  return from<GsfPart>(parts, options).flatMap((part) => encoder.encode(part));
}
