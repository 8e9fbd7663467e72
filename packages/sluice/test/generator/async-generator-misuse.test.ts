import { describe, expect, it } from "vitest";
import { asyncGenerator } from "sluice";
import { findUnhandledRejections } from "../support/unhandled-rejections.ts";

describe("asyncGenerator(): misuse", () => {
  it("refuses an async function, when it is called", () => {
    const create = asyncGenerator((async () => 1) as never);

    expect(() => create()).toThrow(TypeError);
  });

  it("leaves no rejection unhandled where the function was async and failed", async () => {
    const create = asyncGenerator((async () => {
      throw new Error("body");
    }) as never);

    const unhandled = await findUnhandledRejections(() => {
      expect(() => create()).toThrow(TypeError);
    });

    expect(unhandled).toEqual([]);
  });

  it.each([
    ["a sync generator", function* () {}],
    ["a number", () => 1],
    ["nothing", () => undefined],
    ["null", () => null],
  ])("refuses a function that gives %s", (_, create) => {
    expect(() => asyncGenerator(create as never)()).toThrow(TypeError);
  });

  it("refuses what is no function", () => {
    expect(() => asyncGenerator(1 as never)()).toThrow(TypeError);
  });

  it("passes on what the function throws when it is called", () => {
    const failure = new Error("arguments");
    const create = asyncGenerator((() => {
      throw failure;
    }) as () => AsyncGenerator<never, void>);

    expect(() => create()).toThrow(failure);
  });
});
