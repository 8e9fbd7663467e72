import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TimeOutOfRangeError, TimeSyntaxError } from "@sluice/time";
import { differences } from "./differences.ts";
import { Input, operations } from "./operations.ts";

/** What mediatimestamp gave for an input. */
interface Vector {
  readonly id: number;
  readonly op: string;
  readonly in: Record<string, unknown>;
  readonly out?: unknown;
  /** The name of Python's exception. */
  readonly error?: string;
}

const page = new URL("timestamp-vectors.json", import.meta.url);
const { vectors } = JSON.parse(readFileSync(page, "utf8")) as {
  vectors: readonly Vector[];
};
const different = new Set(differences.flatMap(({ ids }) => ids));

function compute({ op, in: input }: Vector): unknown {
  const operation = operations[op];
  if (operation === undefined) throw new Error(`No operation ${op}`);
  return operation(new Input(input));
}

/** Gives the code of the error that a vector's operation fails with. */
function findCode(vector: Vector): unknown {
  try {
    return `no error, but ${JSON.stringify(compute(vector))}`;
  } catch (error) {
    const isOurs =
      error instanceof TimeSyntaxError || error instanceof TimeOutOfRangeError;
    return isOurs ? error.code : error;
  }
}

function nameVector({ id, op, in: input }: Vector): string {
  return `vector ${id}: ${op} of ${JSON.stringify(input)}`;
}

describe("mediatimestamp's vectors", () => {
  it("are all there", () => {
    expect(vectors).toHaveLength(524);
  });

  for (const vector of vectors.filter(({ id }) => !different.has(id))) {
    it(nameVector(vector), () => {
      if (vector.error === undefined) {
        expect(compute(vector)).toEqual(vector.out);
      } else {
        expect(findCode(vector)).toMatch(/^TIME_(SYNTAX|OUT_OF_RANGE)$/);
      }
    });
  }
});

describe.each(differences)(
  "a deliberate difference: $reason",
  ({ ids, code, instead }) => {
    for (const vector of vectors.filter(({ id }) => ids.includes(id))) {
      it(nameVector(vector), () => {
        expect(vector.error).toBeUndefined();
        if (code !== undefined) {
          expect(findCode(vector)).toBe(code);
        } else if (Array.isArray(instead)) {
          expect(compute(vector)).toEqual(instead);
        } else {
          expect(compute(vector)).toEqual(
            Object.assign({}, vector.out, instead),
          );
        }
      });
    }
  },
);

it("no vector has two reasons to differ", () => {
  const ids = differences.flatMap((difference) => difference.ids);

  expect(new Set(ids).size).toBe(ids.length);
});
