import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import {
  asyncWith,
  BusyError,
  CancelledError,
  ClosedError,
  GeneratorError,
  isCancelled,
  SluiceError,
  StopAsyncIteration,
  SuppressedError,
  TaskGroup,
  TaskGroupError,
  TimeoutError,
} from "sluice";
import { errorOf } from "../support/error-of.ts";

describe("the errors", () => {
  it.each([
    [new BusyError("Busy"), "BusyError", "SLUICE_BUSY"],
    [new CancelledError("Stop"), "AbortError", "SLUICE_CANCELLED"],
    [new ClosedError("Closed"), "ClosedError", "SLUICE_CLOSED"],
    [
      new GeneratorError("SLUICE_DID_NOT_STOP", "It goes on"),
      "GeneratorError",
      "SLUICE_DID_NOT_STOP",
    ],
    [
      new StopAsyncIteration(),
      "StopAsyncIteration",
      "SLUICE_STOP_ASYNC_ITERATION",
    ],
    [new TimeoutError("Late"), "TimeoutError", "SLUICE_TIMEOUT"],
  ])("%s: is a SluiceError with a name and a code", (error, name, code) => {
    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({ name, code });
  });

  it("a TaskGroupError is an AggregateError with a name and a code", () => {
    const error = new TaskGroupError([]);

    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({
      name: "TaskGroupError",
      code: "SLUICE_TASK_GROUP",
    });
  });

  it.each([
    new BusyError("Busy"),
    new CancelledError("Stop"),
    new ClosedError("Closed"),
    new GeneratorError("SLUICE_DID_NOT_STOP", "It goes on"),
    new StopAsyncIteration(),
    new TimeoutError("Late"),
    new TaskGroupError([]),
    new SuppressedError(1, 2),
  ])("%s: does not have its name as a property of its own", (error) => {
    expect(Object.hasOwn(error, "name")).toBe(false);
  });

  it.each([BusyError, CancelledError, ClosedError, TimeoutError])(
    "%o: takes a message and a cause",
    (Class) => {
      const cause = new Error("cause");

      const error = new Class("Message", { cause });

      expect([error.message, error.cause]).toEqual(["Message", cause]);
    },
  );

  it("show their name in their stack and as a string", () => {
    const error = new ClosedError("Cannot go on");

    expect(String(error)).toBe("ClosedError: Cannot go on");
  });

  it("may be extended", () => {
    class DiskError extends SluiceError {
      readonly code = "DISK";
      get name(): string {
        return "DiskError";
      }
    }

    expect(new DiskError("Full")).toMatchObject({
      name: "DiskError",
      message: "Full",
    });
  });
});

describe("isCancelled()", () => {
  it.each([
    ["a CancelledError", new CancelledError("Stop")],
    ["a DOMException AbortError", new DOMException("Stop", "AbortError")],
    ["what a signal aborts with", AbortSignal.abort().reason],
    [
      "any error of that name",
      Object.assign(new Error("Stop"), { name: "AbortError" }),
    ],
    [
      "such an error of another realm",
      runInNewContext(
        "Object.assign(new Error('Stop'), { name: 'AbortError' })",
      ),
    ],
  ] satisfies [string, unknown][])("takes %s for one", (_, error) => {
    expect(isCancelled(error)).toBe(true);
  });

  it.each([
    ["an error", new Error("AbortError")],
    ["a TimeoutError", new TimeoutError("Late")],
    ["a DOMException TimeoutError", new DOMException("Late", "TimeoutError")],
    ["nothing", undefined],
    ["null", null],
    ["a string", "AbortError"],
    ["a name that throws", createThrowingName()],
    ["a proxy whose traps throw", createThrowingProxy()],
    ["a revoked proxy", createRevokedProxy()],
  ])("does not take %s for one", (_, error) => {
    expect(isCancelled(error)).toBe(false);
  });

  it("does not let a hostile error hide from its group", async () => {
    const hostile = createThrowingProxy();

    const block = asyncWith(new TaskGroup(), (group) => {
      group.spawn((signal) => {
        group.cancel();
        return Promise.resolve(signal).then(() => Promise.reject(hostile));
      });
    });
    const error = await errorOf(block);

    expect(error).toBeInstanceOf(TaskGroupError);
    expect((error as TaskGroupError).errors[0] === hostile).toBe(true);
  });
});

function createThrowingName(): Error {
  return Object.defineProperty(new Error("hostile"), "name", {
    get: throwTrap,
  });
}

function createThrowingProxy(): object {
  return new Proxy(new Error("hostile"), {
    get: throwTrap,
    getPrototypeOf: throwTrap,
    has: throwTrap,
    getOwnPropertyDescriptor: throwTrap,
    ownKeys: throwTrap,
  });
}

function createRevokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable(new Error("hostile"), {});
  revoke();
  return proxy;
}

function throwTrap(): never {
  throw new Error("trap");
}
