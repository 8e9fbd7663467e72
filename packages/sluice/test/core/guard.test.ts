import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { asyncWith, guard, TaskGroup } from "sluice";
import { createDeferred } from "../support/deferred.ts";
import { errorOf } from "../support/error-of.ts";
import { loopTurns } from "../support/loop-turns.ts";
import { findUnhandledRejections } from "../support/unhandled-rejections.ts";

const never = new Promise<never>(() => {});

function countListeners(signal: AbortSignal): number {
  return getEventListeners(signal, "abort").length;
}

describe("guard()", () => {
  it("gives the promise's value where that comes first", async () => {
    const { signal } = new AbortController();

    await expect(guard(Promise.resolve("value"), signal)).resolves.toBe(
      "value",
    );
  });

  it("throws the promise's error where that comes first", async () => {
    const { signal } = new AbortController();
    const failure = new Error("work");

    await expect(guard(Promise.reject(failure), signal)).rejects.toBe(failure);
  });

  it("throws the signal's reason where that comes first, whatever it is", async () => {
    const controller = new AbortController();
    const guarded = guard(never, controller.signal);

    controller.abort(null);

    await expect(guarded).rejects.toBeNull();
  });

  it("throws at once where the signal is aborted already, even if the promise is settled", async () => {
    const guarded = guard(Promise.resolve("value"), AbortSignal.abort("late"));

    await expect(guarded).rejects.toBe("late");
  });

  it("takes a value that is no promise", async () => {
    const { signal } = new AbortController();

    await expect(guard("value", signal)).resolves.toBe("value");
  });

  it("takes a promise of another kind", async () => {
    const controller = new AbortController();
    const answers = await asyncWith(new TaskGroup(), async (group) => {
      const task = group.spawn(() => Promise.resolve("value"));
      const stuck = group.spawn((signal) => guard(never, signal));
      const guarded = errorOf(guard(stuck, controller.signal));
      controller.abort("enough");
      stuck.cancel();
      return [await guard(task, new AbortController().signal), await guarded];
    });

    expect(answers).toEqual(["value", "enough"]);
  });

  it("serves all who wait for one promise", async () => {
    const work = createDeferred<string>();
    const signals = [1, 2, 3].map(() => new AbortController().signal);

    const guarded = signals.map((signal) => guard(work.promise, signal));
    work.resolve("value");

    await expect(Promise.all(guarded)).resolves.toEqual([
      "value",
      "value",
      "value",
    ]);
  });

  it("serves all who wait on one signal, and nobody else", async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const work = createDeferred<string>();
    const guarded = [
      guard(work.promise, one.signal),
      guard(never, one.signal),
      guard(work.promise, other.signal),
    ];
    const settled = Promise.allSettled(guarded);

    one.abort("enough");
    work.resolve("value");

    expect(await settled).toEqual([
      { status: "rejected", reason: "enough" },
      { status: "rejected", reason: "enough" },
      { status: "fulfilled", value: "value" },
    ]);
  });

  it("serves one who guards the same promise again after it gave up", async () => {
    const work = createDeferred<string>();
    const controller = new AbortController();
    const first = errorOf(guard(work.promise, controller.signal));
    controller.abort("enough");
    await first;

    const second = guard(work.promise, new AbortController().signal);
    work.resolve("value");

    await expect(second).resolves.toBe("value");
  });

  it("serves one who guards a promise that was guarded before, and has settled", async () => {
    const { signal } = new AbortController();
    const work = Promise.resolve("value");
    await guard(work, signal);

    await expect(guard(work, signal)).resolves.toBe("value");
  });

  it("listens again to a signal that it let go of", async () => {
    const controller = new AbortController();
    await guard(Promise.resolve(), controller.signal);

    const second = guard(never, controller.signal);
    controller.abort("enough");

    await expect(second).rejects.toBe("enough");
  });

  it("serves one who guards in reaction to an abort", async () => {
    const controller = new AbortController();
    const first = errorOf(guard(never, controller.signal)).then(() =>
      errorOf(guard(never, controller.signal)),
    );

    controller.abort("enough");

    expect(await first).toBe("enough");
  });

  it("drops the failure of a promise that nobody waits for any more", async () => {
    const work = createDeferred<never>();
    const controller = new AbortController();

    const unhandled = await findUnhandledRejections(async () => {
      const guarded = errorOf(guard(work.promise, controller.signal));
      controller.abort();
      await guarded;
      work.reject(new Error("late"));
    });

    expect(unhandled).toEqual([]);
  });

  it("drops the failure of a promise that was not waited for at all", async () => {
    const unhandled = await findUnhandledRejections(() =>
      errorOf(guard(Promise.reject(new Error("work")), AbortSignal.abort())),
    );

    expect(unhandled).toEqual([]);
  });

  it("drops the late failure of a promise of another kind", async () => {
    const work = createDeferred<never>();
    const thenable: PromiseLike<never> = {
      then: (onFulfilled, onRejected) =>
        work.promise.then(onFulfilled, onRejected),
    };
    const controller = new AbortController();

    const unhandled = await findUnhandledRejections(async () => {
      const guarded = errorOf(guard(thenable, controller.signal));
      controller.abort();
      await guarded;
      work.reject(new Error("late"));
    });

    expect(unhandled).toEqual([]);
  });

  it.each([undefined, null, {}, new AbortController()])(
    "rejects where the signal is %o",
    async (signal) => {
      const guarded = guard(Promise.resolve("value"), signal as never);

      await expect(guarded).rejects.toThrow(TypeError);
    },
  );
});

describe("guard(): what is no honest promise", () => {
  it("rejects, and does not throw, where reading its then fails", async () => {
    const failure = new Error("no then");
    const value = {
      get then(): never {
        throw failure;
      },
    };

    const guarded = guard(value, new AbortController().signal);

    await expect(guarded).rejects.toBe(failure);
  });
});

describe("guard(): listeners", () => {
  it("has one listener on a signal, however many wait", async () => {
    const { signal } = new AbortController();
    const work = createDeferred();

    const guarded = Array.from({ length: 1000 }, () =>
      guard(work.promise, signal),
    );

    expect(countListeners(signal)).toBe(1);
    work.resolve();
    await Promise.all(guarded);
  });

  it("has none when the last who waited is served", async () => {
    const { signal } = new AbortController();
    const works = [createDeferred(), createDeferred()];
    const guarded = works.map((work) => guard(work.promise, signal));
    const counts: number[] = [];

    for (const work of works) {
      work.resolve();
      await loopTurns();
      counts.push(countListeners(signal));
    }
    await Promise.all(guarded);

    expect(counts).toEqual([1, 0]);
  });

  it("has none when the signal has aborted", async () => {
    const controller = new AbortController();
    const guarded = errorOf(guard(never, controller.signal));

    controller.abort();
    await guarded;

    expect(countListeners(controller.signal)).toBe(0);
  });
});
