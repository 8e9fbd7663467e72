import type { Errors } from "./errors.ts";

/** Writes items, outcomes and errors in short. */
export class Show {
  readonly #errors: Errors;
  readonly #contextOf: (error: unknown) => unknown;
  readonly #late: Set<string>;

  constructor(
    errors: Errors,
    contextOf: (error: unknown) => unknown,
    late: Set<string>,
  ) {
    this.#late = late;
    this.#errors = errors;
    this.#contextOf = contextOf;
  }

  value(value: unknown): string {
    if (Array.isArray(value)) {
      return `[${value.map((each) => this.value(each)).join(", ")}]`;
    }
    if (
      value === undefined ||
      typeof value === "number" ||
      typeof value === "boolean"
    )
      return String(value);
    if (isOutcome(value)) {
      const { status } = value;
      return "error" in value ? `${status} ${this.error(value.error)}` : status;
    }
    return isResult(value) ? this.result(value) : this.error(value);
  }

  /** Names an error, and those that are reachable from it. */
  error(error: unknown): string {
    const names = this.#errors.list(error, this.#contextOf);
    const [first = ""] = names;
    if (!PRIMITIVES.has(first)) {
      // That nothing is reachable is told by the same value.
      return names.filter((name) => name !== "undefined").join(" < ");
    }
    // Nothing is reachable from one: the others came with it, or were reported.
    for (const other of names.slice(1)) this.#late.add(other);
    return first;
  }

  /** Takes an error that nobody could be given any more. */
  report(error: unknown): void {
    for (const name of this.#errors.list(error, this.#contextOf)) {
      this.#late.add(name);
    }
  }

  result(result: IteratorResult<unknown, unknown>): string {
    return result.done === true ? "done" : this.value(result.value);
  }
}

/** The names of thrown values from which nothing is reachable. */
const PRIMITIVES: ReadonlySet<string> = new Set([
  "false",
  "nan",
  "null",
  "symbol",
  "text",
  "undefined",
  "zero",
]);

interface Outcome {
  readonly status: string;
  readonly error?: unknown;
}

/** Whether it is what a hook of `onClose` is told. */
function isOutcome(value: unknown): value is Outcome {
  return typeof value === "object" && value !== null && "status" in value;
}

function isResult(value: unknown): value is IteratorResult<unknown, unknown> {
  return typeof value === "object" && value !== null && "done" in value;
}
