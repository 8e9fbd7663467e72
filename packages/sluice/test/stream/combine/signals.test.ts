import { describe, expect, it } from "vitest";
import {
  concat,
  errorContext,
  from,
  latest,
  merge,
  race,
  stream,
  zip,
  type Stream,
} from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";

const end = { done: true, value: undefined };
const reason = new Error("enough");

type Combine = (
  source: Stream<number>,
  other: AsyncIterable<number>,
) => Stream<unknown>;

/** What reads a source that is a stream with a signal of its own. */
const combinations: readonly [string, Combine][] = [
  ["merge()", merge],
  ["concat()", concat],
  ["race()", race],
  ["zip()", (source, other) => zip([source, other])],
  ["latest()", latest],
  [
    "flatMap()",
    (source, other) => from([source, other]).flatMap((inner) => inner),
  ],
  [
    "flatMap() of several at a time",
    (source, other) =>
      from([source, other]).flatMap((inner) => inner, { concurrency: 2 }),
  ],
  [
    "flatMap() in any order",
    (source, other) =>
      from([source, other]).flatMap((inner) => inner, {
        concurrency: 2,
        ordered: false,
      }),
  ],
  [
    "switchMap()",
    (source, other) =>
      concat(
        from([source]).switchMap((inner) => inner),
        other,
      ),
  ],
  [
    "catch()",
    (source) =>
      from([0])
        .map(() => {
          throw new Error("first");
        })
        .catch(() => source),
  ],
  ["zip() of the branches of a tee()", (source) => zip(source.tee())],
];

describe.each(combinations)("the signal of a source of %s", (_, combine) => {
  it("fails it with the reason, once all is closed", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const behaviour = { stuck: true, closeDelay: 10 };
    const [source, track] = tracked<number>([], behaviour);
    const [other, otherTrack] = tracked<number>([], behaviour);

    const error = await clock.run(async () => {
      const items = combine(from(source, { signal: controller.signal }), other);
      const pending = errorOf(items.next());
      await loopTurns();
      controller.abort(reason);
      return pending;
    });

    expect(error).toBe(reason);
    expect(clock.steps[0]).toBe(10);
    expect(track.closed).toBe(1);
    expect(otherTrack.open).toBe(0);
  });

  it("fails its sink, once all is closed", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const [source, track] = tracked<number>([], {
      stuck: true,
      closeDelay: 10,
    });

    const error = await clock.run(async () => {
      const all = errorOf(
        combine(
          from(source, { signal: controller.signal }),
          tracked<number>([], { stuck: true })[0],
        ).toArray(),
      );
      await loopTurns();
      controller.abort(reason);
      return all;
    });

    expect(error).toBe(reason);
    expect(track.closed).toBe(1);
  });

  it("waits no longer for the source than its `closeGrace`", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const { signal } = controller;
    const { reports, onDetached } = recordDetached();
    const [source] = tracked<number>([], { stuck: true, closeStuck: true });

    const error = await clock.run(async () => {
      const items = combine(
        from(source, { signal, onDetached, closeGrace: 50 }),
        tracked<number>([], { stuck: true })[0],
      );
      const pending = errorOf(items.next());
      await loopTurns();
      controller.abort(reason);
      return pending;
    });

    expect(error).toBe(reason);
    expect(clock.steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });

  it("closes the source, whether or not anybody asks", async () => {
    const controller = new AbortController();
    const [source, track] = tracked([1, 2, 3, 4]);
    const unhandled = await findUnhandledRejections(async () => {
      const items = combine(
        from(source, { signal: controller.signal }),
        tracked([5, 6, 7, 8])[0],
      );
      await items.next();
      controller.abort(reason);
      await loopTurns();
    });

    expect(track.closed).toBe(1);
    expect(unhandled).toEqual([]);
  });

  it("is not reported where it is left instead", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const { reports, onDetached } = recordDetached();
    const [source, track] = tracked([1, 2, 3, 4]);
    const items = from(
      combine(
        from(source, { signal, onDetached }),
        from(tracked([5, 6, 7, 8])[0], { signal, onDetached }),
      ),
      { onDetached },
    );
    await items.next();

    controller.abort(reason);
    await expect(items.return()).resolves.toEqual(end);
    await loopTurns();

    expect(track.closed).toBe(1);
    expect(reports).toEqual([]);
  });

  it("is told once where all share it, and reported nowhere", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const { reports, onDetached } = recordDetached();
    const options = { signal, onDetached };
    const items = from(
      combine(
        from(tracked<number>([], { stuck: true })[0], options),
        from(tracked<number>([], { stuck: true })[0], options),
      ),
      { onDetached },
    );
    const pending = errorOf(items.next());
    await loopTurns();

    controller.abort(reason);

    expect(await pending).toBe(reason);
    await expect(items.next()).resolves.toEqual(end);
    await loopTurns();
    expect(reports).toEqual([]);
  });

  it("is seen by a catch() below it, when all is closed", async () => {
    const controller = new AbortController();
    const [source, track] = tracked<number>([], {
      stuck: true,
      closeDelay: 10,
    });
    const seen: unknown[] = [];

    const all = await virtualClock().run(async () => {
      const all = combine(
        from(source, { signal: controller.signal }),
        tracked<number>([], { stuck: true })[0],
      )
        .catch((error) => {
          seen.push(error, track.closed);
          return ["instead"];
        })
        .toArray();
      await loopTurns();
      controller.abort(reason);
      return all;
    });

    expect(all).toEqual(["instead"]);
    expect(seen).toEqual([reason, 1]);
  });
});

