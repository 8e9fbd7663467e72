import { loopTurns } from "./loop-turns.ts";

/** Gives the reasons of all rejections that nobody handles while a function runs, and soon after. */
export async function findUnhandledRejections(
  run: () => unknown,
): Promise<unknown[]> {
  const reasons: unknown[] = [];
  const note = (reason: unknown): void => {
    reasons.push(reason);
  };
  process.on("unhandledRejection", note);
  try {
    await run();
    await loopTurns(5);
  } finally {
    process.off("unhandledRejection", note);
  }
  return reasons;
}
