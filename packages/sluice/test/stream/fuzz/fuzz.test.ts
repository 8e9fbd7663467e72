import { env } from "node:process";
import { describe, expect, it } from "vitest";
import { check } from "./check.ts";
import { withoutWarnings } from "./kit/warnings.ts";
import { formatMismatch, formatReport } from "./report.ts";
import { shrink } from "./shrink.ts";

const count = Number(env["FUZZ_PIPELINES"] ?? 2000);
const seed = Number(env["FUZZ_SEED"] ?? 1);
/** How many mismatches are shown; one is often enough. */
const shown = 3;

describe("random pipelines", () => {
  const timeout = 60_000 + 50 * count;

  it(
    `do what async generators do: ${count} of seed ${seed}`,
    () =>
      withoutWarnings(async () => {
        const report = await check(count, seed);

        console.log(formatReport(report));
        for (const { index, ...mismatch } of report.mismatches.slice(
          0,
          shown,
        )) {
          const title = `seed ${seed}, number ${index}`;
          console.log(formatMismatch(await shrink(mismatch), title));
        }
        expect(
          report.mismatches,
          `mismatches among ${count} pipelines of seed ${seed}`,
        ).toHaveLength(0);
      }),
    timeout,
  );
});
