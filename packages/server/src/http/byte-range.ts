/** Some bytes: from `start` up to, and without, `end`. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header. What is not understood, and more than one range, is passed over, as
 * RFC 9110 (14.2) allows: the whole is answered then.
 *
 * @param header The header, if there is one.
 * @param size How many bytes there are.
 * @returns The bytes; nothing for all of them; `unsatisfiable` if there are none of these.
 */
export function parseByteRange(
  header: string | null,
  size: number,
): ByteSpan | "unsatisfiable" | undefined {
  const match = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "");
  if (match === null) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "") return last === "" ? undefined : keepLast(last, size);
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  const end = last === "" ? size : Math.min(size, Number(last) + 1);
  return keep(start, end);
}

function keepLast(count: string, size: number): ByteSpan | "unsatisfiable" {
  return keep(Math.max(0, size - Number(count)), size);
}

function keep(start: number, end: number): ByteSpan | "unsatisfiable" {
  return start < end ? { start, end } : "unsatisfiable";
}
