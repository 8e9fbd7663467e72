import type { ErrorBody } from "@sluice/tams";
import { replyJson } from "./reply.ts";
import { codeOf, statusOf } from "./status-of.ts";

/**
 * Answers with an error as TAMS writes it. What is the server's own fault is told without
 * its details, which are in the log under the request's id.
 *
 * Source: TAMS 8.2, `error.json`.
 *
 * @param error What was thrown.
 * @param requestId The request's id.
 */
export function replyError(error: unknown, requestId: string): Response {
  const status = statusOf(error);
  const type = codeOf(error) ?? "SERVER_INTERNAL";
  if (status < 500 && error instanceof Error) {
    return replyRefusal(status, { type, summary: error.message });
  }
  const isKnown = status !== 500;
  return replyRefusal(
    status,
    {
      type: isKnown ? type : "SERVER_INTERNAL",
      summary: `${describe(status)}; the server's log tells more of request ${requestId}`,
    },
    status === 503 ? { "Retry-After": "1" } : {},
  );
}

/** Answers with a refusal. */
export function replyRefusal(
  status: number,
  { type, summary }: Pick<ErrorBody, "type" | "summary">,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body: ErrorBody = { type, summary, time: new Date().toISOString() };
  return replyJson(body, status, headers);
}

function describe(status: number): string {
  switch (status) {
    case 502:
      return "The service behind this one did not do what it was asked";
    case 503:
      return "The server cannot do that now: a change may have been made, look before you ask again";
    case 507:
      return "There is no room left in the store";
    default:
      return "The server failed";
  }
}
