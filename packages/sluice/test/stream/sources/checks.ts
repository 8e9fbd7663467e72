import { getEventListeners } from "node:events";
import { expect } from "vitest";
import type { DetachedError } from "sluice";
import { virtualClock, type VirtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { measureHeapGrowth } from "../../support/heap.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { stateOf } from "../../support/state-of.ts";
import type { SourceColumnTitle } from "./columns.ts";
import {
  FAILURE,
  type Nature,
  type SourceRow,
  type Specimen,
} from "./specimen.ts";

const END = { done: true, value: undefined };
const CLOSE_GRACE_MS = 50;

interface Trial extends Specimen {
  readonly clock: VirtualClock;
  readonly controller: AbortController;
  readonly reports: readonly DetachedError[];
}

/** What is checked of a source for each column. */
export const sourceChecks: Readonly<
  Record<SourceColumnTitle, (row: SourceRow) => Promise<void>>
> = {
  "break after k": (row) =>
    tryOut(row, "endless", async (trial) => {
      await Promise.all([breakAfterTwo(trial), loopTurns().then(trial.feed)]);

      await expectClosed(trial);
    }),
  "return before next": (row) =>
    tryOut(row, "endless", async (trial) => {
      await trial.stream.return();

      if (row.unread === "closed") await expectClosed(trial);
      else expect(trial.opened?.() ?? 0).toBe(0);
      expect(await trial.stream.next()).toEqual(END);
    }),
  disposal: (row) =>
    tryOut(row, "endless", async (trial) => {
      await readTwo(trial);
      await trial.stream[Symbol.asyncDispose]();

      await expectClosed(trial);
    }),
  "abandoned while silent": (row) =>
    tryOut(row, "silent", async (trial) => {
      expect(await leaveWhileAsking(trial)).toBe(0);

      await expectClosed(trial);
      expect(trial.reports).toEqual([]);
    }),
  "source stuck": (row) =>
    tryOut(row, "stuck", async (trial) => {
      expect(await leaveWhileAsking(trial)).toBe(CLOSE_GRACE_MS);

      expect(trial.reports).toHaveLength(1);
    }),
  "signal aborted": checkSignal,
  "source throws": (row) =>
    tryOut(row, "failing", async (trial) => {
      await readTwo(trial);

      expect(await errorOf(trial.stream.next())).toBe(FAILURE);
      expect(await trial.stream.next()).toEqual(END);
      expect(trial.closed?.() ?? 0).toBe(0);
    }),
  "leaves behind": async (row) => {
    // What is left is looked for after each trial.
    for (const nature of ["endless", "finite", "failing"] as const) {
      if (row.cannot?.[nature] !== undefined) continue;
      await tryOut(row, nature, async (trial) => {
        await readTwo(trial);
        if (nature === "endless") await trial.stream.return();
        else if (nature === "failing") await errorOf(trial.stream.next());
        else expect(await trial.stream.next()).toEqual(END);
      });
    }
  },
  "heap growth": async (row) => {
    const { heap } = row;
    const measure = (): Promise<number> => measureBytesPerItem(row);
    const bytes =
      heap.takesTime === true ? virtualClock().run(measure) : measure();

    expect(await bytes).toBeLessThan(50);
  },
};

/** Aborts its signal: before it is read, while nobody asks, and while somebody does. */
async function checkSignal(row: SourceRow): Promise<void> {
  const reason = new Error("of the signal");
  await tryOut(row, "endless", async ({ stream, controller }) => {
    controller.abort(reason);

    expect(await errorOf(stream.next())).toBe(reason);
  });
  await tryOut(row, "endless", async (trial) => {
    await readTwo(trial);
    trial.controller.abort(reason);
    await loopTurns(2);
    await expectClosed(trial, reason);
  });
  if (row.cannot?.silent !== undefined) return;
  await tryOut(row, "silent", async (trial) => {
    await readTwo(trial);
    const asked = trial.stream.next();
    const failing = errorOf(asked);
    await trial.clock.waitUntilIdle();
    trial.controller.abort(reason);
    await trial.clock.waitUntilIdle();
    expect(await stateOf(asked)).toBe("rejected");

    expect(await failing).toBe(reason);
    await expectClosed(trial);
  });
}

/**
 * Leaves it while an item is asked for, which is answered before any time passes.
 *
 * @returns How long it took to leave it, in milliseconds.
 */
async function leaveWhileAsking(trial: Trial): Promise<number> {
  const { stream, clock } = trial;
  await readTwo(trial);
  const asked = stream.next();
  await clock.waitUntilIdle();
  expect(await stateOf(asked)).toBe("pending");
  const before = clock.now();
  const leaving = stream.return();
  await clock.waitUntilIdle();
  expect(await stateOf(asked)).toBe("fulfilled");
  expect(await asked).toEqual(END);
  await leaving;
  return clock.now() - before;
}

/** Tries a source in virtual time, and sees that nothing is left behind. */
async function tryOut(
  row: SourceRow,
  nature: Nature,
  run: (trial: Trial) => Promise<void>,
): Promise<void> {
  const clock = virtualClock();
  const controller = new AbortController();
  const { signal } = controller;
  const { reports, onDetached } = recordDetached();
  const specimen = row.create(nature, {
    signal,
    onDetached,
    closeGrace: CLOSE_GRACE_MS,
  });
  await clock.run(async () => {
    await run({ ...specimen, clock, controller, reports });
  });
  expect(specimen.leftovers?.() ?? 0).toBe(0);
  expect(clock.pending).toBe(0);
  if (!signal.aborted) {
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  }
}

async function readTwo({ stream, feed }: Specimen): Promise<void> {
  const first = stream.next();
  feed?.();
  expect((await first).done).toBe(false);
  expect((await stream.next()).done).toBe(false);
}

async function breakAfterTwo({ stream }: Specimen): Promise<void> {
  let count = 0;
  for await (const _ of stream) if (++count === 2) break;
  expect(count).toBe(2);
}

/** Sees that it was closed once, and that nothing more comes of it. */
async function expectClosed(
  { stream, closed }: Specimen,
  reason?: Error,
): Promise<void> {
  if (reason !== undefined) expect(await errorOf(stream.next())).toBe(reason);
  expect(await stream.next()).toEqual(END);
  await stream.return();
  if (closed !== undefined) expect(closed()).toBe(1);
}

async function measureBytesPerItem({ heap }: SourceRow): Promise<number> {
  const { create, count = 1e6 } = heap;
  const { stream, feed } = create();
  const growth = await measureHeapGrowth(count, () => {
    const asked = stream.next();
    feed?.();
    return asked;
  });
  await stream.return();
  return growth / count;
}
