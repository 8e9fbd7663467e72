import type { Row } from "./row.ts";

/** What may happen to an operator, and which laws say what comes of it. */
export interface Column {
  readonly title: string;
  /** What a cell says, in a word or two. */
  readonly says: string;
  /** What that means. */
  readonly meaning: string;
  /** The titles of the laws that hold it; a check of its own if absent. */
  readonly laws: readonly string[];
}

export const columns: readonly Column[] = [
  {
    title: "break after k",
    says: "closed",
    meaning: "its source is closed once, and the loop waits for it",
    laws: ["closes its source once, and waits for it, when a loop breaks off"],
  },
  {
    title: "return before next",
    says: "closed",
    meaning:
      "an iterator is closed, though it was never read; an iterable is not opened, unless the operator is eager",
    laws: [
      "closes a source that is there, when it is left before its first next()",
      "makes no source to close it, when it is left before its first next()",
    ],
  },
  {
    title: "callback throws",
    says: "its error",
    meaning: "the source is closed, and then that error is thrown, as it is",
    laws: ["closes its source, and then fails with what its callback throws"],
  },
  {
    title: "callback rejects",
    says: "its error",
    meaning: "the same",
    laws: [
      "closes its source, and then fails with what its callback rejects with",
    ],
  },
  {
    title: "source throws",
    says: "its error",
    meaning: "that error is thrown, as it is; what has failed is not closed",
    laws: ["fails with what its source fails with, which it does not close"],
  },
  {
    title: "source stuck",
    says: "left at once",
    meaning:
      "`next()` is answered at once; what closes its source waits for `closeGrace` at most, and reports",
    laws: [
      "can be left while its source is silent: next() is answered at once",
      "gives up a source that does not close in time, and reports it",
    ],
  },
  {
    title: "failing read-ahead abandoned",
    says: "reported",
    meaning:
      "what fails after it was left, or was loaded and not asked for, goes to `onDetached`, and is never unhandled",
    laws: ["reports what its source fails with once it has been left"],
  },
  {
    title: "signal aborted",
    says: "its reason",
    meaning: "`next()` fails at once with the signal's reason; all is closed",
    laws: [
      "fails with a signal's reason at once, and closes its source",
      "fails with its source's signal's reason, once that is closed",
      "closes its source when a signal aborts while nobody waits",
    ],
  },
  {
    title: "heap growth",
    says: "< 50 B",
    meaning:
      "bytes kept for each item of its source, over a million of them, or as many as the cell says",
    laws: [],
  },
  {
    title: "reader and closing",
    says: "the first",
    meaning:
      "what its reader throws comes out, as it is; that of closing its source is its `errorContext`",
    laws: [],
  },
  {
    title: "callback and closing",
    says: "the first",
    meaning: "the same of what its callback throws",
    laws: [],
  },
  {
    title: "source and closing",
    says: "the first",
    meaning: "the same of what its source fails with",
    laws: [],
  },
  {
    title: "two closings",
    says: "both",
    meaning:
      "`return()` fails with an `AggregateError` of what the two parts of its source that were to be closed have thrown",
    laws: [],
  },
];

/** What a cell says, or why there is none. */
export function describeCell(row: Row, column: Column): string {
  const own = row.cells?.[column.title];
  if (own !== undefined) {
    return "says" in own ? own.says : `– ${own.appliesNot}`;
  }
  if (column.title.startsWith("callback") && row.apply.length < 2) {
    return "– no callback";
  }
  const count = row.heap?.count;
  return column.title === "heap growth" && count !== undefined
    ? `${column.says} (of ${count.toLocaleString("en")})`
    : column.says;
}

/** Whether a column says anything about an operator. */
export function applies(row: Row, column: Column): boolean {
  return !describeCell(row, column).startsWith("–");
}
