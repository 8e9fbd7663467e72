import { sleep } from "../../task/sleep.ts";
import { claim, claimSame } from "./claim.ts";
import type { LawPlan } from "./law.ts";
import { ITEMS, type LawCallback, type Subject } from "./subject.ts";
import { CLOSE_DELAY, LONG, tryOut } from "./trial.ts";

/** What an operator promises to those who read it to its end. */
export const readingLaws: readonly LawPlan[] = [
  {
    title: "gives what it should, and leaves nothing open at the end",
    check: (subject) =>
      tryOut(subject, { ...ALL, closeDelay: CLOSE_DELAY }, async (trial) => {
        const given = await trial.readAll();

        subject.claimGiven(given, subject.outputs.length);
        claimSame(trial.track.open, 0, "sources that are open");
        claim(trial.track.returned < 2, "its source was closed more than once");
      }),
  },
  {
    title: "answers every next() after the end with the end",
    check: (subject) =>
      tryOut(subject, ALL, async (trial) => {
        await trial.readAll();

        await trial.claimOver();
      }),
  },
  {
    title: "opens its source with the first next(), and not before",
    binds: ({ options }) => options.eager !== true,
    check: (subject) =>
      tryOut(subject, {}, async ({ clock, iterator, track }) => {
        await clock.waitUntilIdle();
        claimSame([track.opened, track.pulled], [0, 0], NOT_ASKED);

        await iterator.next();
        claimSame(track.opened, 1, "how often its source was opened");
        await iterator.return?.();
      }),
  },
  {
    title: "reads no further than it should",
    binds: ({ readsAhead }) => readsAhead < Infinity,
    check: claimReadsNoFurther,
  },
  {
    title: "keeps the order of its items, however long its callback takes",
    binds: ({ options, takesCallback }) =>
      takesCallback && options.ordered !== false,
    check: (subject) =>
      tryOut(
        subject,
        { ...ALL, callback: createSlowCallback(subject) },
        async (trial) => {
          subject.claimGiven(await trial.readAll(), subject.outputs.length);
        },
      ),
  },
  {
    title: "answers calls of next() that wait at the same time in their order",
    check: (subject) =>
      tryOut(subject, ALL, async ({ iterator, clock }) => {
        const count = subject.outputs.length;
        const order: number[] = [];
        const calls = Array.from({ length: count + 2 }, async (_, index) => {
          const result = await iterator.next();
          order.push(index);
          return result;
        });
        const results = await Promise.all(calls);

        await clock.waitUntilIdle();
        claimSame(order, [...calls.keys()], "the order of the answers");
        const items = results.filter(({ done }) => done !== true);
        subject.claimGiven(
          items.map(({ value }) => value as unknown),
          count,
        );
      }),
  },
];

const ALL = { count: ITEMS.length };
const NOT_ASKED = "how often its source was opened, and asked for an item";

async function claimReadsNoFurther(subject: Subject): Promise<void> {
  for (let count = 1; count <= 3; count++) {
    await claimReadsNoFurtherFor(subject, count);
  }
}

async function claimReadsNoFurtherFor(
  subject: Subject,
  count: number,
): Promise<void> {
  await tryOut(subject, {}, async (trial) => {
    await trial.read(count);
    await sleep(LONG);

    const most = subject.countNeeded(count) + subject.readsAhead;
    const { pulled } = trial.track;
    claim(
      pulled <= most,
      `it asked for ${pulled} items, and not for ${most} at most, to give ${count}`,
    );
    await trial.iterator.return?.();
  });
}

/** Makes a callback that takes the longer the earlier its item is. */
function createSlowCallback({ interval }: Subject): LawCallback {
  const unit = interval === 0 ? 1 : interval / (2 * ITEMS.length);
  return async (value) => {
    await sleep((ITEMS.length - value) * unit);
    return value;
  };
}
