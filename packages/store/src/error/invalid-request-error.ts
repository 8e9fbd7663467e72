import { StoreError } from "./store-error.ts";

/** What was asked for breaks a rule of the store. */
export class InvalidRequestError extends StoreError {
  readonly code = "STORE_INVALID_REQUEST";
  /** What is wrong, and what to do, in a sentence without an end. */
  readonly rule: string;

  /**
   * @param rule What is wrong, and what to do, in a sentence without an end.
   * @param options Its cause.
   */
  constructor(rule: string, options?: ErrorOptions) {
    super(rule, options);
    this.rule = rule;
  }

  override get name(): "InvalidRequestError" {
    return "InvalidRequestError";
  }
}
