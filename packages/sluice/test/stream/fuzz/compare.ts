import type { Program } from "./program.ts";
import type { Result } from "./run.ts";

/** Whether a program did with the library what it is to do. */
export function isSame(
  { kind }: Program,
  ours: Result,
  expected: Result,
): boolean {
  // What holds of any program holds of the reference as well.
  for (const result of [ours, expected]) {
    if (listBreaches(kind, result).length > 0) return false;
  }
  if (!isOrdered(kind)) {
    return areEqual(listValues(kind, ours.log), listValues(kind, expected.log));
  }
  const sort = expected.overlaps ? sortByName : putFinishedLast;
  return (
    areEqual(ours.late, expected.late) &&
    areEqual(sort(ours.log), sort(expected.log))
  );
}

/** Whether one thing happens after the other, so that everything can be compared. */
function isOrdered(kind: Program["kind"]): boolean {
  return kind === "linear" || kind === "inside";
}

/** Lists what must never happen, and did. */
export function listBreaches(
  kind: Program["kind"],
  { breaches }: Result,
): readonly string[] {
  // Where several things go on, one may end and be closed before its end is known.
  return isOrdered(kind)
    ? breaches
    : breaches.filter((breach) => !breach.endsWith(" closed after the end"));
}

/** What comes out of a stream, and how it ends: all that counts where no order is said. */
function listValues(kind: Program["kind"], log: readonly string[]): string[] {
  const values = log
    .filter((line) => /^(got|idle|failed) /.test(line))
    // Nor which errors came later.
    .map((line) => line.replaceAll(/ < [^\],]*/g, ""));
  return kind === "merge" ? values.sort() : values;
}

/** Puts aside what generators do by themselves once their signal has aborted. */
function putFinishedLast(log: readonly string[]): string[] {
  const isFinished = (line: string): boolean => line.endsWith(" finished");
  return [
    ...log.filter((line) => !isFinished(line)),
    ...log.filter(isFinished).sort(),
  ];
}

/** Puts together what each of the parts of a program did, which has an order. */
function sortByName(log: readonly string[]): string[] {
  const nameOf = (line: string): string => /^\w+/.exec(line)?.[0] ?? "";
  return log.toSorted((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0,
  );
}

function areEqual(left: readonly string[], right: readonly string[]): boolean {
  return left.join("\n") === right.join("\n");
}
