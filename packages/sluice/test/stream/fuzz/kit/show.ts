import type { Errors } from "./errors.ts";

/** Writes items, outcomes and errors in short. */
export class Show {
  readonly #errors: Errors;
  readonly #contextOf: (error: unknown) => unknown;

  constructor(errors: Errors, contextOf: (error: unknown) => unknown) {
    this.#errors = errors;
    this.#contextOf = contextOf;
  }

  value(value: unknown): string {
    if (Array.isArray(value)) {
      return `[${value.map((each) => this.value(each)).join(", ")}]`;
    }
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (value instanceof ReadableStream) return "a web stream";
    return isOutcome(value)
      ? [value.status, ..."error" in value ? [this.error(value.error)] : []].join(" ")
      : this.error(value);
  }

  error(error: unknown): string {
    return this.#errors.describe(error, this.#contextOf);
  }

  result(result: IteratorResult<unknown, unknown>): string {
    return result.done === true ? "done" : this.value(result.value);
  }
}

interface Outcome {
  readonly status: string;
  readonly error?: unknown;
}

/** Whether it is what a hook of `onClose` is told. */
function isOutcome(value: unknown): value is Outcome {
  return typeof value === "object" && value !== null && "status" in value;
}
