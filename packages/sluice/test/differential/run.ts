/**
 * A part of a program that is under way; it yields what is to be awaited.
 *
 * Written as sync generators, so that one interpreter serves for the parts that
 * may wait and for those that must not.
 */
export type Run<T = Value> = Generator<PromiseLike<unknown>, T, unknown>;

/** What a part of a program gives; nothing if its error was suppressed. */
export type Value = string | number | undefined;

/** Waits for a promise. */
export function* wait<T>(promise: PromiseLike<T>): Run<T> {
  // What is sent back is what the promise gave.
  return (yield promise) as T;
}

/** Runs a part to its end and waits for what it yields. */
export async function drive<T>(run: Run<T>): Promise<T> {
  let step = run.next();
  while (step.done !== true) {
    let given: unknown;
    try {
      given = await step.value;
    } catch (error) {
      step = run.throw(error);
      continue;
    }
    step = run.next(given);
  }
  return step.value;
}

/** Runs a part that must not wait. */
export function runAtOnce<T>(run: Run<T>): T {
  const step = run.next();
  if (step.done === true) return step.value;
  throw new Error("A sync part of the program waits");
}
