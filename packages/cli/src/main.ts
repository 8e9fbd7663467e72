#!/usr/bin/env node
import process from "node:process";
import { InterruptedError } from "./interrupted-error.ts";
import { run } from "./run.ts";

const signals = [
  ["SIGHUP", 1],
  ["SIGINT", 2],
  ["SIGTERM", 15],
] as const;

const interruption = new AbortController();
for (const [name, number] of signals) {
  process.on(name, () => {
    // Who asks twice does not want to wait; the store survives that.
    if (interruption.signal.aborted) process.exit(128 + number);
    interruption.abort(new InterruptedError(name, number));
  });
}
// Whoever reads what is written may have seen enough, as `head` has.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(128 + 13);
});

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interruption.signal,
});
