import { InterruptedError } from "./interrupted-error.ts";

/** What the number tells that a command exits with. */
export const exitCodes = {
  /** It is done. */
  done: 0,
  /** It failed; the line on standard error tells why. */
  failed: 1,
  /** The words are not understood. */
  usage: 2,
  /** What was named is not there: a file, a flow, an object, a part of a timeline. */
  notFound: 3,
  /** The store cannot be opened or used: it is locked, not permitted, full, or not reached. */
  unavailable: 4,
  /** `verify` has found something wrong. */
  damaged: 5,
} as const;

const notFound = new Set([
  "ENOENT",
  "MEDIA_EXPORT_RANGE",
  "STORE_FLOW_NOT_FOUND",
  "STORE_MISSING_MEDIA",
  "STORE_OBJECT_NOT_FOUND",
  "STORE_SOURCE_NOT_FOUND",
]);
const unavailable = new Set([
  "STORE_ACCESS",
  "STORE_FULL",
  "STORE_LOCKED",
  "TAMS_AUTHENTICATION",
  "TAMS_UNREACHABLE",
]);

/**
 * Tells the number for an error.
 *
 * @param error What a command failed with.
 * @returns One of the numbers above; for an interruption 128 and the signal's number, as
 * shells have it.
 */
export function toExitCode(error: unknown): number {
  if (error instanceof InterruptedError) return error.exitCode;
  const code = getCode(error);
  if (code === undefined) return exitCodes.failed;
  if (notFound.has(code)) return exitCodes.notFound;
  if (unavailable.has(code)) return exitCodes.unavailable;
  return code === "CLI_USAGE" ? exitCodes.usage : exitCodes.failed;
}

/** The code of an error, if it has one. */
export function getCode(error: unknown): string | undefined {
  return error instanceof Error &&
    "code" in error &&
    typeof error.code === "string"
    ? error.code
    : undefined;
}
