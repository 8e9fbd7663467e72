import { inspect } from "node:util";
import { isCancelled } from "sluice";
import { getCode } from "./exit-codes.ts";
import { InterruptedError } from "./interrupted-error.ts";
import { writeText } from "./output/write-text.ts";
import type { CommandContext } from "./work.ts";

/** Tells, on standard error, why a command failed: in one line, unless all is asked for. */
export async function reportError(
  { io, json, verbose }: CommandContext,
  error: unknown,
): Promise<void> {
  await writeText(io.stderr, format(error, { json, verbose }));
}

/** Why a command was interrupted, if that is what it failed of. */
export function findInterruption(
  error: unknown,
  signal: AbortSignal,
): InterruptedError | undefined {
  const reason: unknown = signal.reason;
  if (!(reason instanceof InterruptedError)) return undefined;
  return error === reason || isCancelled(error) || hasCause(error, reason)
    ? reason
    : undefined;
}

function hasCause(error: unknown, reason: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) {
    return error.errors.some(
      (part) => part === reason || hasCause(part, reason),
    );
  }
  return error.cause === reason || hasCause(error.cause, reason);
}

function format(
  error: unknown,
  { json, verbose }: Pick<CommandContext, "json" | "verbose">,
): string {
  if (json) return `${JSON.stringify({ error: toDocument(error, verbose) })}\n`;
  if (verbose) return `sluice: ${inspect(error, { depth: 5 })}\n`;
  return `sluice: ${toLine(error)}\n`;
}

function toDocument(error: unknown, verbose: boolean): object {
  return {
    code: getCode(error),
    message: toLine(error),
    ...(verbose && { details: inspect(error, { depth: 5 }) }),
  };
}

/** What an error says, in one line. */
function toLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.replace(/\s*\n\s*/gu, "; ");
  // Failures of a group say little themselves.
  if (!(error instanceof AggregateError)) return line;
  return [line, ...error.errors.map(toLine)].join(": ");
}
