import { expect } from "vitest";
import { from, type Stream } from "sluice";
import {
  tracked,
  virtualClock,
  type Track,
  type TrackedBehaviour,
  type VirtualClock,
} from "sluice/testing";
import { recordDetached } from "../../support/record-detached.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";
import type { Combination } from "./variant.ts";

/** Gives nothing, ever, and can be closed. */
export const SILENT: TrackedBehaviour = { stuck: true };
export const CLOSE_DELAY_MS = 10;

/** A source of a trial: its items, none if absent, and how it behaves. */
export interface TrialSource extends TrackedBehaviour {
  readonly items?: readonly number[];
}

/** A combination of sources that are there from the beginning, each with its track. */
export interface Trial {
  readonly applied: Stream<unknown>;
  readonly tracks: readonly Track[];
  readonly clock: VirtualClock;
  /** The causes of what was reported. */
  readonly reported: () => unknown[];
}

/** Tries a combination in virtual time, and sees that nothing is left behind. */
export async function tryOut(
  { combine }: Combination,
  sources: readonly TrialSource[],
  run: (trial: Trial) => Promise<void>,
): Promise<void> {
  const clock = virtualClock();
  const { reports, onDetached } = recordDetached();
  const reported = (): unknown[] => reports.map(({ cause }) => cause);
  const unhandled = await findUnhandledRejections(() =>
    clock.run(async () => {
      const made = sources.map(({ items = [], ...behaviour }) =>
        tracked<number, "async-iterator">(items, {
          ...behaviour,
          form: "async-iterator",
        }),
      );
      const applied = combine(
        made.map(([source]) => from(source, { onDetached })),
      );
      const tracks = made.map(([, track]) => track);
      await run({
        applied: from(applied, { onDetached }),
        tracks,
        clock,
        reported,
      });
      await applied.return();
      expect(tracks.filter(({ open }) => open > 0)).toEqual([]);
      expect(tracks.filter(({ returned }) => returned > 1)).toEqual([]);
    }),
  );

  expect(unhandled).toEqual([]);
  expect(clock.pending).toBe(0);
}

export function repeat<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}
