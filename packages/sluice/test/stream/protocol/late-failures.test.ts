import { afterEach, describe, expect, it, vi } from "vitest";
import { from, merge, type Stream, type StreamOptions } from "sluice";
import { tracked } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";

const failure = new Error("late");

/** Leaves a stream whose callback fails only then. */
async function failLate(options?: StreamOptions): Promise<void> {
  const work = createDeferred<never>();
  const items = from([1], options).map(() => work.promise);
  const pending = items.next();
  const left = items.return();
  work.reject(failure);
  await Promise.all([left, pending]);
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a failure that nobody can be given any more", () => {
  it.each<[string, (options: StreamOptions) => Promise<unknown>]>([
    ["a callback that still ran when the stream was left", failLate],
    [
      "a pull that was under way when the stream was left",
      async (options) => {
        const [source] = tracked<number>([], {
          error: failure,
          delay: 0,
          onReturn: "ignore",
        });
        const items = from(source, options);
        const pending = items.next();
        await items.return();
        await pending;
      },
    ],
    [
      "a promise of a synchronous source that was awaited when the stream was left",
      async (options) => {
        const item = createDeferred<number>();
        const items = from([item.promise], options);
        const pending = items.next();
        const left = items.return();
        item.reject(failure);
        await Promise.all([left, pending]);
      },
    ],
    [
      "an item that was loaded ahead and not asked for",
      async (options) => {
        const items = from([1, 2], options)
          .map((item) => (item === 1 ? item : Promise.reject(failure)))
          .buffered(2);
        await items.next();
        await loopTurns();
        await items.return();
      },
    ],
  ])("is reported once: that of %s", async (_, run) => {
    const { reports, onDetached } = recordDetached();

    await run({ onDetached });

    expect(reports).toMatchObject([
      {
        name: "DetachedError",
        message: "Cannot pass an error on: its stream is closed",
        cause: failure,
      },
    ]);
  });

  it("is reported once where several callbacks run", async () => {
    const { reports, onDetached } = recordDetached();
    const work = createDeferred<never>();
    const items = from([1, 2], { onDetached }).map(
      (item) => (item === 1 ? item : work.promise),
      { concurrency: 2 },
    );
    await items.next();

    const left = items.return();
    work.reject(failure);
    await left;

    expect(reports).toMatchObject([{ cause: failure }]);
  });

  it("is reported by a combination that is given the option", async () => {
    vi.spyOn(process, "emitWarning").mockReturnValue(undefined);
    const { reports, onDetached } = recordDetached();
    const [first] = tracked([1, 2]);
    const [second] = tracked<number>([], { error: failure });
    const items = from(
      merge(from(first, { onDetached }), from(second, { onDetached })),
      { onDetached },
    );
    await items.next();

    await items.return();

    expect(reports).toMatchObject([{ cause: failure }]);
  });

  it("is never an unhandled rejection", async () => {
    const { onDetached } = recordDetached();

    const unhandled = await findUnhandledRejections(() =>
      failLate({ onDetached }),
    );

    expect(unhandled).toEqual([]);
  });

  it("is reported by those who inherit the option", async () => {
    const { reports, onDetached } = recordDetached();
    const work = createDeferred<never>();
    const items: Stream<unknown> = from([1], { onDetached })
      .map(() => work.promise)
      .buffered(1)
      .chunks(1);
    const pending = items.next();

    const left = items.return();
    work.reject(failure);
    await Promise.all([left, pending]);

    expect(reports).toMatchObject([{ cause: failure }]);
  });

  it("may be any value", async () => {
    const { reports, onDetached } = recordDetached();
    const work = createDeferred<never>();
    const items = from([1], { onDetached }).map(() => work.promise);
    const pending = items.next();

    const left = items.return();
    work.reject(undefined);
    await Promise.all([left, pending]);

    expect(reports).toHaveLength(1);
    expect(reports[0]).toHaveProperty("cause", undefined);
  });

  it("is a warning of the process where there is no onDetached", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockReturnValue(undefined);

    await failLate();

    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        code: "SLUICE_DETACHED",
        cause: failure,
      }) as unknown,
    );
  });

  it("goes to the platform's reportError, where there is one", async () => {
    const report = vi.fn();
    vi.stubGlobal("reportError", report);

    await failLate();

    expect(report).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        code: "SLUICE_DETACHED",
        cause: failure,
      }) as unknown,
    );
  });

  it("is dropped silently where the platform can report nothing", async () => {
    vi.stubGlobal("process", undefined);

    const unhandled = errorOf(failLate());

    expect(await unhandled).toBe("It did not reject");
  });
});
