import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** @import { ExecFileException } from "node:child_process" */

/**
 * What became of a process.
 *
 * @typedef {object} Outcome
 * @property {string | undefined} failure How it failed, if it did.
 * @property {string} stdout What it printed.
 * @property {string} stderr What it printed of its errors.
 */

const timeoutMs = 20_000;

/**
 * Runs a program in a process of its own, and waits for its end, at most 20 s.
 *
 * @param {string} program The program.
 * @param {readonly string[]} words Its arguments.
 * @returns {Promise<Outcome>} What became of it; never rejects.
 */
export async function run(program, words) {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, words, {
      env: { ...process.env, FORCE_COLOR: "0" },
      killSignal: "SIGKILL",
      timeout: timeoutMs,
    });
    return { failure: undefined, stdout, stderr };
  } catch (error) {
    const {
      killed,
      code,
      signal,
      stdout = "",
      stderr = "",
    } = /** @type {ExecFileException} */ (error);
    const failure = killed
      ? `did not end within ${timeoutMs / 1000} s`
      : `ended with ${signal ?? `code ${code}`}`;
    return { failure, stdout, stderr };
  }
}
