/** Why a vector does not hold, and what there is instead. */
export interface Difference {
  /** Why it is so. */
  readonly reason: string;
  /** The code of the error that there is instead of what the vector says. */
  readonly code?: "TIME_SYNTAX" | "TIME_OUT_OF_RANGE";
  /** What differs of what the vector says. */
  readonly instead?: unknown;
  /** The vectors, by id. */
  readonly ids: readonly number[];
}

/** The vectors that do not hold, each on purpose: see docs/decisions/0043. */
export const differences: readonly Difference[] = [
  {
    reason: "strict: nanoseconds are below a second",
    code: "TIME_SYNTAX",
    ids: [8, 9, 10],
  },
  {
    reason: "strict: no leading zeros, blanks or plus, no sign within",
    code: "TIME_SYNTAX",
    ids: [11, 12, 13, 31, 32],
  },
  {
    reason: "strict: a fraction has 1 to 9 digits, and nothing is cut off",
    code: "TIME_SYNTAX",
    ids: [16, 20, 21, 42],
  },
  {
    reason: "nothing is clamped",
    code: "TIME_OUT_OF_RANGE",
    ids: [28, 29, 30, 61, 262, 265],
  },
  {
    reason: "a sign is 1 or -1",
    code: "TIME_OUT_OF_RANGE",
    ids: [65, 66, 67],
  },
  {
    reason: "strict: an instant has no exclusive marker, as TAMS says",
    code: "TIME_SYNTAX",
    ids: [341, 342],
  },
  {
    reason: "strict: what is empty is spelled out",
    code: "TIME_SYNTAX",
    ids: [347, 348, 368, 369, 371],
  },
  {
    reason: "strict: an unbounded end has no marker",
    code: "TIME_SYNTAX",
    ids: [349, 350, 353, 356, 357, 370],
  },
  {
    reason: "strict: a range has TAMS's timestamps, and no other text",
    code: "TIME_SYNTAX",
    ids: [360, 361, 362, 363, 365, 367],
  },
  {
    reason:
      "() is nowhere, so there is nothing between it and a range; there it lies at 0:0",
    instead: { between: "()" },
    ids: [392, 398, 399, 401, 404, 410, 425],
  },
  {
    reason: "() is nowhere, so nothing is before or after it",
    instead: ["()", "()"],
    ids: [445],
  },
  {
    reason: "a range without its end does not end inside of that instant",
    instead: { endsInside: false },
    ids: [414],
  },
];
