import { describe, expect, it } from "vitest";
import {
  asyncEnter,
  asyncExit,
  asyncWith,
  enter,
  errorContext,
  exit,
  suppress,
  syncWith,
} from "sluice";
import { failure, raise } from "./failure.ts";
import { createHostileProxy, oddValues } from "./odd-values.ts";

const plainValues = oddValues.filter(({ opaque }) => opaque !== true);

describe("suppress()", () => {
  it("2.4.7 an instance of a class that is given is swallowed", () => {
    const result = syncWith(suppress(TypeError, RangeError), () =>
      raise(new RangeError("raised")),
    );

    expect(result).toBe(undefined);
  });

  it("2.4.7a an instance of a subclass is swallowed", () => {
    class NotThereError extends RangeError {}

    const result = syncWith(suppress(RangeError), () =>
      raise(new NotThereError("raised")),
    );

    expect(result).toBe(undefined);
  });

  it("2.4.7b an error of another class is thrown on", async () => {
    const raised = new TypeError("raised");

    const { error } = await failure(() =>
      syncWith(suppress(RangeError), () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("2.4.7c the block is given nothing", () => {
    const given: unknown[] = [];

    syncWith(suppress(Error), (...args) => given.push(...args));

    expect(given).toEqual([undefined]);
  });

  it("2.4.7d with no classes nothing is swallowed", async () => {
    const raised = new Error("raised");

    const { error } = await failure(() =>
      syncWith(suppress(), () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("2.4.7e a function tells which errors are swallowed (differs)", () => {
    const isGone = (error: unknown): boolean => error === "gone";

    const result = syncWith(suppress(isGone), () => raise("gone"));

    expect(result).toBe(undefined);
  });

  it("2.4.8 it may be used again, also inside its own block", () => {
    const quiet = suppress(Error);
    const log: string[] = [];

    syncWith(quiet, () => {
      syncWith(quiet, () => raise(new Error("inner")));
      log.push("went on");
      raise(new Error("outer"));
    });

    expect(log).toEqual(["went on"]);
  });

  it("2.4.10 it serves sync and async blocks (differs)", async () => {
    const quiet = suppress(Error);

    const results = [
      syncWith(quiet, () => raise(new Error("raised"))),
      await asyncWith(quiet, async () => raise(new Error("raised"))),
    ];

    expect(results).toEqual([undefined, undefined]);
  });

  it("2.4.11 an error of entering a manager outside its block is thrown on", async () => {
    const refused = new RangeError("refused");

    const { error } = await failure(() =>
      asyncWith(createRefusing(refused), () =>
        asyncWith(suppress(RangeError), () => "result"),
      ),
    );

    expect(error).toBe(refused);
  });

  it("2.4.11a an error of entering a manager inside its block is the block's, and is swallowed", async () => {
    const result = await asyncWith(suppress(RangeError), () =>
      asyncWith(createRefusing(new RangeError("refused")), () => "result"),
    );

    expect(result).toBe(undefined);
  });

  it.each(plainValues)(
    "throws $name on, if no test matches",
    async ({ make }) => {
      const raised = make();

      const { error } = await failure(() =>
        syncWith(
          suppress(() => false),
          () => raise(raised),
        ),
      );

      expect(error).toBe(raised);
    },
  );

  it.each(oddValues)("swallows $name, if a test matches", ({ make }) => {
    const raised = make();

    const result = syncWith(
      suppress(() => true),
      () => raise(raised),
    );

    expect(result).toBe(undefined);
  });

  it("takes a class of the old style for a class", () => {
    function OldError(this: Error): void {
      this.message = "old";
    }
    OldError.prototype = Object.create(Error.prototype) as Error;
    const Old = OldError as unknown as new () => Error;

    const result = syncWith(suppress(Old), () => raise(new Old()));

    expect(result).toBe(undefined);
  });

  it("takes an abstract class", () => {
    abstract class HttpError extends Error {}
    class NotFoundError extends HttpError {}

    const result = syncWith(suppress(HttpError), () =>
      raise(new NotFoundError()),
    );

    expect(result).toBe(undefined);
  });

  it("throws what a test throws in place of the block's error", async () => {
    const broken = new Error("broken test");

    const { error } = await failure(() =>
      syncWith(
        suppress(() => Boolean(raise(broken))),
        () => raise("raised"),
      ),
    );

    expect(error).toBe(broken);
  });

  it("throws what looking at the error throws, where a class is looked for", async () => {
    const raised = createHostileProxy();

    const { error } = await failure(() =>
      syncWith(suppress(Error), () => raise(raised)),
    );

    expect(errorContext(error)).toBe(raised);
  });

  it("does not concern an outcome that nobody knows", () => {
    const answer = suppress(Error)[exit]({ status: "unknown" });

    expect(answer).toBe(false);
  });

  it("refuses a name in place of a class", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => suppress("x")).toThrow(
      new TypeError('Cannot suppress "x": it is not a function'),
    );
  });

  it("refuses nothing at all", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => suppress(undefined)).toThrow(TypeError);
  });

  it("refuses an object without prototype", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => suppress(Object.create(null) as object)).toThrow(TypeError);
  });
});

/** A manager of both kinds that cannot be entered. */
function createRefusing(error: unknown) {
  const refuse = (): unknown => raise(error);
  const leave = (): boolean => false;
  return {
    [enter]: refuse,
    [exit]: leave,
    [asyncEnter]: refuse,
    [asyncExit]: leave,
  };
}
