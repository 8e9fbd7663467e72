/** Runs something while warnings of the process are not printed, but for those who listen. */
export async function withoutWarnings<T>(body: () => Promise<T>): Promise<T> {
  const printers = process.listeners("warning");
  process.removeAllListeners("warning");
  try {
    return await body();
  } finally {
    for (const printer of printers) process.on("warning", printer);
  }
}
