import { describe, expect, it } from "vitest";
import { errorContext } from "sluice";
import { raise, raiseOver } from "./failure.ts";

describe("the cause of an error that replaced another", () => {
  it("is set to the context", async () => {
    const [raised, pending] = [new Error("raised"), new Error("pending")];

    await raiseOver(raised, pending);

    expect(raised.cause).toBe(pending);
  });

  it("is set as the language sets it: not enumerable", async () => {
    const raised = new Error("raised");

    await raiseOver(raised, "pending");

    expect(Object.getOwnPropertyDescriptor(raised, "cause")).toEqual({
      value: "pending",
      enumerable: false,
      configurable: true,
      writable: true,
    });
  });

  it("is left as it is, if the error has one of its own", async () => {
    const raised = new Error("raised", { cause: "own" });

    await raiseOver(raised, "pending");

    expect(raised.cause).toBe("own");
  });

  it("is left as it is, if the error's own is undefined", async () => {
    const raised = new Error("raised", { cause: undefined });

    await raiseOver(raised, "pending");

    expect(raised.cause).toBe(undefined);
  });

  it("is left as it is, if the error's class has one", async () => {
    class Caused extends Error {
      override get cause(): string {
        return "computed";
      }
    }
    const raised = new Caused("raised");

    await raiseOver(raised, "pending");

    expect(raised.cause).toBe("computed");
  });

  it("is not written on a frozen error", async () => {
    const raised = Object.freeze(new Error("raised"));

    await raiseOver(raised, "pending");

    expect(Object.hasOwn(raised, "cause")).toBe(false);
  });

  it("is not written on an error that takes no new properties", async () => {
    const raised = Object.preventExtensions(new Error("raised"));

    await raiseOver(raised, "pending");

    expect(Object.hasOwn(raised, "cause")).toBe(false);
  });

  it("is not written on an object that is no error", async () => {
    const raised = {};

    await raiseOver(raised, "pending");

    expect(Object.hasOwn(raised, "cause")).toBe(false);
  });

  it("is not set where the causes would form a circle", async () => {
    const raised = new Error("raised");
    const pending = new Error("pending", {
      cause: new Error("middle", { cause: raised }),
    });

    await raiseOver(raised, pending);

    expect(Object.hasOwn(raised, "cause")).toBe(false);
    expect(errorContext(raised)).toBe(pending);
  });

  it("follows the context, when the error is thrown again over another", async () => {
    const raised = new Error("raised");
    await raiseOver(raised, "first");

    await raiseOver(raised, "second");

    expect(raised.cause).toBe("second");
  });

  it("goes with the context, when two errors are thrown crosswise", async () => {
    const [a, b] = [new Error("a"), new Error("b")];
    await raiseOver(a, b);

    await raiseOver(b, a);

    expect([b.cause, Object.hasOwn(a, "cause")]).toEqual([a, false]);
  });

  it("stays, if the program has set another since", async () => {
    const raised = new Error("raised");
    await raiseOver(raised, "first");
    raised.cause = "the program's own";

    await raiseOver(raised, "second");

    expect(raised.cause).toBe("the program's own");
  });

  it("is nothing that a getter is called for", async () => {
    const raised = new Error("raised");
    const pending = Object.defineProperty(new Error("pending"), "cause", {
      get: () => raise(new Error("The getter was called")),
    });

    await raiseOver(raised, pending);

    expect(raised.cause).toBe(pending);
  });
});
