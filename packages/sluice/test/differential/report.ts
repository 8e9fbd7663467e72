import type { Mismatch, Report } from "./check.ts";
import { DIFFERENCES, type DifferenceName } from "./differences.ts";
import type { Chain, Result } from "./program.ts";

/** Writes how many programs there were and how often each difference showed. */
export function formatReport({ kinds, differences }: Report): string {
  const count = Object.values(kinds).reduce((sum, each) => sum + each, 0);
  const parts = Object.entries(kinds).map(([kind, each]) => `${each} ${kind}`);
  const names = Object.keys(DIFFERENCES) as DifferenceName[];
  return [
    `${count} programs: ${parts.join(", ")}`,
    "Programs that show a named difference:",
    ...names.map((name) => `  ${name}: ${differences.get(name) ?? 0}`),
  ].join("\n");
}

/** Writes a mismatch: the program, and what it did in Python and here, side by side. */
export function formatMismatch(mismatch: Mismatch): string {
  const { program, python, ours } = mismatch;
  const left = ["Python", ...listLines(python.actual ?? NO_RESULT)];
  const right = ["sluice", ...listLines(ours)];
  const width = Math.max(...left.map(({ length }) => length));
  const rows = Array.from(
    { length: Math.max(left.length, right.length) },
    (_, index) => {
      const [theirs = "", own = ""] = [left[index], right[index]];
      return `${theirs === own || index === 0 ? " " : "*"} ${theirs.padEnd(width)} | ${own}`;
    },
  );
  return [JSON.stringify(program), ...rows].join("\n");
}

const NO_RESULT: Result = { log: [], outcome: "endless", chains: [] };

function listLines({ log, outcome, chains }: Result): string[] {
  return [...log, `= ${outcome}`, ...chains.map(formatChain)];
}

function formatChain(chain: Chain): string {
  return chain
    .map(({ error, cause }) => (cause === null ? error : `${error} (${cause})`))
    .join(" > ");
}
