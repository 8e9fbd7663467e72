import { describe, expect, it } from "vitest";
import { AsyncExitStack, ExitStack } from "sluice";

describe.each([
  { title: "AsyncExitStack", create: () => new AsyncExitStack() },
  { title: "ExitStack", create: () => new ExitStack() },
])("$title: wrong use", ({ create }) => {
  it("push() refuses what is neither a manager nor a function", () => {
    expect(() => create().push({} as never)).toThrow(
      new TypeError("Cannot register the object: it is not a function"),
    );
  });

  it("push() refuses a primitive", () => {
    expect(() => create().push(1 as never)).toThrow(
      new TypeError("Cannot register 1: it is not a function"),
    );
  });

  it("push() refuses nothing at all", () => {
    expect(() => create().push(undefined as never)).toThrow(
      new TypeError("Cannot register undefined: it is not a function"),
    );
  });

  it("callback() refuses what is no function", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => create().callback("close")).toThrow(
      new TypeError('Cannot register "close": it is not a function'),
    );
  });

  it("defer() refuses what is no function", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => create().defer({})).toThrow(TypeError);
  });

  it("adopt() refuses what is no function", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => create().adopt(1, 2)).toThrow(TypeError);
  });
});

describe("use(): wrong use", () => {
  it("refuses what is no disposable", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => new AsyncExitStack().use({})).toThrow(TypeError);
  });

  it("refuses a primitive", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => new AsyncExitStack().use(1)).toThrow(TypeError);
  });

  it("refuses what is no disposable in a sync stack, and names enter() for a manager", () => {
    // @ts-expect-error -- wrong on purpose
    expect(() => new ExitStack().use({})).toThrow(TypeError);
  });
});
