import type { ErrorBody } from "../wire/error-body.ts";
import { TamsError } from "../error/tams-error.ts";

/** What was asked of a service. */
export interface FailedRequest {
  /** How: `GET`. */
  readonly method: string;
  /** Of what: the URL, without what gives access. */
  readonly url: string;
}

/** A service refused, or failed to do, what was asked. */
export class ResponseError extends TamsError {
  readonly code = "TAMS_RESPONSE";
  /** The status of HTTP. */
  readonly status: number;
  /** What the service said of it, if it said something that can be read. */
  readonly body: ErrorBody | undefined;
  /** What was asked. */
  readonly request: FailedRequest;

  /**
   * @param request What was asked.
   * @param status The status of HTTP.
   * @param body What the service said of it.
   */
  constructor(
    request: FailedRequest,
    status: number,
    body: ErrorBody | undefined,
  ) {
    const said = body === undefined ? "" : `: ${body.summary}`;
    super(
      `${request.method} ${request.url} was answered with ${status}${said}${advise(status)}`,
    );
    this.status = status;
    this.body = body;
    this.request = request;
  }

  override get name(): "ResponseError" {
    return "ResponseError";
  }
}

function advise(status: number): string {
  if (status === 401) return "; check the credentials";
  if (status === 403) return "; ask for the right to do it";
  return "";
}
