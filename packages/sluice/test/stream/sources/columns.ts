import type { Ability, SourceRow } from "./specimen.ts";

/** What may happen to a source. */
export interface SourceColumn {
  readonly title: string;
  /** What a cell says, in a word or two. */
  readonly says: string;
  /** What that means. */
  readonly meaning: string;
  /** What a source must be, to be looked at so. */
  readonly needs: readonly Ability[];
}

export const sourceColumns = [
  {
    title: "break after k",
    says: "closed",
    meaning: "it is closed once, and the loop waits for it",
    needs: ["endless", "closing"],
  },
  {
    title: "return before next",
    says: "closed",
    meaning: "it is closed, or, if it is not there yet, never opened",
    needs: ["closing"],
  },
  {
    title: "disposal",
    says: "closed",
    meaning: "`await using` closes it once, and waits for it",
    needs: ["endless", "closing"],
  },
  {
    title: "abandoned while silent",
    says: "closed at once",
    meaning:
      "`next()` is answered at once, and no time passes until it is closed",
    needs: ["silent"],
  },
  {
    title: "source stuck",
    says: "given up",
    meaning:
      "`next()` is answered at once; what closes it waits for `closeGrace`, and reports",
    needs: ["stuck"],
  },
  {
    title: "signal aborted",
    says: "its reason",
    meaning:
      "`next()` fails at once with the signal's reason, and it is closed, whether or not it is asked",
    needs: [],
  },
  {
    title: "source throws",
    says: "its error",
    meaning:
      "that error is thrown, as it is, after the items before; what has failed is not closed",
    needs: ["failing"],
  },
  {
    title: "leaves behind",
    says: "nothing",
    meaning:
      "no listener, timer or unhandled rejection, whether it was left, ended or failed",
    needs: [],
  },
  {
    title: "heap growth",
    says: "< 50 B",
    meaning:
      "bytes kept for each item, over a million of them, or as many as the cell says",
    needs: ["endless"],
  },
] as const satisfies readonly SourceColumn[];

export type SourceColumnTitle = (typeof sourceColumns)[number]["title"];

/** What a cell says, or why there is none. */
export function describeSourceCell(
  row: SourceRow,
  column: SourceColumn,
): { readonly says: string } | { readonly appliesNot: string } {
  for (const need of column.needs) {
    const appliesNot = row.cannot?.[need];
    if (appliesNot !== undefined) return { appliesNot };
  }
  if (column.title === "return before next") {
    return { says: row.unread ?? "not opened" };
  }
  if (column.title === "leaves behind" && row.leaves !== undefined) {
    return { says: row.leaves };
  }
  const { count } = row.heap;
  return column.title === "heap growth" && count !== undefined
    ? { says: `${column.says} (of ${count.toLocaleString("en")})` }
    : { says: column.says };
}
