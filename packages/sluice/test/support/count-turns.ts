/** More than anything that only waits for microtasks takes here. */
const TURN_LIMIT = 100_000;

/** Counts the turns of the microtask queue from a call until what it gave has settled. */
export async function countTurns(
  run: () => PromiseLike<unknown>,
): Promise<number> {
  let turns = 0;
  let running = true;
  const counter = (async () => {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it changes while this waits
    for (; running && turns < TURN_LIMIT; turns++) await undefined;
  })();
  const stop = (): void => {
    running = false;
  };
  await run().then(stop, stop);
  await counter;
  if (turns === TURN_LIMIT) {
    throw new Error("Cannot count the turns: something else is waited for");
  }
  return turns;
}
