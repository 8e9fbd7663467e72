/** As much of Node as is used, where it is there. */
interface Platform {
  readonly setImmediate?: (call: () => void) => unknown;
  readonly process?: {
    readonly getActiveResourcesInfo?: () => readonly string[];
  };
}

// Taken before any test puts stand-ins in their place.
const { setTimeout } = globalThis;
const { process, setImmediate } = globalThis as Platform;

/**
 * How many turns in a row must find nothing under way. The first may be what is left of a
 * turn; the second takes in what has arrived, and the third what that sent to itself.
 */
const QUIET_TURNS = 3;

/**
 * Waits until nothing in the event loop can go on by itself.
 *
 * @param patience How long to wait for what cannot be seen, in real milliseconds.
 */
export async function waitUntilQuiet(patience: number): Promise<void> {
  await turnUntilQuiet();
  if (patience <= 0) return;
  await new Promise((resolve) => setTimeout(resolve, patience));
  await turnUntilQuiet();
}

async function turnUntilQuiet(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
    await nextTurn();
    if (isWorkUnderWay()) quiet = -1;
  }
}

/**
 * Resolves in the event loop's next turn: all microtasks have run by then, however many
 * there are.
 */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (setImmediate !== undefined) {
      setImmediate(resolve);
      return;
    }
    // A browser's nested timers wait for 4 ms; its messages do not.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/**
 * Tells whether Node knows of something under way that ends by itself: a call of
 * `setImmediate`, or a request such as those to files. Timers are none; servers and sockets
 * only stand by.
 */
function isWorkUnderWay(): boolean {
  const resources = process?.getActiveResourcesInfo?.() ?? [];
  return resources.some((name) => /^Immediate$|Req/.test(name));
}
