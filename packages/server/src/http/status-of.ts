/**
 * The status that an error is answered with, by its code: the one table.
 *
 * TAMS 8.2 describes no other refusals than 400, 403 and 404: what other services answer
 * with 409, 415 or 422 is a 400. Decision 0085.
 */
const statuses: Readonly<Record<string, number>> = {
  SERVER_BAD_REQUEST: 400,
  SERVER_FORBIDDEN: 403,
  SERVER_NOT_FOUND: 404,
  SERVER_BODY_TOO_LARGE: 413,
  TAMS_WIRE: 400,
  TAMS_QUERY: 400,
  STORE_INVALID_REQUEST: 400,
  STORE_OBJECT_EXISTS: 400,
  STORE_SEGMENT_OVERLAP: 400,
  STORE_READ_ONLY_FLOW: 403,
  STORE_DELETION_REQUEST_NOT_FOUND: 404,
  STORE_FLOW_NOT_FOUND: 404,
  STORE_MISSING_MEDIA: 404,
  STORE_OBJECT_NOT_FOUND: 404,
  STORE_PROFILE_NOT_FOUND: 404,
  STORE_SOURCE_NOT_FOUND: 404,
  STORE_WEBHOOK_NOT_FOUND: 404,
  // Another service that this one stands before.
  TAMS_AUTHENTICATION: 502,
  TAMS_RESPONSE: 502,
  TAMS_UNREACHABLE: 502,
  // The store is closing, or too slow, or locked by another process.
  SERVER_IDENTITY_PROVIDER: 503,
  SLUICE_CLOSED: 503,
  SLUICE_TIMEOUT: 503,
  STORE_ACCESS: 503,
  STORE_LOCKED: 503,
  STORE_FULL: 507,
};

/** Gives the status that an error is answered with; 500, if nothing is known of it. */
export function statusOf(error: unknown): number {
  const code = codeOf(error);
  if (code === undefined || !Object.hasOwn(statuses, code)) return 500;
  return statuses[code] ?? 500;
}

/** Gives an error's code, if it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error &&
    "code" in error &&
    typeof error.code === "string"
    ? error.code
    : undefined;
}
