import { env } from "node:process";
import { describe, expect, it } from "vitest";
import { check } from "./check.ts";
import { findPython, OLDEST_PYTHON } from "./python.ts";
import { formatMismatch, formatReport } from "./report.ts";
import { shrink } from "./shrink.ts";

const count = Number(env["DIFFERENTIAL_PROGRAMS"] ?? 2000);
const seed = Number(env["DIFFERENTIAL_SEED"] ?? 1);
/** How many mismatches are shown; one is often enough. */
const shown = 3;

const python = findPython();
const title =
  python === undefined
    ? `programs in Python and here (not run: there is no python3 of ${OLDEST_PYTHON} or newer)`
    : `programs in Python ${python} and here`;

describe.skipIf(python === undefined)(title, () => {
  const timeout = 60_000 + 10 * count;

  it(
    `do the same, but for the named differences: ${count} of seed ${seed}`,
    async () => {
      const report = await check(count, seed);

      const mismatches = await Promise.all(
        report.mismatches.slice(0, shown).map(shrink),
      );
      console.log(formatReport(report));
      for (const each of mismatches) console.log(formatMismatch(each));
      expect(
        report.mismatches,
        `mismatches among ${count} programs of seed ${seed}`,
      ).toHaveLength(0);
    },
    timeout,
  );
});
