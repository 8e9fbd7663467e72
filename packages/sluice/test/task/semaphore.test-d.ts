import { describe, expectTypeOf, it } from "vitest";
import { asyncWith, Lock, Semaphore, syncWith, type Permit } from "sluice";

describe("Lock and Semaphore", () => {
  it("give the block's value, and nothing less", () => {
    expectTypeOf(asyncWith(new Lock(), () => 1)).toEqualTypeOf<
      Promise<number>
    >();
    expectTypeOf(asyncWith(new Semaphore(2), () => 1)).toEqualTypeOf<
      Promise<number>
    >();
  });

  it("give no value to the block", () => {
    const result = asyncWith(new Lock(), (value) => {
      expectTypeOf(value).toEqualTypeOf<undefined>();
    });

    expectTypeOf(result).toEqualTypeOf<Promise<void>>();
  });

  it("are no managers of sync blocks", () => {
    // @ts-expect-error Whoever enters a lock may have to wait.
    syncWith(new Lock(), () => 1);
  });

  it("give permits, which are disposable", () => {
    expectTypeOf<Permit>().toExtend<Disposable>();
    expectTypeOf(new Lock().acquire()).toEqualTypeOf<Promise<Permit>>();
    expectTypeOf(new Lock().tryAcquire()).toEqualTypeOf<Permit | undefined>();
  });
});
