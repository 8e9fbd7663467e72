import { describe, expect, it } from "vitest";
import {
  contextManager,
  decorate,
  enter,
  exit,
  nullContext,
  syncWith,
} from "sluice";
import { failure } from "./failure.ts";

describe("decorate(): wrong use", () => {
  it("refuses what is no manager on the call, and does not call the function", async () => {
    const log: string[] = [];
    const work = decorate(
      // @ts-expect-error -- wrong on purpose
      () => ({}),
      () => log.push("called"),
    );

    const { error } = await failure(work);

    expect([error, log]).toEqual([expect.any(TypeError), []]);
  });

  it("refuses on the call a factory that gives nothing", async () => {
    const work = decorate(
      // @ts-expect-error -- wrong on purpose
      () => undefined,
      () => undefined,
    );

    const { error } = await failure(work);

    expect(error).toEqual(
      new TypeError("Cannot enter undefined: it is not a context manager"),
    );
  });

  it("refuses what is no function on the call, if not before", async () => {
    const { error } = await failure(() =>
      // @ts-expect-error -- wrong on purpose
      decorate(() => nullContext(), 1)(),
    );

    expect(error).toBeInstanceOf(TypeError);
  });

  it("refuses the promise of a sync manager's exit: a TypeError", () => {
    const work = decorate(
      () => ({
        [enter]: () => undefined,
        // Its type says that it is a sync exit.
        [exit]: () => Promise.resolve(true) as unknown as boolean,
      }),
      () => "result",
    );

    expect(work).toThrow(TypeError);
  });

  it("refuses a manager that serves once and was used before", () => {
    const manager = contextManager(function* () {
      yield;
    })();
    const work = decorate(
      () => manager,
      () => undefined,
    );
    syncWith(manager, () => undefined);

    expect(work).toThrow(TypeError);
  });
});
