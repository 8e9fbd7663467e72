import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { operatorLaws, tracked } from "sluice/testing";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";
import { applyTo } from "./apply-to.ts";
import { applies, columns, describeCell, type Column } from "./columns.ts";
import { measureBytesPerItem } from "./heap-cell.ts";
import type { Row } from "./row.ts";
import { rows } from "./rows.ts";
import {
  checkCallbackAndClosing,
  checkReaderAndClosing,
  checkSourceAndClosing,
  checkTwoClosings,
} from "./two-failures.ts";

const TEST_TIMEOUT_MS = 60_000;

/** Runs the laws of a cell; those that say nothing of the operator bind it not. */
async function checkLaws(row: Row, column: Column): Promise<void> {
  const laws = operatorLaws(row.apply, row.options);
  for (const title of column.laws) {
    await laws.find((law) => law.title === title)?.check();
  }
}

/** Leaves an operator that has loaded a failure which nobody has asked for. */
async function checkLoadedFailure(row: Row): Promise<void> {
  const failure = new Error("of the source");
  const [source] = tracked([1, 2], { error: failure });
  const { reports, onDetached } = recordDetached();

  const applied = applyTo(row, from(source, { onDetached }));
  await applied.next();
  await loopTurns(2);
  await applied.return();

  expect(reports.map(({ cause }) => cause)).toEqual([failure]);
}

/** The checks that are not laws, or are of some operators only. */
function findChecks(row: Row, column: Column): readonly Check[] {
  switch (column.title) {
    case "reader and closing":
      return [checkReaderAndClosing];
    case "callback and closing":
      return [checkCallbackAndClosing];
    case "source and closing":
      return [checkSourceAndClosing];
    case "two closings":
      return [checkTwoClosings];
    case "failing read-ahead abandoned":
      return loadsAhead(row) ? [checkLoadedFailure] : [];
    default:
      return [];
  }
}

/** Whether it may have loaded what nobody has asked for, without time passing. */
function loadsAhead({ options }: Row): boolean {
  return (options?.readsAhead ?? 0) > 0 && options?.interval === undefined;
}

type Check = (row: Row) => Promise<void>;

describe("the matrix", () => {
  it("names laws that there are, and a check for each column without", () => {
    // It has a callback, and is bound by all of them but those of combinations.
    const titles = [{}, { combines: true }].flatMap((options) =>
      operatorLaws((source, callback) => source.map(callback), options).map(
        ({ title }) => title,
      ),
    );

    expect(titles).toEqual(
      expect.arrayContaining(columns.flatMap(({ laws }) => laws)),
    );
    expect(
      columns.filter(({ laws }) => laws.length === 0).map(({ title }) => title),
    ).toEqual([
      "heap growth",
      "reader and closing",
      "callback and closing",
      "source and closing",
      "two closings",
    ]);
  });
});

for (const row of rows) {
  describe(`the matrix: ${row.name}`, () => {
    for (const column of columns.filter((column) => applies(row, column))) {
      const title = `${column.title}: ${describeCell(row, column)}`;
      if (column.title === "heap growth") {
        it(
          title,
          async () => {
            expect(await measureBytesPerItem(row)).toBeLessThan(50);
          },
          TEST_TIMEOUT_MS,
        );
      } else {
        it(title, async () => {
          const unhandled = await findUnhandledRejections(async () => {
            await checkLaws(row, column);
            for (const check of findChecks(row, column)) await check(row);
          });

          expect(unhandled).toEqual([]);
        });
      }
    }
  });
}
