import type { Spelling, TextReader } from "../text/text-reader.ts";

/** Whether a range has its start and its end within it. */
export type Inclusivity = "[]" | "[)" | "(]" | "()";

/** A range's ends as a text has them; one that is missing is unbounded. */
export interface ReadRange<T> {
  readonly start: T | undefined;
  readonly end: T | undefined;
  readonly inclusivity: Inclusivity;
}

/** What a range's text is made of. */
export interface RangeGrammar<T> {
  /** What stands at an end, for messages, such as `a timestamp`. */
  readonly kind: string;
  readonly readValue: (reader: TextReader, spelling: Spelling) => T;
  readonly compare: (a: T, b: T) => number;
}

/**
 * Takes a range's text to its end.
 *
 * Source: TAMS 8.2, schema `timerange` and application note 0008, read strictly: an
 * end that is unbounded has no marker; one value alone stands in `[` and `]`. Of
 * several spellings of a range one is canonical.
 *
 * @param reader It is at the start.
 * @param spelling Which spellings are taken.
 * @param grammar What the range is of.
 * @returns The range; nothing for `()`.
 * @throws {TimeSyntaxError} If it is anything else.
 */
export function readRange<T>(
  reader: TextReader,
  spelling: Spelling,
  grammar: RangeGrammar<T>,
): ReadRange<T> | undefined {
  if (reader.takeWord("()")) {
    reader.expectEnd();
    return undefined;
  }
  const opening = reader.take(/[[(]/y)?.[0];
  const isOpen = opening === undefined && reader.takeWord("_");
  if (!isOpen && opening === undefined && spelling === "canonical") {
    reader.fail('"[", "(" or "_"');
  }
  const start = isOpen ? undefined : grammar.readValue(reader, spelling);
  const range =
    isOpen || reader.takeWord("_")
      ? readEnd(reader, spelling, grammar, { start, opening })
      : readSingle(reader, grammar, { start, opening });
  reader.expectEnd();
  return range;
}

interface Opened<T> {
  readonly start: T | undefined;
  readonly opening: string | undefined;
}

/** Takes what is behind the `_`. */
function readEnd<T>(
  reader: TextReader,
  spelling: Spelling,
  grammar: RangeGrammar<T>,
  { start, opening }: Opened<T>,
): ReadRange<T> {
  const includesStart = opening !== "(";
  if (reader.isAtEnd()) {
    return {
      start,
      end: undefined,
      inclusivity: toInclusivity(includesStart, true),
    };
  }
  const position = reader.position;
  const end = grammar.readValue(reader, spelling);
  const isUnmarked = start !== undefined && opening === undefined;
  const isBare =
    spelling === "any" && opening === undefined && reader.isAtEnd();
  const closing = isBare ? "]" : readClosing(reader, isUnmarked);
  const inclusivity = toInclusivity(includesStart, closing === "]");
  if (spelling === "canonical" && start !== undefined) {
    const order = grammar.compare(start, end);
    checkOrder(reader, position, order, inclusivity);
  }
  return { start, end, inclusivity };
}

/** Refuses a range that has another spelling: `()`, or one value alone. */
function checkOrder(
  reader: TextReader,
  position: number,
  order: number,
  inclusivity: Inclusivity,
): void {
  if (order < 0) return;
  const isSingle = order === 0 && inclusivity === "[]";
  const name = isSingle ? "one value alone" : "()";
  reader.fail(`a later end, or ${name} for the whole`, position);
}

function readClosing(reader: TextReader, isUnmarked: boolean): string {
  if (isUnmarked) reader.fail("the end, as there is no marker at the start");
  return reader.expect(/[\])]/y, '"]" or ")"')[0];
}

/** Takes what is behind a value that stands alone. */
function readSingle<T>(
  reader: TextReader,
  { kind }: RangeGrammar<T>,
  { start, opening }: Opened<T>,
): ReadRange<T> {
  if (opening === "(") {
    reader.fail(`"_", or ${kind} alone within "[" and "]"`);
  }
  if (opening === "[") reader.expect(/\]/y, '"_" or "]"');
  else if (!reader.isAtEnd()) reader.fail('"_" or the end');
  return { start, end: start, inclusivity: "[]" };
}

/** Writes the markers of a range as one word. */
export function toInclusivity(
  includesStart: boolean,
  includesEnd: boolean,
): Inclusivity {
  if (includesStart) return includesEnd ? "[]" : "[)";
  return includesEnd ? "(]" : "()";
}
