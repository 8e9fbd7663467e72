import { describe, expect, it } from "vitest";
import { SuppressedError } from "sluice";

describe("SuppressedError", () => {
  it("has both errors and a message", () => {
    const [raised, pending] = [new Error("close"), new Error("write")];

    const error = new SuppressedError(raised, pending, "Both failed");

    expect(error).toBeInstanceOf(Error);
    expect([error.error, error.suppressed, error.message]).toEqual([
      raised,
      pending,
      "Both failed",
    ]);
  });

  it("has no message where none is given", () => {
    expect(new SuppressedError(1, 2).message).toBe("");
  });

  it("is named as the language names it", () => {
    expect(String(new SuppressedError(1, 2, "Both"))).toBe(
      "SuppressedError: Both",
    );
  });

  it("is the platform's own, where it has one", () => {
    const native: unknown = Reflect.get(globalThis, "SuppressedError");

    expect([undefined, SuppressedError]).toContain(native);
  });
});
