import { describe, expect, it } from "vitest";
import { asyncWith, nullContext, syncWith } from "sluice";
import { failure, raise } from "./failure.ts";

describe("nullContext()", () => {
  it("2.4.6 a sync block is given its value", () => {
    const value = {};

    expect(syncWith(nullContext(value), (given) => given)).toBe(value);
  });

  it("2.4.6a an async block is given its value", async () => {
    const value = {};

    const given = await asyncWith(nullContext(value), (given) => given);

    expect(given).toBe(value);
  });

  it("2.4.6b it suppresses nothing", async () => {
    const raised = new Error("raised");

    const { error } = await failure(() =>
      asyncWith(nullContext(), () => raise(raised)),
    );

    expect(error).toBe(raised);
  });

  it("2.4.6c it may be entered again, also inside its own block", () => {
    const manager = nullContext("value");

    const given = syncWith(manager, (outer) =>
      syncWith(manager, (inner) => [outer, inner]),
    );

    expect(given).toEqual(["value", "value"]);
  });

  it("gives undefined if it was made with nothing", () => {
    const given: unknown[] = [];

    syncWith(nullContext(), (...args) => given.push(...args));

    expect(given).toEqual([undefined]);
  });
});
