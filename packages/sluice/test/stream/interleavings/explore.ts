import { env } from "node:process";
import fc from "fast-check";
import { withoutWarnings } from "../fuzz/kit/warnings.ts";
import { World } from "./world.ts";

/** How many schedules of each kind are looked at. */
const numRuns = Number(env["INTERLEAVINGS"] ?? 200);

/** Runs a body with as many plans, each in an order of its own. */
export function explore<P>(
  plans: fc.Arbitrary<P>,
  body: (world: World, plan: P) => Promise<void>,
): Promise<void> {
  const bursts = fc.infiniteStream(fc.integer({ min: 1, max: 3 }));
  return withoutWarnings(() =>
    fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        bursts,
        plans,
        (scheduler, burst, plan) => {
          const world = new World(scheduler, burst);
          return world.run(() => body(world, plan));
        },
      ),
      { numRuns },
    ),
  );
}

/** How a stream is read. */
export type Leave =
  | { readonly how: "never" }
  /** A loop breaks after so many items. */
  | { readonly how: "break"; readonly after: number }
  /** Another calls `return()`, whenever it is its turn. */
  | { readonly how: "return" };

export const leaves: fc.Arbitrary<Leave> = fc.oneof(
  fc.constant({ how: "never" } as const),
  fc.record({
    how: fc.constant("break" as const),
    after: fc.integer({ min: 1, max: 3 }),
  }),
  fc.constant({ how: "return" } as const),
);

/** Whether something fails, which it does not often. */
export const rarely: fc.Arbitrary<boolean> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(false) },
  fc.boolean(),
);

/** What closing a source fails with. */
export class CloseError extends Error {}

/** Whether all that failed was closing. */
export function isOfClosing(error: unknown): boolean {
  return error instanceof AggregateError
    ? error.errors.every(isOfClosing)
    : error instanceof CloseError;
}

/** What came of reading a stream. */
export interface Outcome<T> {
  readonly values: readonly T[];
  /** Whether it came to its end by itself. */
  readonly end: "ended" | "left" | "failed";
  readonly error?: unknown;
}

/** Reads a stream, and gives turns until it has ended and is closed. */
export function read<T>(
  ...args: Parameters<typeof consume<T>>
): Promise<Outcome<T>> {
  const [world] = args;
  return world.settle(consume(...args));
}

/** Reads a stream until it ends or is left, and waits until it is closed. */
export async function consume<T>(
  world: World,
  stream: AsyncIterableIterator<T, undefined>,
  leave: Leave,
  onValue: (value: T) => void = () => undefined,
): Promise<Outcome<T>> {
  const values: T[] = [];
  const state = { isOver: false, isLeft: false };
  let closing: Promise<unknown> | undefined;
  if (leave.how === "return") {
    closing = world.turn("return()").then(() => {
      state.isLeft = !state.isOver;
      return stream.return?.();
    });
    closing.catch((error: unknown) => world.tell(error));
  }
  const loop = async (): Promise<void> => {
    for await (const value of stream) {
      values.push(value);
      onValue(value);
      if (leave.how !== "break" || values.length < leave.after) continue;
      state.isLeft = true;
      break;
    }
    state.isOver = true;
  };
  const reading = loop();
  // The one does not fail where the other does.
  await Promise.allSettled([reading, closing]);
  try {
    await reading;
    return { values, end: state.isLeft ? "left" : "ended" };
  } catch (error) {
    world.tell(error);
    // What closing throws is no failure of what was read.
    return state.isLeft
      ? { values, end: "left" }
      : { values, end: "failed", error };
  }
}
