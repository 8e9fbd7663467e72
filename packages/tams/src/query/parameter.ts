import { TimeRange } from "@sluice/time";
import { QueryError } from "../error/query-error.ts";
import { isUuid } from "../wire/uuid.ts";

/** How a value is written in a query, and read from it. */
export interface Parameter<T> {
  /** Reads it. @throws {QueryError} If it cannot be such a text. */
  readonly parse: (text: string, name: string) => T;
  /** Writes it. */
  readonly format: (value: T) => string;
}

/** Any text. */
export const text: Parameter<string> = {
  parse: (value) => value,
  format: (value) => value,
};

/** An id. */
export const uuid: Parameter<string> = {
  parse: (value, name) => {
    if (isUuid(value)) return value;
    throw new QueryError(name, value, "it is no UUID in small letters");
  },
  format: (value) => value,
};

/** `true` or `false`; `True` and `False`, as Python writes them, are taken as well. */
export const boolean: Parameter<boolean> = {
  parse: (value, name) => {
    const word = value.toLowerCase();
    if (word === "true" || word === "false") return word === "true";
    throw new QueryError(name, value, "it is neither true nor false");
  },
  format: String,
};

/** A whole number from 1 on. */
export const positive: Parameter<number> = {
  parse: (value, name) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= 1 && Number.isSafeInteger(number)) {
      return number;
    }
    throw new QueryError(name, value, "it is no whole number from 1 on");
  },
  format: String,
};

/** A range of time. */
export const timerange: Parameter<TimeRange> = {
  parse: (value, name) => {
    try {
      return TimeRange.parse(value, { spelling: "any" });
    } catch (cause) {
      const problem = "write it as in '[0:0_10:0)'";
      throw new QueryError(name, value, problem, { cause });
    }
  },
  format: String,
};

/** One of several words. */
export function oneOf<const T extends string>(
  ...words: readonly T[]
): Parameter<T> {
  return {
    parse: (value, name) => {
      const word = words.find((each) => each === value);
      if (word !== undefined) return word;
      throw new QueryError(name, value, `it is none of ${words.join(", ")}`);
    },
    format: (value) => value,
  };
}

/** Several values with commas between them; none, if it is empty. */
export function listOf<T>(item: Parameter<T>): Parameter<readonly T[]> {
  return {
    parse: (value, name) =>
      value === ""
        ? []
        : value.split(",").map((each) => item.parse(each, name)),
    format: (values) => values.map(item.format).join(","),
  };
}
