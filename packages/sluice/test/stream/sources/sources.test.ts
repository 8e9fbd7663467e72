import { describe, expect, it } from "vitest";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";
import { sourceChecks } from "./checks.ts";
import { describeSourceCell, sourceColumns } from "./columns.ts";
import { sourceRows } from "./rows.ts";

const TEST_TIMEOUT_MS = 60_000;

for (const row of sourceRows) {
  describe(`the matrix: ${row.name}`, () => {
    for (const column of sourceColumns) {
      const cell = describeSourceCell(row, column);
      if (!("says" in cell)) continue;
      it(
        `${column.title}: ${cell.says}`,
        async () => {
          const unhandled = await findUnhandledRejections(() =>
            sourceChecks[column.title](row),
          );

          expect(unhandled).toEqual([]);
        },
        TEST_TIMEOUT_MS,
      );
    }
  });
}
