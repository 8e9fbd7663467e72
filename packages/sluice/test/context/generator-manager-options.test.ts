import { describe, expect, it } from "vitest";
import { errorContext } from "sluice";
import { failure, raise } from "./failure.ts";
import { managerKinds } from "./manager-kinds.ts";

describe.each(managerKinds)("$title: suppresses: false", ({ define }) => {
  it("fails with SLUICE_SWALLOWED_ERROR if the generator swallows the block's error", async () => {
    const open = define(swallow, { suppresses: false });

    const { error } = await failure(() => open().run(() => raise("raised")));

    expect(error).toMatchObject({
      name: "GeneratorError",
      code: "SLUICE_SWALLOWED_ERROR",
    });
  });

  it("keeps the swallowed error as the context of the failure", async () => {
    const raised = new Error("raised");
    const open = define(swallow, { suppresses: false });

    const { error } = await failure(() => open().run(() => raise(raised)));

    expect(errorContext(error)).toBe(raised);
  });

  it("lets the block's error pass", async () => {
    const raised = new Error("raised");
    const open = define(pass, { suppresses: false });

    const { error } = await failure(() => open().run(() => raise(raised)));

    expect(error).toBe(raised);
  });

  it("keeps the block's result", async () => {
    const open = define(swallow, { suppresses: false });

    const result = await open().run(() => "result");

    expect(result).toBe("result");
  });
});

describe.each(managerKinds)("$title: an unknown outcome", ({ define }) => {
  it("lets the generator go on as after success", async () => {
    const log: string[] = [];
    const manager = define(function* () {
      yield;
      log.push("went on");
    })();
    await manager.enter();

    await manager.exit({ status: "unknown" });

    expect(log).toEqual(["went on"]);
  });

  it("is told to a strict manager's generator as a TypeError", async () => {
    const seen: unknown[] = [];
    const manager = define(
      function* () {
        try {
          yield;
        } catch (error) {
          seen.push(error);
        }
      },
      { strict: true },
    )();
    await manager.enter();

    await failure(() => manager.exit({ status: "unknown" }));

    expect(seen).toMatchObject([{ name: "TypeError" }]);
  });

  it("makes a strict manager's exit fail, though its generator lets the error pass", async () => {
    const manager = define(pass, { strict: true })();
    await manager.enter();

    const { error } = await failure(() => manager.exit({ status: "unknown" }));

    expect(error).toMatchObject({ name: "TypeError" });
  });

  it("makes a strict manager's exit fail, though its generator swallows the error", async () => {
    const manager = define(swallow, { strict: true })();
    await manager.enter();

    const { error } = await failure(() => manager.exit({ status: "unknown" }));

    expect(error).toMatchObject({ name: "TypeError" });
  });

  it("makes a strict manager's exit fail with the error that its generator throws instead", async () => {
    const other = new Error("other");
    const manager = define(
      function* () {
        try {
          yield;
        } finally {
          raise(other);
        }
      },
      { strict: true },
    )();
    await manager.enter();

    const { error } = await failure(() => manager.exit({ status: "unknown" }));

    expect(error).toBe(other);
  });

  it("does not concern a strict manager that is told of success", async () => {
    const manager = define(pass, { strict: true })();
    await manager.enter();

    const answer = await manager.exit({ status: "ok" });

    expect(answer).toBe(false);
  });
});

function* pass() {
  yield;
}

function* swallow() {
  try {
    yield;
  } catch {
    // Swallowed.
  }
}
