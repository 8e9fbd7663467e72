// Taken before any test puts a clock of its own in its place.
const { setImmediate } = globalThis;

/** Waits until the event loop has gone round so many times; all microtasks have run by then. */
export async function loopTurns(count = 1): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}
