/** How much of a text a message shows. */
const longestExcerpt = 40;

/**
 * A text is not what it should be: a `SyntaxError` that shows where.
 *
 * `position` counts UTF-16 units from 0, as `String.prototype.slice` does; at the
 * end of the text it is the text's length.
 *
 * @example Show where a text goes wrong
 * ```ts
 * import { Timestamp, TimeSyntaxError } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * try {
 *   Timestamp.parse("10:5x");
 * } catch (error) {
 *   assert.ok(error instanceof TimeSyntaxError && error instanceof SyntaxError);
 *   assert.equal(error.code, "TIME_SYNTAX");
 *   assert.equal(error.position, 4);
 *   assert.equal(
 *     error.message,
 *     'Cannot parse "10:5x" as a timestamp: at position 4 the end is expected, not "x"',
 *   );
 * }
 * ```
 */
export class TimeSyntaxError extends SyntaxError {
  /** Identifies the condition; never changes between versions. */
  readonly code = "TIME_SYNTAX";
  /** The whole text. */
  readonly text: string;
  /** Where in the text the fault was found, from 0. */
  readonly position: number;

  /**
   * @param kind What the text should be, such as `a timestamp`.
   * @param text The whole text.
   * @param position Where in it the fault was found, from 0.
   * @param expected What should stand there, such as `the end`.
   */
  constructor(kind: string, text: string, position: number, expected: string) {
    const found =
      position < text.length ? quote(text.slice(position)) : "the end";
    super(
      `Cannot parse ${quote(text)} as ${kind}: at position ${position} ${expected} is expected, not ${found}`,
    );
    this.text = text;
    this.position = position;
  }

  /** Says what is wrong in one word; it is on the prototype. */
  override get name(): string {
    return "TimeSyntaxError";
  }
}

/** Writes a text within quotes, and only the start of a long one. */
function quote(text: string): string {
  return text.length > longestExcerpt
    ? `${JSON.stringify(text.slice(0, longestExcerpt))}…`
    : JSON.stringify(text);
}
