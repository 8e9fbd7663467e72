/** Gives the rejections that nobody had handled when the program paused after a call. */
export async function unhandledAfter(call: () => unknown): Promise<unknown[]> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  process.on("unhandledRejection", note);
  try {
    await call();
    await nextTurn();
  } finally {
    process.off("unhandledRejection", note);
  }
  return unhandled;
}

/** Waits until all that is ready to run has run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
