import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as time from "@sluice/time";
import { TimeOutOfRangeError, TimeSyntaxError, Timestamp } from "@sluice/time";
import { errorOf } from "../support/error-of.ts";

describe("TimeSyntaxError", () => {
  it("is a SyntaxError with a name, a code, the text and the position", () => {
    const error = errorOf(() => Timestamp.parse("1:2:3"));

    expect(error).toBeInstanceOf(TimeSyntaxError);
    expect(error).toBeInstanceOf(SyntaxError);
    expect(error).toMatchObject({
      name: "TimeSyntaxError",
      code: "TIME_SYNTAX",
      text: "1:2:3",
      position: 3,
    });
  });

  it("tells what is expected where, and what stands there", () => {
    expect(errorOf(() => Timestamp.parse("1:2:3"))).toHaveProperty(
      "message",
      'Cannot parse "1:2:3" as a timestamp: at position 3 the end is expected, not ":3"',
    );
  });

  it("tells that the text ends too early", () => {
    expect(errorOf(() => Timestamp.parse("1:"))).toHaveProperty(
      "message",
      'Cannot parse "1:" as a timestamp: at position 2 a digit is expected, not the end',
    );
  });

  it("shows no more than the start of a long text", () => {
    const error = errorOf(() => Timestamp.parse("x".repeat(1_000_000)));

    expect(error).toHaveProperty(
      "message",
      `Cannot parse "${"x".repeat(40)}"… as a timestamp: at position 0 a digit or "-" is expected, not "${"x".repeat(40)}"…`,
    );
  });

  it("shows blanks and control characters as escapes", () => {
    expect(errorOf(() => Timestamp.parse("1:2\n"))).toHaveProperty(
      "message",
      'Cannot parse "1:2\\n" as a timestamp: at position 3 the end is expected, not "\\n"',
    );
  });
});

describe("TimeOutOfRangeError", () => {
  it("is a RangeError with a name and a code", () => {
    const error = errorOf(() => Timestamp.parse("281474976710656:0"));

    expect(error).toBeInstanceOf(TimeOutOfRangeError);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({
      name: "TimeOutOfRangeError",
      code: "TIME_OUT_OF_RANGE",
      message:
        "Cannot hold 281474976710656:0 in a timestamp: it is beyond 281474976710655:999999999",
    });
  });

  it.each([
    new TimeOutOfRangeError("Out"),
    new TimeSyntaxError("a text", "x", 0, "a digit"),
  ])("%s: does not have its name as a property of its own", (error) => {
    expect(Object.hasOwn(error, "name")).toBe(false);
  });
});

describe("docs/errors.md", () => {
  it("lists every code of the package, and no other", () => {
    const page = readFileSync(
      new URL("../../../../docs/errors.md", import.meta.url),
      "utf8",
    );
    const listed = [...page.matchAll(/^\| `(TIME_\w+)`/gm)].map(
      ([, code]) => code,
    );

    expect(listed.sort()).toEqual(["TIME_OUT_OF_RANGE", "TIME_SYNTAX"]);
  });

  it("knows every class of errors that is exported", () => {
    const classes = Object.entries(time)
      .filter(
        ([, value]) =>
          typeof value === "function" && value.prototype instanceof Error,
      )
      .map(([name]) => name);

    expect(classes.sort()).toEqual(["TimeOutOfRangeError", "TimeSyntaxError"]);
  });
});
