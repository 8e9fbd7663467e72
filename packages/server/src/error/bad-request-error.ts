import { ServerError } from "./server-error.ts";

/** A request cannot be understood: its body is no JSON, or what it asks for fits no rule. */
export class BadRequestError extends ServerError {
  readonly code = "SERVER_BAD_REQUEST";

  override get name(): "BadRequestError" {
    return "BadRequestError";
  }
}
