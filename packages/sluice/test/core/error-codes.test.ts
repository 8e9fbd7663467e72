import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as sluice from "sluice";
import type { GeneratorErrorCode } from "sluice";
import { DeadlockError } from "sluice/testing";

/** Each code of a generator's error; the type sees to it that none is missing. */
const generatorCodes: Record<GeneratorErrorCode, true> = {
  SLUICE_DID_NOT_STOP: true,
  SLUICE_DID_NOT_YIELD: true,
  SLUICE_RAISED_STOP: true,
  SLUICE_SWALLOWED_ERROR: true,
  SLUICE_YIELDED_ON_CLOSE: true,
};

const classes = [
  new sluice.BusyError(),
  new sluice.CancelledError(),
  new sluice.ClosedError(),
  new DeadlockError(),
  new sluice.DetachedError(),
  new sluice.OverflowError(),
  new sluice.StopAsyncIteration(),
  new sluice.TaskGroupError([]),
  new sluice.TimeoutError(),
];

describe("docs/errors.md", () => {
  it("lists every code that there is, and no other", () => {
    const page = readFileSync(
      new URL("../../../../docs/errors.md", import.meta.url),
      "utf8",
    );
    const listed = [...page.matchAll(/^\| `(SLUICE_\w+)`/gm)].map(
      ([, code]) => code,
    );

    expect(listed.sort()).toEqual(
      [
        ...classes.map(({ code }) => code),
        ...Object.keys(generatorCodes),
      ].sort(),
    );
  });

  it("knows every class of errors that is exported", () => {
    const known = new Set<unknown>([
      ...classes.map((error) => error.constructor),
      sluice.GeneratorError,
      sluice.SluiceError,
      sluice.SuppressedError,
    ]);

    const unknown = Object.entries(sluice)
      .filter(
        ([, value]) =>
          typeof value === "function" &&
          value.prototype instanceof Error &&
          !known.has(value),
      )
      .map(([name]) => name);

    expect(unknown).toEqual([]);
  });
});
