import { FormatError, type FormatErrorCode } from "../error/format-error.ts";

/** A box of a file, and where it is in the bytes. */
export interface Box {
  /** Its type: four characters. */
  readonly type: string;
  /** Where its head begins. */
  readonly start: number;
  /** Where its body begins. */
  readonly body: number;
  /** Where it ends. */
  readonly end: number;
}

/** Bytes in which boxes are. */
export interface BoxBytes {
  /** All bytes that were read. */
  readonly bytes: Uint8Array;
  /** The same, to take numbers out of. */
  readonly view: DataView;
}

/** Gives bytes a view. */
export function toBoxBytes(bytes: Uint8Array): BoxBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view };
}

/**
 * Lists the boxes that follow each other in a part of the bytes.
 *
 * Source: ISO/IEC 14496-12, 4.2.
 *
 * @param file The bytes.
 * @param start Where the first is.
 * @param end Where the last ends.
 * @throws {FormatError} If a box goes on beyond the end, or is no box.
 */
export function* listBoxes(
  file: BoxBytes,
  start = 0,
  end = file.bytes.length,
): Generator<Box, void, undefined> {
  for (let at = start; at < end;) {
    const box = readBox(file, at, end);
    yield box;
    at = box.end;
  }
}

/** Finds the first box of a type within another. */
export function findBox(
  file: BoxBytes,
  parent: Box,
  ...path: readonly string[]
): Box | undefined {
  let box: Box | undefined = parent;
  for (const type of path) {
    if (box === undefined) return undefined;
    box = findChild(file, box, type);
  }
  return box;
}

/**
 * Finds the first box of a type within another, where there has to be one.
 *
 * @throws {FormatError} If there is none.
 */
export function getBox(
  file: BoxBytes,
  parent: Box,
  ...path: readonly string[]
): Box {
  const box = findBox(file, parent, ...path);
  if (box !== undefined) return box;
  throw malformed(
    parent.start,
    `the box '${parent.type}' has no '${path.join("/")}'`,
  );
}

/** Makes the error of bytes that nothing could mend. */
export function malformed(offset: number, problem: string): FormatError {
  return fail("MEDIA_MALFORMED", offset, problem);
}

/** Makes the error of bytes that end too early. */
export function truncated(offset: number, problem: string): FormatError {
  return fail("MEDIA_TRUNCATED", offset, problem);
}

function fail(
  code: FormatErrorCode,
  offset: number,
  problem: string,
): FormatError {
  return new FormatError({ code, format: "MP4", offset, problem });
}

function findChild(file: BoxBytes, box: Box, type: string): Box | undefined {
  for (const child of listBoxes(file, box.body, box.end)) {
    if (child.type === type) return child;
  }
  return undefined;
}

function readBox({ bytes, view }: BoxBytes, at: number, end: number): Box {
  if (at + 8 > end) {
    throw truncated(end, "the bytes end within the head of a box");
  }
  const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) {
    throw malformed(at + 4, "what should be the type of a box is none");
  }
  const size32 = view.getUint32(at);
  if (size32 === 1 && at + 16 > end) {
    throw truncated(end, `the bytes end within the head of the box '${type}'`);
  }
  const head = size32 === 1 ? 16 : 8;
  const size =
    size32 === 1 ? Number(view.getBigUint64(at + 8)) : size32 || end - at;
  if (size < head) {
    throw malformed(at, `the box '${type}' has ${size} bytes`);
  }
  if (at + size > end) {
    throw truncated(
      end,
      `the box '${type}' goes on for ${at + size - end} bytes beyond the end`,
    );
  }
  return { type, start: at, body: at + head, end: at + size };
}
