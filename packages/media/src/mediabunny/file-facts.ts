import { Timestamp } from "@sluice/time";
import {
  IsobmffInputFormat,
  MatroskaInputFormat,
  type InputFormat,
} from "mediabunny";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import { FormatError } from "../error/format-error.ts";
import { findBoxEnd } from "./box-end.ts";
import { checkSampleTables } from "./check-sample-tables.ts";
import { readMatroskaFacts } from "./matroska-tracks.ts";

/** What is told of a file by its own bytes, and not by mediabunny. */
export interface FileFacts {
  /** Tells by how much the times of a track are late, by its number. */
  readonly delayOf: (track: number) => Timestamp | undefined;
  /** @throws {FormatError} If the file was cut off. */
  readonly checkEnd: () => Promise<void>;
}

/**
 * Reads what is told of a file by its own bytes.
 *
 * @throws {FormatError} If the tables of its tracks speak of more samples than there are.
 */
export async function readFileFacts(
  bytes: SeekableBytes,
  format: InputFormat,
): Promise<FileFacts> {
  const check = (expected: number): void => {
    checkSize(bytes, expected, format);
  };
  if (format instanceof MatroskaInputFormat) {
    const { delays, sizeBytes } = await readMatroskaFacts(bytes);
    const delayOf = (track: number): Timestamp | undefined => {
      const delay = delays.get(track);
      return delay === undefined ? undefined : Timestamp.fromNanoseconds(delay);
    };
    const checkEnd = (): Promise<void> =>
      Promise.resolve(sizeBytes).then((size) => {
        if (size !== undefined) check(size);
      });
    return { delayOf, checkEnd };
  }
  if (format instanceof IsobmffInputFormat) await checkSampleTables(bytes);
  return {
    delayOf: () => undefined,
    checkEnd: async () => {
      // Of a file far away that would be a request for each fragment.
      const hasBoxes = format instanceof IsobmffInputFormat && !bytes.isRemote;
      if (hasBoxes) check(await findBoxEnd(bytes));
    },
  };
}

function checkSize(
  { sizeBytes }: SeekableBytes,
  expected: number,
  { name }: InputFormat,
): void {
  if (expected <= sizeBytes) return;
  throw new FormatError({
    code: "MEDIA_TRUNCATED",
    format: name,
    offset: sizeBytes,
    problem: `the file ends ${expected - sizeBytes} bytes before the end that it names`,
  });
}
