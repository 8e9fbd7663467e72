import { describe, expect, it } from "vitest";
import { errorContext } from "sluice";
import { failure, raise } from "./failure.ts";
import { managerKinds } from "./manager-kinds.ts";

describe.each(managerKinds)("$title: a block that ends well", ({ define }) => {
  it("2.1.1 calling the factory runs nothing of the generator's body", () => {
    const log: string[] = [];
    const open = define(function* () {
      log.push("begun");
      yield;
    });

    open();

    expect(log).toEqual([]);
  });

  it("2.1.2 entering runs the generator to its first yield, and the block is given what it yields", async () => {
    const log: string[] = [];
    const open = define(function* (name: string) {
      log.push("entered");
      yield name;
      log.push("left");
    });

    await open("value").run((value) => log.push(value));

    expect(log).toEqual(["entered", "value", "left"]);
  });

  it("2.1.3 a generator that does not yield fails with SLUICE_DID_NOT_YIELD", async () => {
    const open = define(function* (yields: boolean) {
      if (yields) yield;
    });

    const { error } = await failure(() => open(false).run(() => undefined));

    expect(error).toMatchObject({
      name: "GeneratorError",
      code: "SLUICE_DID_NOT_YIELD",
    });
  });

  it("2.1.3a a block whose generator does not yield does not run", async () => {
    const log: string[] = [];
    const open = define(function* (yields: boolean) {
      if (yields) yield;
    });

    await failure(() => open(false).run(() => log.push("run")));

    expect(log).toEqual([]);
  });

  it("2.1.4 an error thrown before the yield is thrown on as it is", async () => {
    const refused = new Error("refused");
    const open = define(function* (refuses: boolean) {
      if (refuses) throw refused;
      yield;
    });

    const { error } = await failure(() => open(true).run(() => undefined));

    expect(error).toBe(refused);
  });

  it("2.1.5 after a block that ends well the generator is resumed once, and the block's result is kept", async () => {
    const log: unknown[] = [];
    const open = define(function* () {
      log.push(yield);
    });

    const result = await open().run(() => "result");

    expect([result, log]).toEqual(["result", [undefined]]);
  });

  it("2.1.6 an error thrown after the yield reaches the caller", async () => {
    const failed = new Error("close failed");
    const open = define(function* () {
      yield;
      throw failed;
    });

    const { error } = await failure(() => open().run(() => "result"));

    expect(error).toBe(failed);
  });

  it("2.1.7 a generator that yields again after success fails with SLUICE_DID_NOT_STOP", async () => {
    const open = define(function* () {
      yield 1;
      yield 2;
    });

    const { error } = await failure(() => open().run(() => "result"));

    expect(error).toMatchObject({
      name: "GeneratorError",
      code: "SLUICE_DID_NOT_STOP",
    });
  });

  it("2.1.7a a generator that yields again after success is closed before its failure is reported", async () => {
    const log: string[] = [];
    const open = define(function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        log.push("closed");
      }
    });

    await failure(() => open().run(() => "result"));

    expect(log).toEqual(["closed"]);
  });

  it("2.1.8 an error thrown by closing a generator that yielded again replaces SLUICE_DID_NOT_STOP", async () => {
    const failed = new Error("close failed");
    const open = define(function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        raise(failed);
      }
    });

    const { error } = await failure(() => open().run(() => "result"));

    expect(error).toBe(failed);
  });

  it("2.1.8a SLUICE_DID_NOT_STOP is the context of the error that replaces it (differs)", async () => {
    const open = define(function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        raise(new Error("close failed"));
      }
    });

    const { error } = await failure(() => open().run(() => "result"));

    expect(errorContext(error)).toMatchObject({ code: "SLUICE_DID_NOT_STOP" });
  });

  it("reports SLUICE_YIELDED_ON_CLOSE if the generator yields even while it is closed", async () => {
    const open = define(function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        yield 3;
      }
    });

    const { error } = await failure(() => open().run(() => "result"));

    expect(error).toMatchObject({ code: "SLUICE_YIELDED_ON_CLOSE" });
  });
});
