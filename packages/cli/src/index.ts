/**
 * The command line, for programs that run it in their own process.
 *
 * @module
 */

export type { CommandIo, OutputStream } from "./command-io.ts";
export { exitCodes } from "./exit-codes.ts";
export { InterruptedError } from "./interrupted-error.ts";
export { run } from "./run.ts";
