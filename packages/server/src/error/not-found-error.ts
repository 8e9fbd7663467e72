import { ServerError } from "./server-error.ts";

/** There is nothing at a path. */
export class NotFoundError extends ServerError {
  readonly code = "SERVER_NOT_FOUND";

  override get name(): "NotFoundError" {
    return "NotFoundError";
  }
}
