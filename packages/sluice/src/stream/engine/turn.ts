/** Resolves in the event loop's next turn, when timers and input have had theirs. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { setImmediate } = globalThis as Platform;
    if (setImmediate !== undefined) {
      setImmediate(resolve);
      return;
    }
    // A browser's timers wait for 4 ms when they are nested; messages do not.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

interface Platform {
  readonly setImmediate?: (call: () => void) => unknown;
}
