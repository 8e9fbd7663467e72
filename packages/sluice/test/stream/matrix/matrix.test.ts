import { describe, expect, it } from "vitest";
import { errorContext, from, Stream } from "sluice";
import { operatorLaws, tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";
import { applies, columns, describeCell, type Column } from "./columns.ts";
import { measureBytesPerItem } from "./heap-cell.ts";
import type { Row } from "./row.ts";
import { rows } from "./rows.ts";

const TEST_TIMEOUT_MS = 60_000;

/** Runs the laws of a cell; those that say nothing of the operator bind it not. */
async function checkLaws(row: Row, column: Column): Promise<void> {
  const laws = operatorLaws(row.apply, row.options);
  for (const title of column.laws) {
    await laws.find((law) => law.title === title)?.check();
  }
}

/** Has what reads the operator fail, and then its source as it is closed. */
async function checkTwoFailures(row: Row): Promise<void> {
  const first = new Error("of the reader");
  const second = new Error("of closing");
  const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
  const [source] = tracked(numbers, {
    ...(row.options?.interval !== undefined && { delay: row.options.interval }),
    closeError: second,
  });

  const failure = await virtualClock().run(() => {
    const made = from(source).tap(() => {});
    const applied = row.apply(made, (value) => value);
    expect(applied).toBeInstanceOf(Stream);
    return errorOf(
      (applied as Stream<unknown>)
        .map(() => {
          throw first;
        })
        .toArray(),
    );
  });

  expect(failure).toBe(first);
  expect(errorContext(first)).toBe(second);
}

describe.each(rows)("the matrix: $name", (row) => {
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
    } else if (column.title === "two failures") {
      it(title, async () => {
        const unhandled = await findUnhandledRejections(() =>
          checkTwoFailures(row),
        );

        expect(unhandled).toEqual([]);
      });
    } else {
      it(title, () => checkLaws(row, column));
    }
  }
});