describe("the signal of a source of a combination", () => {
  it("lets what the others have given be had before", async () => {
    const controller = new AbortController();
    const [source] = tracked<number>([], { stuck: true });
    const items = concat([1, 2], from(source, { signal: controller.signal }));

    controller.abort(reason);

    const given: unknown[] = [];
    const error = await errorOf(
      items.forEach((item) => {
        given.push(item);
      }),
    );
    expect(given).toEqual([1, 2]);
    expect(error).toBe(reason);
  });

  it("closes the others at the same time", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const behaviour = { stuck: true, closeDelay: 10 };
    const [source] = tracked<number>([], behaviour);
    const [other, track] = tracked<number>([], behaviour);

    await clock.run(async () => {
      const items = merge(from(source, { signal: controller.signal }), other);
      const pending = errorOf(items.next());
      controller.abort(reason);
      await pending;
    });

    expect(clock.steps).toEqual([10]);
    expect(track.closed).toBe(1);
  });

  it("does nothing when the source has ended", async () => {
    const controller = new AbortController();
    const [other] = tracked([2, 3]);
    const items = merge(from([1], { signal: controller.signal }), other);
    await items.next();
    await items.next();
    await loopTurns();

    controller.abort(reason);

    await expect(items.toArray()).resolves.toEqual([3]);
  });

  it("fails it at once where it is the signal of the whole", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const [source, track] = tracked<number>([], {
      stuck: true,
      closeDelay: 10,
    });

    const moment = await clock.run(async () => {
      const items = from(merge(source), { signal: controller.signal });
      const pending = errorOf(items.next()).then(() => clock.now());
      controller.abort(reason);
      const moment = await pending;
      await items.return();
      return moment;
    });

    expect(moment).toBe(0);
    expect(track.closed).toBe(1);
  });

  it("fails each branch of a tee() at once", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const [source, track] = tracked<number>([], {
      stuck: true,
      closeDelay: 10,
    });

    const moments = await clock.run(async () => {
      const branches = from(source, { signal: controller.signal }).tee();
      const pending = branches.map((branch) =>
        errorOf(branch.next()).then((error) => [error, clock.now()]),
      );
      controller.abort(reason);
      const moments = await Promise.all(pending);
      await Promise.all(branches.map((branch) => branch.return()));
      return moments;
    });

    expect(moments).toEqual([
      [reason, 0],
      [reason, 0],
    ]);
    expect(track.closed).toBe(1);
  });

  it("has what closing fails with as its context, as for any failure", async () => {
    const closing = new Error("close");
    const controller = new AbortController();
    const reason = new Error("enough");
    const { reports, onDetached } = recordDetached();
    const [source] = tracked<number>([], { stuck: true, closeError: closing });
    const pending = errorOf(
      merge(from(source, { signal: controller.signal, onDetached })).next(),
    );

    controller.abort(reason);

    expect(await pending).toBe(reason);
    expect(errorContext(reason)).toBe(closing);
    expect(reports).toEqual([]);
  });

  it("waits no longer than the `closeGrace` of the whole", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const { signal } = controller;
    const { reports, onDetached } = recordDetached();
    const options = { onDetached, closeGrace: 50 };
    const [source] = tracked<number>([], { stuck: true, closeStuck: true });

    await clock.run(async () => {
      const items = from(
        merge(from(source, { signal, ...options, closeGrace: Infinity })),
        options,
      );
      const pending = errorOf(items.next());
      controller.abort(reason);
      await pending;
    });

    expect(clock.steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });
});

describe("one error of several sources", () => {
  it("is not reported besides, where it is thrown", async () => {
    const failure = new Error("shared");
    const { reports, onDetached } = recordDetached();
    let fail: (error: unknown) => void = () => undefined;
    const shared = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const read = (): Stream<number> =>
      stream(
        async function* () {
          yield await shared;
        },
        { onDetached },
      );
    const pending = errorOf(
      from(merge(read(), read(), read()), { onDetached }).next(),
    );

    fail(failure);

    expect(await pending).toBe(failure);
    await loopTurns();
    expect(reports).toEqual([]);
  });

  it("is not reported besides, where callbacks that run at once share it", async () => {
    const failure = new Error("shared");
    const { reports, onDetached } = recordDetached();
    let fail: (error: unknown) => void = () => undefined;
    const shared = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const pending = errorOf(
      from([1, 2, 3], { onDetached })
        .map(() => shared, { concurrency: 3 })
        .next(),
    );
    await loopTurns();

    fail(failure);

    expect(await pending).toBe(failure);
    await loopTurns();
    expect(reports).toEqual([]);
  });

  it("is reported where it is another that is thrown", async () => {
    const { reports, onDetached } = recordDetached();
    const [first, second] = [new Error("first"), new Error("second")];
    let fail = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      fail = resolve;
    });
    const read = (failure: Error): Stream<number> =>
      stream(
        async function* () {
          await opened;
          yield* [];
          throw failure;
        },
        { onDetached },
      );
    const pending = errorOf(merge(read(first), read(second)).next());

    fail();

    expect(await pending).toBe(first);
    await loopTurns();
    expect(reports).toMatchObject([{ cause: second }]);
  });
});
