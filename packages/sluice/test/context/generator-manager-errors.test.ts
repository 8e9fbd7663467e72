import { describe, expect, it } from "vitest";
import {
  CancelledError,
  errorContext,
  GeneratorError,
  StopAsyncIteration,
  withoutContext,
} from "sluice";
import { failure, raise } from "./failure.ts";
import { managerKinds } from "./manager-kinds.ts";
import { oddValues } from "./odd-values.ts";

describe.each(managerKinds)("$title: a block that fails", ({ define }) => {
  it("2.1.9 an error that the generator does not catch is thrown on: the very same object", async () => {
    const raised = new Error("raised");
    const open = define(function* () {
      yield;
    });

    const { error } = await failure(() => open().run(() => raise(raised)));

    expect(error).toBe(raised);
  });

  it("2.1.9a exit answers false to an error that the generator does not catch", async () => {
    const manager = define(function* () {
      yield;
    })();
    await manager.enter();

    const answer = await manager.exit({ status: "error", error: "raised" });

    expect(answer).toBe(false);
  });

  it("2.1.10 a generator that catches the error and ends suppresses it, and the block gives undefined", async () => {
    const open = define(function* () {
      try {
        yield;
      } catch {
        // Suppressed.
      }
    });

    const result = await open().run(() => raise(new Error("raised")));

    expect(result).toBe(undefined);
  });

  it("2.1.11 a generator that catches only other errors lets the block's pass", async () => {
    const raised = new Error("raised");
    const open = define(function* () {
      try {
        yield;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    });

    const { error } = await failure(() => open().run(() => raise(raised)));

    expect(error).toBe(raised);
  });

  it("2.1.12 exit answers false to an error that the generator catches and throws again", async () => {
    const manager = define(function* () {
      try {
        yield;
      } catch (error) {
        raise(error);
      }
    })();
    await manager.enter();

    const answer = await manager.exit({ status: "error", error: "raised" });

    expect(answer).toBe(false);
  });

  it("2.1.13 another error that the generator throws replaces the block's", async () => {
    const other = new Error("other");
    const open = define(function* () {
      try {
        yield;
      } finally {
        raise(other);
      }
    });

    const { error } = await failure(() => open().run(() => raise("raised")));

    expect(error).toBe(other);
  });

  it("2.1.13a the replaced error is the context of the one that replaces it", async () => {
    const raised = new Error("raised");
    const open = define(function* () {
      try {
        yield;
      } finally {
        raise(new Error("other"));
      }
    });

    const { error } = await failure(() => open().run(() => raise(raised)));

    expect(errorContext(error)).toBe(raised);
  });

  it("2.1.14 a cause that was given stays, beside the context", async () => {
    const origin = new Error("origin");
    const raised = new Error("raised");
    const open = define(function* () {
      try {
        yield;
      } finally {
        raise(new Error("other", { cause: origin }));
      }
    });

    const { error } = await failure(() => open().run(() => raise(raised)));

    expect([(error as Error).cause, errorContext(error)]).toEqual([
      origin,
      raised,
    ]);
  });

  it("2.1.14a an error thrown `withoutContext()` gets none: it is not recorded either (differs)", async () => {
    const open = define(function* () {
      try {
        yield;
      } finally {
        raise(withoutContext(new Error("other")));
      }
    });

    const { error } = await failure(() => open().run(() => raise("raised")));

    expect(errorContext(error)).toBe(undefined);
  });

  it("2.1.15 a generator that catches the error and yields again fails with SLUICE_DID_NOT_STOP, and its context is the error", async () => {
    const raised = new Error("raised");
    const open = define(function* () {
      try {
        yield 1;
      } catch {
        yield 2;
      }
    });

    const { error } = await failure(() => open().run(() => raise(raised)));

    expect(error).toMatchObject({ code: "SLUICE_DID_NOT_STOP" });
    expect(errorContext(error)).toBe(raised);
  });

  it("2.1.15a a generator that catches the error and yields again is closed first", async () => {
    const log: string[] = [];
    const open = define(function* () {
      try {
        yield 1;
      } catch {
        try {
          yield 2;
        } finally {
          log.push("closed");
        }
      }
    });

    await failure(() => open().run(() => raise("raised")));

    expect(log).toEqual(["closed"]);
  });

  it("2.1.16 `return` in a `finally` suppresses any error of the block, a cancellation too", async () => {
    const open = define(function* () {
      try {
        yield;
      } finally {
        // eslint-disable-next-line no-unsafe-finally -- what the rule is about
        return;
      }
    });

    const result = await open().run(() => raise(new CancelledError("Stopped")));

    expect(result).toBe(undefined);
  });

  it("2.1.17 whatever the block throws passes through as it is and is never read as success: undefined, null, a StopAsyncIteration", async () => {
    const raised = oddValues.map(({ make }) => make());
    const open = define(function* () {
      yield;
    });

    const failures = await Promise.all(
      raised.map((error) => failure(() => open().run(() => raise(error)))),
    );

    expect(
      failures.every(({ error }, index) => Object.is(error, raised[index])),
    ).toBe(true);
  });

  it("2.1.18 a generator that wraps the block's StopAsyncIteration as a cause throws the wrapper, as with any error (differs)", async () => {
    const wrapper = new Error("wrapper", { cause: new StopAsyncIteration() });
    const open = define(function* () {
      try {
        yield;
      } finally {
        raise(wrapper);
      }
    });

    const { error } = await failure(() =>
      open().run(() => raise(wrapper.cause)),
    );

    expect(error).toBe(wrapper);
  });

  it("2.1.19 a StopAsyncIteration that the generator itself throws is thrown as it is, as it ends nothing here (differs)", async () => {
    const stop = new StopAsyncIteration();
    const open = define(function* () {
      yield;
      throw stop;
    });

    const { error } = await failure(() => open().run(() => "result"));

    expect(error).toBe(stop);
  });

  it("2.1.20 a GeneratorError of the block is thrown on as itself, and not taken for the manager's own", async () => {
    const raised = new GeneratorError("SLUICE_DID_NOT_STOP", "raised");
    const open = define(function* () {
      yield;
    });

    const { error } = await failure(() => open().run(() => raise(raised)));

    expect(error).toBe(raised);
  });

  it("2.1.22 a cancellation is an error as any other: the generator sees it, and it is thrown on", async () => {
    const cancelled = new CancelledError("Stopped");
    const seen: unknown[] = [];
    const open = define(function* () {
      try {
        yield;
      } catch (error) {
        seen.push(error);
        throw error;
      }
    });

    const { error } = await failure(() => open().run(() => raise(cancelled)));

    expect([error, ...seen]).toEqual([cancelled, cancelled]);
  });
});
