import type { Mismatch } from "./check.ts";
import { writeBody } from "./write.ts";

type Sign = (text: string, mismatch: Mismatch) => boolean;

/**
 * Bugs that are known and not mended yet, each with how it is told from others, so
 * that the others are found meanwhile. There is none when all is well.
 */
const KNOWN: Readonly<Record<string, Sign>> = {
  "x": (text) =>
    text === "none",
};

/** Names the known bug that a mismatch may come from. */
export function findKnown(mismatch: Mismatch): string | undefined {
  const text = writeBody(mismatch.program);
  return Object.entries(KNOWN).find(([, shows]) => shows(text, mismatch))?.[0];
}
