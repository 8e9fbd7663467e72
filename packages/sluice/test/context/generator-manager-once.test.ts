import { describe, expect, it } from "vitest";
import { failure } from "./failure.ts";
import { managerKinds } from "./manager-kinds.ts";

describe.each(managerKinds)("$title: a manager serves once", ({ define }) => {
  it("2.1.23 a manager that was entered cannot be entered again: a TypeError (differs)", async () => {
    const manager = define(function* open() {
      yield;
    })();
    await manager.run(() => undefined);

    const { error } = await failure(() => manager.run(() => undefined));

    expect(error).toMatchObject({ name: "TypeError" });
  });

  it("2.1.23a a manager cannot be entered again inside its own block (differs)", async () => {
    const manager = define(function* open() {
      yield;
    })();
    await manager.enter();

    const { error } = await failure(manager.enter);

    expect(error).toMatchObject({ name: "TypeError" });
  });

  it("2.1.24 exit before enter is a TypeError, whatever it is told (differs)", async () => {
    const open = define(function* open() {
      yield;
    });

    const failures = [
      await failure(() => open().exit({ status: "ok" })),
      await failure(() => open().exit({ status: "error", error: "raised" })),
    ];

    expect(failures).toMatchObject([
      { error: { name: "TypeError" } },
      { error: { name: "TypeError" } },
    ]);
  });

  it("2.1.24a exit before enter runs nothing of the generator (differs)", async () => {
    const log: string[] = [];
    const manager = define(function* open() {
      log.push("begun");
      yield;
    })();

    await failure(() => manager.exit({ status: "ok" }));

    expect(log).toEqual([]);
  });

  it("2.1.24b a second exit is a TypeError, whatever it is told (differs)", async () => {
    const manager = define(function* open() {
      yield;
    })();
    await manager.run(() => undefined);

    const failures = [
      await failure(() => manager.exit({ status: "ok" })),
      await failure(() => manager.exit({ status: "error", error: "raised" })),
    ];

    expect(failures).toMatchObject([
      { error: { name: "TypeError" } },
      { error: { name: "TypeError" } },
    ]);
  });

  it("exits quietly after an enter that failed, as its generator has ended", async () => {
    const manager = define(function* open(yields: boolean) {
      if (yields) yield;
    })(false);
    await failure(manager.enter);

    const answer = await manager.exit({ status: "ok" });

    expect(answer).toBe(false);
  });
});
