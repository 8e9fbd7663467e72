import { ServerError } from "./server-error.ts";

/** Who asks may not do that: a URL has been changed or is too old, or a page of another origin asks. */
export class ForbiddenError extends ServerError {
  readonly code = "SERVER_FORBIDDEN";

  override get name(): "ForbiddenError" {
    return "ForbiddenError";
  }
}
