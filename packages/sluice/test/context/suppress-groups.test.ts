import { describe, expect, it } from "vitest";
import {
  asyncWith,
  CancelledError,
  suppress,
  syncWith,
  TaskGroupError,
} from "sluice";
import { failure, raise } from "./failure.ts";

describe("suppress(): groups of errors", () => {
  it("2.4.9 a group whose errors all match is swallowed, however deep", () => {
    const group = new AggregateError([
      new RangeError("a"),
      new AggregateError([new RangeError("b")]),
    ]);

    const result = syncWith(suppress(RangeError), () => raise(group));

    expect(result).toBe(undefined);
  });

  it("2.4.9a of a group of which some errors match a new one with the others is thrown, with the same message", async () => {
    const other = new TypeError("b");
    const group = new AggregateError([new RangeError("a"), other], "both");

    const { error } = await failure(() =>
      syncWith(suppress(RangeError), () => raise(group)),
    );

    expect(error).not.toBe(group);
    expect(error).toMatchObject({ message: "both", errors: [other] });
  });

  it("2.4.9b a group of which no error matches is thrown on: the very same object", async () => {
    const group = new AggregateError([new TypeError("a"), new Error("b")]);

    const { error } = await failure(() =>
      syncWith(suppress(RangeError), () => raise(group)),
    );

    expect(error).toBe(group);
  });

  it("2.4.9c a group inside a group is made smaller too", async () => {
    const other = new TypeError("b");
    const inner = new AggregateError([new RangeError("a"), other], "inner");
    const group = new AggregateError([inner], "outer");

    const { error } = await failure(() =>
      syncWith(suppress(RangeError), () => raise(group)),
    );

    expect(error).toMatchObject({
      message: "outer",
      errors: [{ message: "inner", errors: [other] }],
    });
  });

  it("2.4.9d a class of groups matches the group as a whole", () => {
    const group = new AggregateError([new TypeError("a")]);

    const result = syncWith(suppress(AggregateError), () => raise(group));

    expect(result).toBe(undefined);
  });

  it("keeps a smaller TaskGroupError a TaskGroupError", async () => {
    const other = new TypeError("b");
    const group = new TaskGroupError([new CancelledError("a"), other]);

    const { error } = await failure(() =>
      asyncWith(suppress(CancelledError), () => raise(group)),
    );

    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error).toMatchObject({ errors: [other] });
  });

  it("makes the smaller group with the group's own derive()", async () => {
    class BatchError extends AggregateError {
      derive(errors: unknown[]) {
        return new BatchError(errors, `${this.message}, what is left`);
      }
    }
    const group = new BatchError([new RangeError("a"), "b"], "batch");

    const { error } = await failure(() =>
      syncWith(suppress(RangeError), () => raise(group)),
    );

    expect(error).toMatchObject({
      message: "batch, what is left",
      errors: ["b"],
    });
  });

  it("keeps the cause of a group that is made smaller", async () => {
    const cause = new Error("cause");
    const group = new AggregateError([new RangeError("a"), "b"], "both", {
      cause,
    });

    const { error } = await failure(() =>
      syncWith(suppress(RangeError), () => raise(group)),
    );

    expect(error).toMatchObject({ cause });
  });

  it("throws an empty group on", async () => {
    const group = new AggregateError([]);

    const { error } = await failure(() =>
      syncWith(suppress(RangeError), () => raise(group)),
    );

    expect(error).toBe(group);
  });

  it("leaves the errors of a group that was not made smaller as they were", async () => {
    const group = new AggregateError([undefined, null, NaN]);

    const { error } = await failure(() =>
      syncWith(suppress(RangeError), () => raise(group)),
    );

    expect(error).toBe(group);
  });
});
