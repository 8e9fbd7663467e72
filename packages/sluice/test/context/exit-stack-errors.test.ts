import { describe, expect, it } from "vitest";
import {
  contextManager,
  enter,
  errorContext,
  exit,
  syncWith,
  withoutContext,
  type Outcome,
} from "sluice";
import { chainOf, errorOf, failure, raise } from "./failure.ts";
import { stackKinds } from "./stack-kinds.ts";

describe.each(stackKinds)("$title: exits that fail", ({ create }) => {
  it("2.2.9 an error that an exit throws replaces the one on its way, which ends its chain of contexts", async () => {
    const [raised, other] = [new Error("raised"), new Error("other")];
    const stack = create();
    stack.callback(() => raise(other));

    const { error } = await failure(() => stack.run(() => raise(raised)));

    expect(chainOf(error)).toEqual([other, raised]);
  });

  it("2.2.9a the exits outside are told of the error that replaced the block's", async () => {
    const other = new Error("other");
    const told: Outcome[] = [];
    const stack = create();
    stack.push((outcome) => void told.push(outcome));
    stack.callback(() => raise(other));

    await failure(() => stack.run(() => raise("raised")));

    expect(told.map(errorOf)).toEqual([{ error: other }]);
  });

  it("2.2.10 an error that an exit throws after success is told to the exits outside, and thrown at the end", async () => {
    const raised = new Error("raised");
    const told: Outcome[] = [];
    const stack = create();
    stack.push((outcome) => void told.push(outcome));
    stack.callback(() => raise(raised));

    const { error } = await failure(stack.close);

    expect([error, told.map(errorOf)]).toEqual([raised, [{ error: raised }]]);
  });

  it("2.2.11 an error of an exit that an outer one suppresses, after success, leaves no error", async () => {
    const stack = create();
    stack.push(() => true);
    stack.callback(() => raise("raised"));

    const result = await stack.run(() => "result");

    expect(result).toBe("result");
  });

  it("2.2.11a the stack's own exit answers false when it was told of success and the error of an exit was suppressed", async () => {
    const stack = create();
    stack.push(() => true);
    stack.callback(() => raise("raised"));

    const answer = await stack.exit({ status: "ok" });

    expect(answer).toBe(false);
  });

  it("2.2.12 an error thrown after the block's was suppressed does not have that as its context", async () => {
    const later = new Error("later");
    const stack = create();
    stack.callback(() => raise(later));
    stack.push(() => true);

    const { error } = await failure(() => stack.run(() => raise("raised")));

    expect([error, errorContext(error)]).toEqual([later, undefined]);
  });

  it("2.2.13 of several errors the last is thrown, and its contexts are the earlier ones, back to the block's", async () => {
    const errors = [1, 2, 3, 4, 5].map((number) => new Error(`${number}`));
    const stack = create();
    for (const error of errors.slice(0, -1)) stack.callback(raise, error);

    const { error } = await failure(() => stack.run(() => raise(errors[4])));

    expect(chainOf(error)).toEqual(errors);
  });

  it("2.2.14 contexts that managers have set already are left as they are: no circle, no second link", async () => {
    const errors = [1, 2, 3, 4].map((number) => new Error(`${number}`));
    const raising = contextManager(function* (error: unknown) {
      try {
        yield;
      } finally {
        raise(error);
      }
    });
    const stack = create();
    for (const error of errors.slice(0, -1)) await stack.enter(raising(error));

    const { error } = await failure(() => stack.run(() => raise(errors[3])));

    expect(chainOf(error)).toEqual(errors);
  });

  it("2.2.14a the contexts that an error got inside the exit stay, and the error on its way comes after them", async () => {
    const errors = [1, 2, 3, 4, 5].map((number) => new Error(`${number}`));
    const raiseNested = (inner: unknown, outer: unknown): unknown =>
      syncWith(
        { [enter]: () => undefined, [exit]: () => void raise(outer) },
        () => raise(inner),
      );
    const stack = create();
    stack.callback(raiseNested, errors[1], errors[0]);
    stack.callback(raiseNested, errors[3], errors[2]);

    const { error } = await failure(() => stack.run(() => raise(errors[4])));

    expect(chainOf(error)).toEqual(errors);
  });

  it("2.2.15 an error that was stripped of its context keeps none", async () => {
    const stack = create();
    stack.callback(() => raise(withoutContext(new Error("other"))));

    const { error } = await failure(() => stack.run(() => raise("raised")));

    expect(errorContext(error)).toBe(undefined);
  });

  it("2.2.12a raise() gives an error thrown after the one on its way was suppressed no context", async () => {
    const later = new Error("later");
    const stack = create();
    stack.callback(() => raise(later));
    stack.push(() => true);

    const { error } = await failure(() => stack.raise("raised"));

    expect([error, errorContext(error)]).toEqual([later, undefined]);
  });

  it("2.2.16 an exit that throws the error it was told of changes nothing: the error is not its own context", async () => {
    const raised = new Error("raised");
    const stack = create();
    stack.push((outcome) => raise(errorOf(outcome)?.error));

    const { error } = await failure(() => stack.run(() => raise(raised)));

    expect([error, errorContext(error)]).toEqual([raised, undefined]);
  });

  it("2.2.16a the stack's own exit answers false when an exit throws the error it was told of", async () => {
    const stack = create();
    stack.push((outcome) => raise(errorOf(outcome)?.error));

    const answer = await stack.exit({ status: "error", error: "raised" });

    expect(answer).toBe(false);
  });
});
