import { describe, expect, it } from "vitest";
import {
  asyncEnter,
  asyncExit,
  asyncWith,
  enter,
  exit,
  SuppressedError,
} from "sluice";
import { failure, raise } from "./failure.ts";

describe("asyncWith(): which session it enters", () => {
  const asyncPair = {
    [asyncEnter]: async () => "async",
    [asyncExit]: async () => false,
  };
  const syncPair = { [enter]: () => "sync", [exit]: () => false };

  it("enters the async session of a manager that has both", async () => {
    const manager = { ...syncPair, ...asyncPair };

    expect(await asyncWith(manager, (value) => value)).toBe("async");
  });

  it("enters the sync session of a manager that has no other", async () => {
    expect(await asyncWith(syncPair, (value) => value)).toBe("sync");
  });

  it("enters the sync session of a manager whose async one is but a half", async () => {
    const manager = { ...syncPair, [asyncEnter]: async () => "half" };

    expect(await asyncWith(manager, String)).toBe("sync");
  });

  it("enters a manager that is a disposable too as a manager", async () => {
    const log: string[] = [];
    const manager = {
      ...syncPair,
      [Symbol.asyncDispose]: async () => void log.push("disposed"),
    };

    const value = await asyncWith(manager, (value) => value);

    expect([value, log]).toEqual(["sync", []]);
  });

  it("prefers the async dispose method to the sync one", async () => {
    const log: string[] = [];
    const disposable = {
      [Symbol.dispose]: () => void log.push("sync"),
      [Symbol.asyncDispose]: async () => void log.push("async"),
    };

    await asyncWith(disposable, () => undefined);

    expect(log).toEqual(["async"]);
  });

  it("gives a disposable itself to the block", async () => {
    const disposable = { [Symbol.dispose]: () => undefined };

    expect(await asyncWith(disposable, (value) => value)).toBe(disposable);
  });

  it("gives a disposable that is a thenable to the block as it is", async () => {
    const query = {
      then: () => raise(new Error("It was waited for")),
      [Symbol.dispose]: () => undefined,
    };

    const isItself = await asyncWith(query, (value) => value === query);

    expect(isItself).toBe(true);
  });

  it("gives a promise that a sync enter returns to the block as it is", async () => {
    const promise = Promise.resolve("value");
    const manager = { [enter]: () => promise, [exit]: () => false };

    const isItself = await asyncWith(manager, (value) => value === promise);

    expect(isItself).toBe(true);
  });

  it("calls a dispose method on the disposable, with no arguments", async () => {
    const calls: unknown[] = [];
    const disposable = {
      async [Symbol.asyncDispose](...args: unknown[]) {
        calls.push(this, ...args);
      },
    };

    await asyncWith(disposable, () => undefined);

    expect(calls).toEqual([disposable]);
  });

  it("lets a dispose method suppress nothing, whatever it gives", async () => {
    const disposable = {
      [Symbol.asyncDispose]: () =>
        Promise.resolve(true as unknown as undefined),
    };

    const { error } = await failure(() =>
      asyncWith(disposable, () => raise("raised")),
    );

    expect(error).toBe("raised");
  });

  it("takes a function that is a disposable", async () => {
    const log: string[] = [];
    const disposable = Object.assign(() => "called", {
      [Symbol.dispose]: () => void log.push("disposed"),
    });

    const result = await asyncWith(disposable, (value) => value());

    expect([result, log]).toEqual(["called", ["disposed"]]);
  });
});

describe('asyncWith(): errors: "suppressed"', () => {
  const failing = (error: unknown) => ({
    [asyncEnter]: () => undefined,
    [asyncExit]: async () => void raise(error),
  });

  it("throws a SuppressedError that has exit's error and the block's", async () => {
    const [raised, failed] = [new Error("raised"), new Error("exit failed")];

    const { error } = await failure(() =>
      asyncWith(failing(failed), () => raise(raised), { errors: "suppressed" }),
    );

    expect(error).toMatchObject({
      name: "SuppressedError",
      error: failed,
      suppressed: raised,
    });
  });

  it("throws exit's error as it is after success", async () => {
    const failed = new Error("exit failed");

    const { error } = await failure(() =>
      asyncWith(failing(failed), () => "result", { errors: "suppressed" }),
    );

    expect(error).toBe(failed);
  });

  it("nests the block's error with itself if exit throws it again", async () => {
    const raised = new Error("raised");

    const { error } = await failure(() =>
      asyncWith(failing(raised), () => raise(raised), { errors: "suppressed" }),
    );

    expect(error).toBeInstanceOf(SuppressedError);
    expect(error).toMatchObject({ error: raised, suppressed: raised });
  });

  it("nests the errors of nested blocks", async () => {
    const { error } = await failure(() =>
      asyncWith(
        failing("outer"),
        () =>
          asyncWith(failing("inner"), () => raise("raised"), {
            errors: "suppressed",
          }),
        { errors: "suppressed" },
      ),
    );

    expect(error).toMatchObject({
      error: "outer",
      suppressed: { error: "inner", suppressed: "raised" },
    });
  });

  it("keeps even a primitive that exit has replaced", async () => {
    const { error } = await failure(() =>
      asyncWith(failing(undefined), () => raise(null), {
        errors: "suppressed",
      }),
    );

    expect(error).toMatchObject({ error: undefined, suppressed: null });
  });

  it('replaces the block\'s error with errors: "replace"', async () => {
    const [raised, failed] = [new Error("raised"), new Error("exit failed")];

    const { error } = await failure(() =>
      asyncWith(failing(failed), () => raise(raised), { errors: "replace" }),
    );

    expect(error).toBe(failed);
  });
});
