import { describe, expect, it } from "vitest";
import {
  acquire,
  asyncContextManager,
  asyncEnter,
  asyncExit,
  AsyncExitStack,
  asyncWith,
  contextManager,
  decorate,
  enter,
  exit,
  ExitStack,
  nullContext,
  syncWith,
  type Outcome,
} from "sluice";
import { errorOf, failure, raise } from "./failure.ts";
import { oddValues } from "./odd-values.ts";

/** A manager of both kinds whose exit throws. */
function createFailing(error: unknown) {
  const begin = (): undefined => undefined;
  const end = (): boolean => Boolean(raise(error));
  return { [enter]: begin, [exit]: end, [asyncEnter]: begin, [asyncExit]: end };
}

describe.each(oddValues)("$name is thrown on as it is", ({ make }) => {
  it("by asyncWith(), when its block throws it", async () => {
    const raised = make();

    const { error } = await failure(() =>
      asyncWith(nullContext(), () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("by asyncWith(), when its block rejects with it", async () => {
    const raised = make();

    const { error } = await failure(() =>
      asyncWith(nullContext(), async () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("by asyncWith(), when enter throws it", async () => {
    const raised = make();
    const manager = {
      [asyncEnter]: () => raise(raised),
      [asyncExit]: () => false,
    };

    const { error } = await failure(() => asyncWith(manager, () => "result"));

    expect(error).toBe(raised);
  });

  it("by asyncWith(), when exit throws it after success", async () => {
    const raised = make();

    const { error } = await failure(() =>
      asyncWith(createFailing(raised), () => "result"),
    );

    expect(error).toBe(raised);
  });

  it("by asyncWith(), when exit throws it in place of an error", async () => {
    const raised = make();

    const { error } = await failure(() =>
      asyncWith(createFailing(raised), () => raise(new Error("raised"))),
    );

    expect(error).toBe(raised);
  });

  it("by asyncWith(), when exit throws it in place of its like", async () => {
    const raised = make();

    const { error } = await failure(() =>
      asyncWith(createFailing(raised), () => raise(make())),
    );

    expect(error).toBe(raised);
  });

  it("by asyncWith(), whose exit is told of it as an error", async () => {
    const raised = make();
    const told: Outcome[] = [];

    await failure(() =>
      asyncWith(
        {
          [asyncEnter]: () => undefined,
          [asyncExit]: async (outcome: Outcome) => void told.push(outcome),
        },
        () => raise(raised),
      ),
    );

    expect(Object.is(errorOf(told[0])?.error, raised)).toBe(true);
    expect(told[0]?.status).toBe("error");
  });

  it("by syncWith(), when its block throws it", async () => {
    const raised = make();

    const { error } = await failure(() =>
      syncWith(nullContext(), () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("by syncWith(), when exit throws it in place of an error", async () => {
    const raised = make();

    const { error } = await failure(() =>
      syncWith(createFailing(raised), () => raise(new Error("raised"))),
    );

    expect(error).toBe(raised);
  });

  it("by an async generator's manager, when the block throws it", async () => {
    const raised = make();
    const open = asyncContextManager(async function* () {
      yield;
    });

    const { error } = await failure(() =>
      asyncWith(open(), () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("by an async generator's manager, when the generator throws it in place of an error", async () => {
    const raised = make();
    const open = asyncContextManager(async function* () {
      try {
        yield;
      } finally {
        raise(raised);
      }
    });

    const { error } = await failure(() =>
      asyncWith(open(), () => raise(new Error("raised"))),
    );

    expect(error).toBe(raised);
  });

  it("by a sync generator's manager, when the block throws it", async () => {
    const raised = make();
    const open = contextManager(function* () {
      yield;
    });

    const { error } = await failure(() =>
      syncWith(open(), () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("by an AsyncExitStack, when its block throws it", async () => {
    const raised = make();

    const { error } = await failure(() =>
      asyncWith(new AsyncExitStack(), (stack) => {
        stack.callback(() => undefined);
        raise(raised);
      }),
    );

    expect(error).toBe(raised);
  });

  it("by an AsyncExitStack, when an exit throws it in place of an error", async () => {
    const raised = make();

    const { error } = await failure(() =>
      asyncWith(new AsyncExitStack(), (stack) => {
        stack.callback(() => undefined);
        stack.callback(async () => raise(raised));
        raise(new Error("raised"));
      }),
    );

    expect(error).toBe(raised);
  });

  it("by an AsyncExitStack that is told of it by raise()", async () => {
    const raised = make();
    const stack = new AsyncExitStack();
    stack.callback(() => undefined);

    const { error } = await failure(() => stack.raise(raised));

    expect(error).toBe(raised);
  });

  it("by an AsyncExitStack that is disposed of", async () => {
    const raised = make();
    const stack = new AsyncExitStack();
    stack.defer(() => raise(raised));

    const { error } = await failure(() => stack.disposeAsync());

    expect(error).toBe(raised);
  });

  it("by an ExitStack, when an exit throws it in place of an error", async () => {
    const raised = make();
    const stack = new ExitStack();
    stack.callback(() => undefined);
    stack.callback(() => raise(raised));

    const { error } = await failure(() => stack.raise(new Error("raised")));

    expect(error).toBe(raised);
  });

  it("by the handle that acquire() gives, when exit throws it", async () => {
    const raised = make();
    const held = await acquire(createFailing(raised));

    const { error } = await failure(() => held[Symbol.asyncDispose]());

    expect(error).toBe(raised);
  });

  it("by a decorated async function that rejects with it", async () => {
    const raised = make();
    const work = decorate(nullContext, async () => raise(raised));

    const { error } = await failure(work);

    expect(error).toBe(raised);
  });

  it("by a decorated sync function that throws it", async () => {
    const raised = make();
    const work = decorate(nullContext, () => raise(raised));

    const { error } = await failure(work);

    expect(error).toBe(raised);
  });
});
