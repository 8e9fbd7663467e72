import { TimeRange, Timestamp } from "@sluice/time";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { earliestInstant, latestInstant } from "../port/instant-bounds.ts";
import type { Span } from "../port/segment-index.ts";

/**
 * Reads the range of a segment, or of an object: it has a start, an end, and something
 * between them.
 *
 * @param what What it is, for messages.
 * @param text The range in TAMS's text; any spelling.
 * @throws {InvalidRequestError} If it is no such range.
 */
export function parseSpan(what: string, text: string): Span {
  const { start, end } = readText(what, text, (value) =>
    TimeRange.parse(value, { spelling: "any" }),
  ).toNanosecondBounds();
  if (start === undefined || end === undefined || end <= start) {
    throw new InvalidRequestError(
      `Cannot take '${text}' as ${what}: it must have a start, and an end behind it`,
    );
  }
  return checkSpan(what, text, { start, end });
}

/**
 * Reads a timestamp.
 *
 * @param what What it is, for messages.
 * @param text The timestamp in TAMS's text.
 * @returns It in nanoseconds.
 * @throws {InvalidRequestError} If it is none.
 */
export function parseInstant(what: string, text: string): bigint {
  const { nanoseconds } = readText(what, text, (value) =>
    Timestamp.parse(value, { spelling: "any" }),
  );
  checkSpan(what, text, { start: nanoseconds, end: nanoseconds });
  return nanoseconds;
}

/** Tells whether nothing is in a span. */
export function isEmptySpan({ start, end }: Span): boolean {
  return end <= start;
}

/** Writes a span as a range in TAMS's text; `()` if there is none. */
export function formatSpan(span: Span | undefined): string {
  if (span === undefined) return TimeRange.never.toString();
  return TimeRange.of(
    Timestamp.fromNanoseconds(span.start),
    Timestamp.fromNanoseconds(span.end),
  ).toString();
}

/** Writes nanoseconds as a timestamp in TAMS's text. */
export function formatInstant(nanoseconds: bigint): string {
  return Timestamp.fromNanoseconds(nanoseconds).toString();
}

/** @throws {InvalidRequestError} If a span is beyond what an index keeps. */
export function checkSpan(what: string, text: string, span: Span): Span {
  if (span.start >= earliestInstant && span.end <= latestInstant) return span;
  throw new InvalidRequestError(
    `Cannot take '${text}' as ${what}: it is beyond 2^63 nanoseconds (292 years) from 0`,
  );
}

function readText<T>(
  what: string,
  text: string,
  parse: (text: string) => T,
): T {
  try {
    return parse(text);
  } catch (cause) {
    throw new InvalidRequestError(
      `Cannot take '${text}' as ${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
