/**
 * Tasks that belong to a block: one fails, the other is told to stop, both are
 * done when the block is left, and the caller gets every failure.
 *
 * Prints:
 *     slow: stopped, cleaning up
 *     slow: clean
 *     TaskGroupError: one of two went wrong
 */
import {
  asyncWith,
  isCancelled,
  sleep,
  TaskGroup,
  TaskGroupError,
} from "sluice";

async function slow(signal: AbortSignal): Promise<void> {
  try {
    await sleep(60_000, signal);
  } catch (error) {
    if (isCancelled(error)) console.log("slow: stopped, cleaning up");
    await sleep(1);
    console.log("slow: clean");
    throw error;
  }
}

async function broken(signal: AbortSignal): Promise<void> {
  await sleep(1, signal);
  throw new Error("one of two went wrong");
}

try {
  await asyncWith(new TaskGroup(), (group) => {
    group.spawn(slow);
    group.spawn(broken);
  });
} catch (error) {
  if (!(error instanceof TaskGroupError)) throw error;
  const messages = error.errors.map((each: Error) => each.message);
  console.log(`${error.name}: ${messages.join(", ")}`);
}
