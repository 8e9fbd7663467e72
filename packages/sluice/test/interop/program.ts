/**
 * A program that shows how streams get on with something of the platform's. It is run
 * in every runtime there is: it needs no test runner, and nothing of Node.
 */
export interface Program {
  readonly title: string;
  /** What the platform may lack. */
  readonly needs?: () => unknown;
  /** What it is to print. */
  readonly prints: readonly string[];
  readonly run: (print: (...words: unknown[]) => void) => Promise<void>;
}

/** Runs a program, and gives what it prints; at its end, what it failed with. */
export async function runProgram({ run }: Program): Promise<string[]> {
  const lines: string[] = [];
  try {
    await run((...words) => lines.push(words.map(String).join(" ")));
  } catch (error) {
    lines.push(`failed: ${String(error)}`);
  }
  return lines;
}

/** Whether the platform has what a program needs. */
export function canRun({ needs }: Program): boolean {
  return needs === undefined || needs() !== undefined;
}
