import { parseArguments } from "./arguments.ts";
import type { CommandIo } from "./command-io.ts";
import { toExitCode } from "./exit-codes.ts";
import { findInterruption, reportError } from "./report-error.ts";
import { writeText } from "./output/write-text.ts";

/**
 * Runs one command line.
 *
 * It touches nothing of the process but what it is given. What a command opened is closed
 * when this resolves, also when its signal has aborted.
 *
 * @param words The words behind the program's name.
 * @param io Where it writes to, and what ends it.
 * @returns The number to exit with: see `exitCodes`.
 *
 * @example Ask for the version
 * ```ts
 * import { run } from "@sluice/cli";
 * import assert from "node:assert/strict";
 *
 * const { stdout, stderr } = process;
 * const { signal } = new AbortController();
 *
 * assert.equal(await run(["--version"], { stdout, stderr, signal }), 0); // prints 0.1.0
 * ```
 */
export async function run(
  words: readonly string[],
  io: CommandIo,
): Promise<number> {
  const parsed = parseArguments(words);
  if (parsed.kind === "answer") {
    const { text, exitCode } = parsed;
    await writeText(exitCode === 0 ? io.stdout : io.stderr, text);
    return exitCode;
  }
  const context = { io, ...parsed.options };
  try {
    return (await parsed.work(context)) ?? 0;
  } catch (error) {
    const reason = findInterruption(error, io.signal) ?? error;
    await reportError(context, reason);
    return toExitCode(reason);
  }
}
