import type { FailedRequest } from "./response-error.ts";
import { TamsError } from "../error/tams-error.ts";

/** A service did not answer, or its answer was cut off. */
export class ServiceUnreachableError extends TamsError {
  readonly code = "TAMS_UNREACHABLE";
  /** What was asked. */
  readonly request: FailedRequest;
  /** How often it was tried. */
  readonly attempts: number;
  /**
   * Whether the service may have done what was asked: the request was no reading, and may
   * have arrived. Look before you ask again.
   */
  readonly mayBeDone: boolean;

  /**
   * @param request What was asked.
   * @param attempts How often it was tried.
   * @param options Its cause.
   */
  constructor(
    request: FailedRequest,
    attempts: number,
    options?: ErrorOptions,
  ) {
    const mayBeDone = request.method !== "GET" && request.method !== "HEAD";
    super(
      `${request.method} ${request.url} was not answered (tried ${attempts === 1 ? "once" : `${attempts} times`})${
        mayBeDone ? ": it may have been done, look before you ask again" : ""
      }`,
      options,
    );
    this.request = request;
    this.attempts = attempts;
    this.mayBeDone = mayBeDone;
  }

  override get name(): "ServiceUnreachableError" {
    return "ServiceUnreachableError";
  }
}
