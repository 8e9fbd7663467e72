import { from, sleep } from "sluice";
import { virtualClock, type VirtualClock } from "sluice/testing";
import { measureHeapGrowth } from "../../support/heap.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import type { Heap, Row } from "./row.ts";

/** Gives how many bytes an operator keeps of each item of its source, while it is read. */
export async function measureBytesPerItem(row: Row): Promise<number> {
  const {
    apply = row.apply,
    count = 1e6,
    perOutput = 1,
    pace,
  } = row.heap ?? {};
  const measure = async (): Promise<number> => {
    const applied = apply(from(countUp(pace)), (value) => value);
    const iterator =
      Symbol.asyncIterator in applied
        ? applied[Symbol.asyncIterator]()
        : applied;
    const growth = await measureHeapGrowth(count / perOutput, () =>
      iterator.next(),
    );
    await iterator.return?.();
    return growth / count;
  };
  const clock: VirtualClock | undefined =
    pace === "bursts" ? virtualClock() : undefined;
  return clock === undefined ? measure() : clock.run(measure);
}

/** Makes an endless source that keeps nothing. */
function countUp(pace: Heap["pace"]): AsyncIterable<number> {
  let item = 0;
  const waits = {
    turns: () => loopTurns(),
    bursts: () => (item % 10 === 0 ? sleep(10) : Promise.resolve()),
  };
  const wait = pace === undefined ? undefined : waits[pace];
  const next = (): IteratorResult<number> => ({ done: false, value: ++item });
  return {
    [Symbol.asyncIterator]: () => ({
      next: () =>
        wait === undefined ? Promise.resolve(next()) : wait().then(next),
      return: () => Promise.resolve({ done: true, value: undefined }),
    }),
  };
}
