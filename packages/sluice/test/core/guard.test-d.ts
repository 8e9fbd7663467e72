import { describe, expectTypeOf, it } from "vitest";
import { guard, type Task } from "sluice";

declare const signal: AbortSignal;
declare const task: Task<string>;

describe("guard()", () => {
  it("gives what the promise gives, of whatever kind it is", () => {
    expectTypeOf(guard(Promise.resolve(1), signal)).toEqualTypeOf<
      Promise<number>
    >();
    expectTypeOf(guard(task, signal)).toEqualTypeOf<Promise<string>>();
    expectTypeOf(guard("value", signal)).toEqualTypeOf<Promise<string>>();
  });
});
