import { TamsError } from "./tams-error.ts";

/** A parameter of a query has a value that it cannot have. */
export class QueryError extends TamsError {
  readonly code = "TAMS_QUERY";
  /** Which parameter. */
  readonly parameter: string;
  /** Its value. */
  readonly value: string;

  /**
   * @param parameter Which parameter.
   * @param value Its value.
   * @param problem What is wrong, and what it can be, in words.
   * @param options Its cause.
   */
  constructor(
    parameter: string,
    value: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot take '${value}' as ${parameter}: ${problem}`, options);
    this.parameter = parameter;
    this.value = value;
  }

  override get name(): "QueryError" {
    return "QueryError";
  }
}
