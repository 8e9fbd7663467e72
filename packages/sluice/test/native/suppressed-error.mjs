import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  acquire,
  AsyncExitStack,
  asyncExit,
  asyncEnter,
  asyncWith,
  ExitStack,
  SuppressedError as ours,
} from "sluice";

describe("SuppressedError", () => {
  it("is the platform's own", () => {
    assert.equal(ours, SuppressedError);
  });

  it("has the exit's error over the block's, of a manager acquired", async () => {
    const run = async () => {
      await using _held = await acquire(failOnExit("exit"));
      throw "block";
    };

    const error = await captureError(run);

    assert.deepEqual(unfold(error), ["exit", "block"]);
  });

  it("nests one in the other, of several managers acquired", async () => {
    const run = async () => {
      await using _first = await acquire(failOnExit("first"));
      await using _second = await acquire(failOnExit("second"));
      throw "block";
    };

    const error = await captureError(run);

    assert.deepEqual(unfold(error), ["first", "second", "block"]);
  });

  it("nests a stack's own errors over the block's", async () => {
    const run = async () => {
      await using stack = new AsyncExitStack();
      stack.defer(() => Promise.reject("first"));
      stack.defer(() => Promise.reject("second"));
      throw "block";
    };

    const error = await captureError(run);

    assert.ok(error instanceof SuppressedError);
    assert.deepEqual(unfold(error.error), ["first", "second"]);
    assert.equal(error.suppressed, "block");
  });

  it("nests a sync stack's own errors over the block's", async () => {
    const run = () => {
      using stack = new ExitStack();
      stack.defer(() => {
        throw "first";
      });
      stack.defer(() => {
        throw "second";
      });
      throw "block";
    };

    const error = await captureError(run);

    assert.ok(error instanceof SuppressedError);
    assert.deepEqual(unfold(error.error), ["first", "second"]);
    assert.equal(error.suppressed, "block");
  });

  it("is thrown by asyncWith() too, where that is asked for", async () => {
    const run = () =>
      asyncWith(failOnExit("exit"), () => Promise.reject("block"), {
        errors: "suppressed",
      });

    const error = await captureError(run);

    assert.deepEqual(unfold(error), ["exit", "block"]);
  });
});

/** @param {unknown} error */
function failOnExit(error) {
  return {
    [asyncEnter]: () => undefined,
    [asyncExit]: () => Promise.reject(error),
  };
}

/** @param {() => unknown} run */
async function captureError(run) {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error("Cannot capture an error: there is none");
}

/**
 * Lists the errors of a chain of the platform's `SuppressedError`, the last first.
 *
 * @param {unknown} error
 */
function unfold(error) {
  return error instanceof SuppressedError
    ? [error.error, ...unfold(error.suppressed)]
    : [error];
}
