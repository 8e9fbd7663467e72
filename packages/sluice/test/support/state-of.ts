import { loopTurns } from "./loop-turns.ts";

/** Tells how a promise stands once all that can go on by itself has gone on. */
export async function stateOf(
  promise: PromiseLike<unknown>,
): Promise<"pending" | "fulfilled" | "rejected"> {
  let state: "pending" | "fulfilled" | "rejected" = "pending";
  promise.then(
    () => {
      state = "fulfilled";
    },
    () => {
      state = "rejected";
    },
  );
  await loopTurns(2);
  return state;
}
