import { enter, errorContext, exit, syncWith, type Outcome } from "sluice";

/** What a call failed with, in a box: it may be `undefined`, or a thenable. */
export interface Failure {
  readonly error: unknown;
}

/** Gives what a call throws, or what its promise is rejected with. */
export async function failure(call: () => unknown): Promise<Failure> {
  try {
    await call();
  } catch (error) {
    return { error };
  }
  throw new Error("Nothing was thrown");
}

/** Throws a value where only an expression fits. */
export function raise(error: unknown): unknown {
  throw error;
}

/** Gives the error of an outcome, in a box, if it has one. */
export function errorOf(outcome: Outcome | undefined): Failure | undefined {
  return outcome?.status === "error" ? { error: outcome.error } : undefined;
}

/** Gives an error and its contexts, the last raised first; stops at a circle. */
export function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (
    let link = error;
    link !== undefined && !chain.includes(link);
    link = errorContext(link)
  ) {
    chain.push(link);
  }
  return chain;
}

/** Throws an error, in an exit, in place of another. */
export async function raiseOver(
  raised: unknown,
  pending: unknown,
): Promise<void> {
  const manager = {
    [enter]: () => undefined,
    [exit]: () => void raise(raised),
  };
  await failure(() => syncWith(manager, () => raise(pending)));
}
