import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";
import { recordDetached } from "../../support/record-detached.ts";
import { stateOf } from "../../support/state-of.ts";
import { findUnhandledRejections } from "../../support/unhandled-rejections.ts";

const end = { done: true, value: undefined };

describe("tee()", () => {
  it("gives all items to each branch", async () => {
    const [source] = tracked([1, 2, 3]);

    const all = await Promise.all(
      from(source)
        .tee(3)
        .map((branch) => branch.toArray()),
    );

    expect(all).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it("makes two branches by default", () => {
    expect(from([1]).tee()).toHaveLength(2);
  });

  it("may make one", async () => {
    const [branch] = from([1, 2]).tee(1);

    await expect(branch.toArray()).resolves.toEqual([1, 2]);
  });

  it("gives nothing for an empty source", async () => {
    const [first, second] = from([]).tee();

    await expect(
      Promise.all([first.toArray(), second.toArray()]),
    ).resolves.toEqual([[], []]);
  });

  it("reads the source once", async () => {
    const [source, track] = tracked([1, 2]);

    await Promise.all(
      from(source)
        .tee()
        .map((branch) => branch.toArray()),
    );

    expect(track).toMatchObject({ opened: 1, pulled: 3 });
  });

  it("asks for an item when the first branch asks", async () => {
    const [source, track] = tracked([1, 2]);
    const [first, second] = from(source).tee();
    const before = track.pulled;

    await first.next();

    expect([before, track.pulled]).toEqual([0, 1]);
    await Promise.all([first.return(), second.return()]);
  });

  it("lets the fastest be as far ahead as the capacity says", async () => {
    const [source, track] = tracked([1, 2, 3, 4]);
    const [fast, slow] = from(source).tee(2, { capacity: 2 });

    const results = [fast.next(), fast.next(), fast.next()];
    const states = await Promise.all(results.map((result) => stateOf(result)));

    expect(states).toEqual(["fulfilled", "fulfilled", "pending"]);
    expect(track.pulled).toBe(2);
    await Promise.all([fast.return(), slow.return()]);
  });

  it("holds the fastest back by one item, by default", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const [fast, slow] = from(source).tee();
    await fast.next();

    const second = fast.next();

    expect(await stateOf(second)).toBe("pending");
    expect(track.pulled).toBe(1);
    await Promise.all([fast.return(), slow.return()]);
  });

  it("lets the fastest go on when the slowest has read", async () => {
    const [source] = tracked([1, 2, 3]);
    const [fast, slow] = from(source).tee();
    await fast.next();
    const second = fast.next();

    await slow.next();

    await expect(second).resolves.toEqual({ done: false, value: 2 });
    await Promise.all([fast.return(), slow.return()]);
  });

  it("lets the fastest go on when the slowest is closed", async () => {
    const [source] = tracked([1, 2, 3]);
    const [fast, slow] = from(source).tee();
    await fast.next();
    const rest = fast.toArray();

    await slow.return();

    await expect(rest).resolves.toEqual([2, 3]);
  });

  it("gives a branch that comes late what is held for it", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const [fast, slow] = from(source).tee(2, { capacity: 2 });
    await fast.next();
    await fast.next();
    const { pulled } = track;

    const results = [await slow.next(), await slow.next()];

    expect(results).toMatchObject([{ value: 1 }, { value: 2 }]);
    expect(track.pulled).toBe(pulled);
    await Promise.all([fast.return(), slow.return()]);
  });

  it("asks the source once for branches that ask at the same time", async () => {
    const [source, track] = tracked([1, 2], { delay: 0 });
    const [first, second] = from(source).tee();

    const results = await Promise.all([first.next(), second.next()]);

    expect(results).toMatchObject([{ value: 1 }, { value: 1 }]);
    expect(track.pulled).toBe(1);
    await Promise.all([first.return(), second.return()]);
  });

  it("leaves the source open until the last branch is closed", async () => {
    const [source, track] = tracked([1, 2]);
    const [first, second] = from(source).tee();
    await Promise.all([first.next(), second.next()]);

    await first.return();
    const before = track.closed;
    await second.return();

    expect([before, track.closed]).toEqual([0, 1]);
  });

  it("waits until the source is closed, for the last branch", async () => {
    const clock = virtualClock();
    const [source] = tracked([1, 2], { closeDelay: 10 });

    const moments = await clock.run(async () => {
      const [first, second] = from(source).tee();
      await Promise.all([first.next(), second.next()]);
      await first.return();
      const before = clock.now();
      await second.return();
      return [before, clock.now()];
    });

    expect(moments).toEqual([0, 10]);
  });

  it("closes a source that was never opened with the last branch", async () => {
    const [source, track] = tracked([1], { form: "async-iterator" });
    const [first, second] = from(source).tee();

    await first.return();
    const before = track.closed;
    await second.return();

    expect([before, track.closed]).toEqual([0, 1]);
  });

  it("leaves a branch while it waits, and the other as it is", async () => {
    const [source, track] = tracked([1], { stuck: true });
    const [first, second] = from(source).tee();
    await Promise.all([first.next(), second.next()]);
    const pending = [first.next(), second.next()] as const;

    await first.return();

    await expect(pending[0]).resolves.toEqual(end);
    expect(await stateOf(pending[1])).toBe("pending");
    expect(track.closed).toBe(0);
    await second.return();
  });

  it("gives each branch the failure, after the items before it", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1], { error: failure });
    const branches = from(source).tee();

    const results = await Promise.all(
      branches.map(async (branch) => [
        await branch.next(),
        await errorOf(branch.next()),
        await branch.next(),
      ]),
    );

    const each = [{ done: false, value: 1 }, failure, end];
    expect(results).toEqual([each, each]);
  });

  it("leaves no failure unhandled where a branch is not read", async () => {
    const [source] = tracked<number>([], { error: new Error("broken") });

    const unhandled = await findUnhandledRejections(async () => {
      const [first] = from(source).tee();
      await errorOf(first.next());
    });

    expect(unhandled).toEqual([]);
  });

  it("gives each branch the end", async () => {
    const [first, second] = from([1]).tee();
    await Promise.all([first.next(), second.next()]);

    const ends = await Promise.all([first.next(), second.next()]);

    expect(ends).toEqual([end, end]);
  });

  it("makes branches that can be handed over like any stream", async () => {
    const [first, second] = from([1, 2]).tee();

    const results = await Promise.all([
      first.map(String).toArray(),
      second.filter((item) => item > 1).toArray(),
    ]);

    expect(results).toEqual([["1", "2"], [2]]);
  });

  it("aborts the signals of callbacks above it with the last branch alone", async () => {
    let seen: AbortSignal | undefined;
    const [first, second] = from([1, 2, 3])
      .map((item, { signal }) => {
        seen = signal;
        return item;
      })
      .tee();
    await Promise.all([first.next(), second.next()]);

    await first.return();
    const before = seen?.aborted;
    await second.return();

    expect([before, seen?.aborted]).toEqual([false, true]);
  });

  it("gives each branch the reason of an aborted signal, and closes the source", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const { signal } = controller;
    const { onDetached } = recordDetached();
    const [source, track] = tracked<number>([], { stuck: true });
    const branches = from(source, { signal, onDetached }).tee();
    const errors = Promise.all(
      branches.map((branch) => errorOf(branch.next())),
    );

    controller.abort(reason);

    expect(await errors).toEqual([reason, reason]);
    expect(track.closed).toBe(1);
  });

  it("runs the callbacks above it once for each item", async () => {
    const seen: number[] = [];

    await Promise.all(
      from([1, 2])
        .tap((item) => seen.push(item))
        .tee(3)
        .map((branch) => branch.toArray()),
    );

    expect(seen).toEqual([1, 2]);
  });

  it.each([0, -1, 1.5, NaN, "2", null])(
    "refuses %o branches, at once",
    (count) => {
      expect(() => from([1]).tee(count as never)).toThrow(RangeError);
    },
  );

  it.each([0, -1, 1.5, NaN, "2"])(
    "refuses a capacity of %o, at once",
    (capacity) => {
      expect(() => from([1]).tee(2, { capacity: capacity as never })).toThrow(
        RangeError,
      );
    },
  );

  it("says why it refuses", () => {
    expect(() => from([1]).tee(0)).toThrow(
      new RangeError(
        "Cannot use 0 as 'count': it is not an integer of 1 or more",
      ),
    );
    expect(() => from([1]).tee(2, { capacity: 0 })).toThrow(
      new RangeError(
        "Cannot use 0 as 'capacity': it is not an integer of 1 or more",
      ),
    );
  });

  it("gives every item to every branch, in order, and holds no more than its capacity, however they are read", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 6 }),
        async (scheduler, count, capacity, length) => {
          const [source, track] = tracked(
            Array.from({ length }, (_, item) => item),
          );
          const seen = Array.from({ length: count }, () => [] as number[]);
          let most = 0;
          const done = Promise.all(
            from(source)
              .tee(count, { capacity })
              .map((branch, index) =>
                branch.forEach(async (item) => {
                  seen[index]?.push(item);
                  const slowest = Math.min(...seen.map((of) => of.length));
                  most = Math.max(most, track.pulled - slowest);
                  await scheduler.schedule(
                    Promise.resolve(),
                    `${index} has ${item}`,
                  );
                }),
              ),
          );

          await scheduler.waitIdle();
          await done;
          await loopTurns();

          expect(seen).toEqual(
            Array.from({ length: count }, () =>
              Array.from({ length }, (_, item) => item),
            ),
          );
          expect(most).toBeLessThanOrEqual(capacity + 1);
        },
      ),
    );
  });
});
