import { ServerError } from "./server-error.ts";

/** The body of a request is longer than the server takes. */
export class BodyTooLargeError extends ServerError {
  readonly code = "SERVER_BODY_TOO_LARGE";

  override get name(): "BodyTooLargeError" {
    return "BodyTooLargeError";
  }
}
