import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import { FormatError } from "../error/format-error.ts";
import {
  findBox,
  listBoxes,
  malformed,
  toBoxBytes,
  type Box,
  type BoxBytes,
} from "../iso-base-media/box.ts";

/** More than any movie needs for its tables. */
const mostMovieBytes = 2 ** 28;

/**
 * Checks that the tables of a file's tracks speak of no more samples than there are.
 *
 * mediabunny counts through what these tables say, one by one and without a pause: a number
 * that was damaged would keep it, and all else, for minutes.
 *
 * Source: ISO/IEC 14496-12, 8.6 and 8.7.
 *
 * @throws {FormatError} If a table speaks of more.
 */
export async function checkSampleTables(bytes: SeekableBytes): Promise<void> {
  const movie = await readMovie(bytes);
  if (movie === undefined) return;
  const { file, start } = movie;
  for (const track of walk(file)) {
    const table = findIn(file, track, "mdia", "minf", "stbl");
    if (table !== undefined) checkTable(file, table, { bytes, start });
  }
}

interface Place {
  readonly bytes: SeekableBytes;
  /** Where the movie begins in the file. */
  readonly start: number;
}

function checkTable(file: BoxBytes, table: Box, { bytes, start }: Place): void {
  const samples = countSamples(file, table, bytes.sizeBytes);
  const chunks = Math.max(
    readCount(file, findIn(file, table, "stco")),
    readCount(file, findIn(file, table, "co64")),
  );
  for (const type of ["stts", "ctts"]) {
    const box = findIn(file, table, type);
    // Some writers count one more than there is.
    if (box === undefined || sumRuns(file, box) <= samples + 1) continue;
    throw malformed(
      start + box.start,
      `the box '${type}' speaks of more samples than the ${samples} that there are`,
    );
  }
  const runs = findIn(file, table, "stsc");
  if (runs === undefined || findHighest(file, runs) <= chunks + 1) return;
  throw malformed(
    start + runs.start,
    `the box 'stsc' speaks of more chunks than the ${chunks} that there are`,
  );
}

/** Counts the samples of a table; of equal ones, at most as many as the file has room for. */
function countSamples(file: BoxBytes, table: Box, sizeBytes: number): number {
  const sizes = findIn(file, table, "stsz");
  if (sizes === undefined) return sizeBytes;
  const size = readNumber(file, sizes, 4);
  const count = readNumber(file, sizes, 8);
  const most =
    size === 0 ? (sizes.end - sizes.body - 12) / 4 : sizeBytes / size;
  return Math.min(count, Math.floor(most));
}

/** Adds up the first numbers of a table's pairs. */
function sumRuns(file: BoxBytes, box: Box): number {
  let sum = 0;
  for (const at of listEntries(file, box, 8)) sum += file.view.getUint32(at);
  return sum;
}

/** Finds the highest of the first numbers of a table's triples. */
function findHighest(file: BoxBytes, box: Box): number {
  let highest = 0;
  for (const at of listEntries(file, box, 12)) {
    highest = Math.max(highest, file.view.getUint32(at));
  }
  return highest;
}

function* listEntries(
  file: BoxBytes,
  box: Box,
  size: number,
): Generator<number, void, undefined> {
  const count = readCount(file, box);
  for (let index = 0; index < count; index++) {
    const at = box.body + 8 + index * size;
    if (at + size > box.end) return;
    yield at;
  }
}

function readCount(file: BoxBytes, box: Box | undefined): number {
  return box === undefined ? 0 : readNumber(file, box, 4);
}

function readNumber(file: BoxBytes, box: Box, offset: number): number {
  const at = box.body + offset;
  return at + 4 <= box.end ? file.view.getUint32(at) : 0;
}

/** Gives the tracks of a movie; what is no box ends it, and is mediabunny's to refuse. */
function walk(file: BoxBytes): readonly Box[] {
  return attempt(() => {
    const [movie] = listBoxes(file);
    if (movie === undefined) return [];
    const boxes = [...listBoxes(file, movie.body, movie.end)];
    return boxes.filter(({ type }) => type === "trak");
  }, []);
}

function findIn(
  file: BoxBytes,
  parent: Box,
  ...path: readonly string[]
): Box | undefined {
  return attempt(() => findBox(file, parent, ...path), undefined);
}

function attempt<T>(find: () => T, otherwise: T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof FormatError) return otherwise;
    throw error;
  }
}

/** Reads the movie, if there is one before the first fragment. */
async function readMovie(
  bytes: SeekableBytes,
): Promise<{ file: BoxBytes; start: number } | undefined> {
  for (let start = 0; start + 8 <= bytes.sizeBytes;) {
    const end = Math.min(start + 16, bytes.sizeBytes);
    const { view, bytes: head } = toBoxBytes(await bytes.read(start, end));
    const type = String.fromCharCode(...head.subarray(4, 8));
    const size = readSize(view, bytes.sizeBytes - start);
    if (size === undefined || type === "moof") return undefined;
    if (type === "moov") {
      if (size > Math.min(mostMovieBytes, bytes.sizeBytes - start)) {
        return undefined;
      }
      const whole = await bytes.read(start, start + size);
      return { file: toBoxBytes(whole), start };
    }
    start += size;
  }
  return undefined;
}

function readSize(view: DataView, left: number): number | undefined {
  const size = view.getUint32(0);
  if (size === 0) return left;
  if (size !== 1) return size >= 8 ? size : undefined;
  return view.byteLength < 16 ? undefined : Number(view.getBigUint64(8));
}
