import type { Mismatch, Report } from "./check.ts";
import { listBreaches } from "./compare.ts";
import type { Result } from "./run.ts";
import { writeBody } from "./write.ts";

/** Writes how many programs there were of each kind. */
export function formatReport({ kinds, events }: Report): string {
  const count = Object.values(kinds).reduce((sum, each) => sum + each, 0);
  const parts = Object.entries(kinds).map(([kind, each]) => `${each} ${kind}`);
  return `${count} pipelines: ${parts.join(", ")}; ${events} events`;
}

/** Writes a mismatch: a program to be run with tsx, and what is to happen beside what does. */
export function formatMismatch(mismatch: Mismatch, title: string): string {
  const { program, ours, expected } = mismatch;
  const left = ["expected", ...listLines(mismatch, expected)];
  const right = ["sluice", ...listLines(mismatch, ours)];
  const width = Math.max(...left.map(({ length }) => length));
  const rows = Array.from(
    { length: Math.max(left.length, right.length) },
    (_, index) => {
      const [theirs = "", own = ""] = [left[index], right[index]];
      const mark = theirs === own || index === 0 ? " " : "*";
      return `// ${mark} ${theirs.padEnd(width)} | ${own}`;
    },
  );
  return [
    `// ${title}: put it at the root as mismatch.mts, for \`npx tsx mismatch.mts\``,
    'import * as sluice from "./packages/sluice/src/index.ts";',
    'import { createKit } from "./packages/sluice/test/stream/fuzz/kit.ts";',
    "const kit = createKit(sluice);",
    writeBody(program),
    'console.log(kit.log.join("\\n"));',
    ...rows,
  ].join("\n");
}

function listLines({ program }: Mismatch, result: Result): string[] {
  return [
    ...result.log,
    ...result.late.map((error) => `too late: ${error}`),
    ...listBreaches(program.kind, result).map((breach) => `never: ${breach}`),
  ];
}
