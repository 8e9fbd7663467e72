import { TimeSyntaxError } from "../error/time-syntax-error.ts";

/**
 * Which spellings of a value a parser takes.
 *
 * - `canonical`: the one that formatting gives back, to the letter.
 * - `any`: each that TAMS gives a meaning to, such as `0:0_10:0` for `[0:0_10:0]`,
 *   or `[10:0_0:0)` for `()`.
 */
export type Spelling = "canonical" | "any";

/** How a text is to be read. */
export interface ParseOptions {
  /** Which spellings are taken; `canonical` unless said otherwise. */
  readonly spelling?: Spelling;
}

/** Reads a text from left to right, and says where it is not as expected. */
export class TextReader {
  readonly #kind: string;
  readonly #text: string;
  #position = 0;

  /**
   * @param kind What the text should be, for messages.
   * @param text The text.
   */
  constructor(kind: string, text: string) {
    if (typeof text !== "string") {
      throw new TypeError(
        `Cannot parse a value as ${kind}: it is no string but ${typeof text}`,
      );
    }
    this.#kind = kind;
    this.#text = text;
  }

  /** Where it reads next. */
  get position(): number {
    return this.#position;
  }

  /** Tells whether there is no more. */
  isAtEnd(): boolean {
    return this.#position === this.#text.length;
  }

  /**
   * Takes what a pattern matches here.
   *
   * @param pattern It has the flag `y`.
   * @returns The match, or nothing if there is none; then nothing is taken.
   */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#position = pattern.lastIndex;
    return match;
  }

  /** Takes a word if it stands here. */
  takeWord(word: string): boolean {
    if (!this.#text.startsWith(word, this.#position)) return false;
    this.#position += word.length;
    return true;
  }

  /**
   * Takes what has to be here.
   *
   * @throws {TimeSyntaxError} If it is not.
   */
  expect(pattern: RegExp, expected: string): RegExpExecArray {
    return this.take(pattern) ?? this.fail(expected);
  }

  /** @throws {TimeSyntaxError} If there is more. */
  expectEnd(): void {
    if (!this.isAtEnd()) this.fail("the end");
  }

  /** @throws {TimeSyntaxError} Always. */
  fail(expected: string, position: number = this.#position): never {
    throw new TimeSyntaxError(this.#kind, this.#text, position, expected);
  }
}
