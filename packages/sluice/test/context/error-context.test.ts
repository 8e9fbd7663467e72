import { describe, expect, it } from "vitest";
import {
  AsyncExitStack,
  asyncWith,
  errorContext,
  withoutContext,
} from "sluice";
import { chainOf, failure, raise, raiseOver } from "./failure.ts";
import { createHostileProxy } from "./odd-values.ts";
import { nextTurn } from "./unhandled.ts";

describe("errorContext()", () => {
  it("gives the error that was replaced", async () => {
    const [raised, pending] = [new Error("raised"), new Error("pending")];

    await raiseOver(raised, pending);

    expect(errorContext(raised)).toBe(pending);
  });

  it("gives undefined for an error that replaced none", async () => {
    const raised = new Error("raised");
    await failure(() => asyncWith(new AsyncExitStack(), () => raise(raised)));

    expect(errorContext(raised)).toBe(undefined);
  });

  it.each([undefined, null, "text", 1, NaN, true, Symbol("s"), 1n])(
    "gives undefined for a primitive: %s",
    async (primitive) => {
      await raiseOver(primitive, new Error("pending"));

      expect(errorContext(primitive)).toBe(undefined);
    },
  );

  it("gives a primitive that was replaced", async () => {
    const raised = new Error("raised");

    await raiseOver(raised, "pending");

    expect(errorContext(raised)).toBe("pending");
  });

  it("is kept for a frozen error", async () => {
    const raised = Object.freeze(new Error("raised"));
    const pending = Object.freeze(new Error("pending"));

    await raiseOver(raised, pending);

    expect(errorContext(raised)).toBe(pending);
  });

  it("is kept for objects that are no errors, and for functions", async () => {
    const [raised, pending] = [() => "raised", { message: "pending" }];

    await raiseOver(raised, pending);

    expect(errorContext(raised)).toBe(pending);
  });

  it("is kept for an error that cannot be looked at", async () => {
    const [raised, pending] = [createHostileProxy(), createHostileProxy()];

    await raiseOver(raised, pending);

    expect(errorContext(raised)).toBe(pending);
  });

  it("gives the last of the errors that were replaced one after the other", async () => {
    const errors = [1, 2, 3].map((number) => new Error(`${number}`));

    await raiseOver(errors[1], errors[2]);
    await raiseOver(errors[0], errors[1]);

    expect(chainOf(errors[0])).toEqual(errors);
  });

  it("forgets the context of an error that is thrown again, later, over another", async () => {
    const raised = new Error("raised");
    await raiseOver(raised, new Error("first"));
    const second = new Error("second");

    await raiseOver(raised, second);

    expect(chainOf(raised)).toEqual([raised, second]);
  });

  it("keeps the context of an error that is thrown again, later, over nothing", async () => {
    const [raised, pending] = [new Error("raised"), new Error("pending")];
    await raiseOver(raised, pending);

    await failure(() => asyncWith(new AsyncExitStack(), () => raise(raised)));

    expect(errorContext(raised)).toBe(pending);
  });

  it("forms no circle when two errors are thrown crosswise: the later is the context's end", async () => {
    const [a, b] = [new Error("a"), new Error("b")];
    await raiseOver(a, b);

    await raiseOver(b, a);

    expect([errorContext(b), errorContext(a)]).toEqual([a, undefined]);
  });

  it("forms no circle when three errors are thrown in a ring", async () => {
    const [a, b, c] = [new Error("a"), new Error("b"), new Error("c")];
    await raiseOver(a, b);
    await raiseOver(b, c);

    await raiseOver(c, a);

    expect(chainOf(c)).toEqual([c, a, b]);
    expect(errorContext(b)).toBe(undefined);
  });

  it("does not tie the errors of blocks that run at once, although their exits throw the same error", async () => {
    const shared = new Error("stopped");
    const errors = [1, 2, 3].map((number) => new Error(`${number}`));

    await Promise.all(
      errors.map((error) =>
        failure(() =>
          asyncWith(new AsyncExitStack(), (stack) => {
            stack.callback(async () => {
              await nextTurn();
              raise(shared);
            });
            raise(error);
          }),
        ),
      ),
    );

    expect(errors.map(errorContext)).toEqual(errors.map(() => undefined));
  });

  it("reaches through a thousand errors", async () => {
    const stack = new AsyncExitStack();
    for (let number = 0; number < 1000; number++) {
      stack.callback(raise, new Error(`${number}`));
    }

    const { error } = await failure(() => stack.raise(new Error("block")));

    expect(chainOf(error)).toHaveLength(1001);
  });
});

describe("withoutContext()", () => {
  it("gives the error back", () => {
    const error = new Error("bare");

    expect(withoutContext(error)).toBe(error);
  });

  it("keeps an error from getting a context", async () => {
    const raised = withoutContext(new Error("bare"));

    await raiseOver(raised, "pending");

    expect([errorContext(raised), raised.cause]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("takes away the context that an error has, and the cause that came with it", async () => {
    const raised = new Error("raised");
    await raiseOver(raised, "pending");

    withoutContext(raised);

    expect([errorContext(raised), Object.hasOwn(raised, "cause")]).toEqual([
      undefined,
      false,
    ]);
  });

  it("leaves a cause of the error's own", async () => {
    const raised = new Error("raised", { cause: "own" });
    await raiseOver(raised, "pending");

    withoutContext(raised);

    expect(raised.cause).toBe("own");
  });

  it("keeps what comes before the error: it ends the chain of a later one", async () => {
    const [later, bare] = [new Error("later"), new Error("bare")];
    await raiseOver(withoutContext(bare), "pending");

    await raiseOver(later, bare);

    expect(chainOf(later)).toEqual([later, bare]);
  });

  it("takes a frozen error", async () => {
    const raised = withoutContext(Object.freeze(new Error("bare")));

    await raiseOver(raised, "pending");

    expect(errorContext(raised)).toBe(undefined);
  });
});
