import { expect } from "vitest";
import { errorContext, from, type DetachedError, type Stream } from "sluice";
import {
  tracked,
  virtualClock,
  type Track,
  type TrackedBehaviour,
} from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { applyTo } from "./apply-to.ts";
import type { Row } from "./row.ts";

/** A source, and what is known of it. */
interface Trial {
  readonly source: Stream<number>;
  readonly track: Track;
  readonly reports: readonly DetachedError[];
}

const ITEMS = Array.from({ length: 12 }, (_, index) => index + 1);

/** Has what reads the operator fail, and then its source as it is closed. */
export async function checkReaderAndClosing(row: Row): Promise<void> {
  const first = new Error("of the reader");
  const second = new Error("of closing");
  const { source, track, reports } = createSource(row, { closeError: second });

  const failure = await readToItsFailure(
    applyTo(row, source).map(() => {
      throw first;
    }),
  );

  expectFirst(failure, first, second);
  expect(track.closed).toBe(1);
  expect(reports).toEqual([]);
}

/** Has its callback fail, and then its source as it is closed. */
export async function checkCallbackAndClosing(row: Row): Promise<void> {
  const first = new Error("of the callback");
  const second = new Error("of closing");
  for (const isLate of [false, true]) {
    const { source, track, reports } = createSource(row, {
      closeError: second,
    });
    let calls = 0;

    const failure = await readToItsFailure(
      applyTo(row, source, (value) => {
        if (++calls !== 3) return value;
        if (isLate) return Promise.reject(first);
        throw first;
      }),
    );

    expectFirst(failure, first, second);
    expect(track.closed).toBe(1);
    expect(reports).toEqual([]);
  }
}

/** Has its source fail, and then a hook of that source, which is called as it is closed. */
export async function checkSourceAndClosing(row: Row): Promise<void> {
  const first = new Error("of the source");
  const second = new Error("of closing");
  // Before an operator has enough and ends.
  const { source, track, reports } = createSource(row, { error: first }, 3);

  const failure = await readToItsFailure(
    applyTo(
      row,
      source.onClose(() => {
        throw second;
      }),
    ),
  );

  expectFirst(failure, first, second);
  expect(track.returned).toBe(0);
  expect(reports).toEqual([]);
}

/** Leaves it, and has its source fail as it is closed, and a hook of that source, too. */
export async function checkTwoClosings(row: Row): Promise<void> {
  const errors = [new Error("of closing"), new Error("of the hook")];
  const { source, track, reports } = createSource(row, {
    closeError: errors[0],
  });

  const failure = await virtualClock().run(async () => {
    const applied = applyTo(
      row,
      source.onClose(() => {
        throw errors[1];
      }),
    );
    await applied.next();
    return errorOf(applied.return());
  });

  expect(failure).toBeInstanceOf(AggregateError);
  expect(failure).toMatchObject({ errors });
  expect(track.closed).toBe(1);
  expect(reports).toEqual([]);
}

function createSource(
  { options }: Row,
  behaviour: TrackedBehaviour,
  count: number = ITEMS.length,
): Trial {
  const { interval } = options ?? {};
  const [source, track] = tracked(ITEMS.slice(0, count), {
    ...(interval !== undefined && { delay: interval }),
    ...behaviour,
  });
  const { reports, onDetached } = recordDetached();
  return { source: from(source, { onDetached }), track, reports };
}

function readToItsFailure(applied: Stream<unknown>): Promise<unknown> {
  return virtualClock().run(() => errorOf(applied.toArray()));
}

function expectFirst(failure: unknown, first: Error, second: Error): void {
  expect(failure).toBe(first);
  expect(errorContext(first)).toBe(second);
  // It is told once.
  expect(errorContext(second)).toBeUndefined();
}
