import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import {
  BusyError,
  channel,
  from,
  fromEvent,
  interval,
  iterable,
  merge,
  stream,
  type Stream,
  type StreamOptions,
} from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";

const reason = new Error("enough");

const makers: [string, (options?: StreamOptions) => Stream<unknown>][] = [
  ["from()", (options) => from(tracked([], { stuck: true })[0], options)],
  [
    "stream()",
    (options) =>
      stream(async function* ({ guard }) {
        yield await guard(new Promise<never>(() => {}));
      }, options),
  ],
  [
    "iterable()",
    (options) =>
      iterable(() => tracked([], { stuck: true })[0], options)[
        Symbol.asyncIterator
      ](),
  ],
  ["interval()", (options) => interval(1e6, options)],
  ["channel()", (options) => channel(options).receiver],
  ["fromEvent()", (options) => fromEvent(new EventEmitter(), "item", options)],
];

describe.each(makers)("the options of %s", (_, create) => {
  it("have a signal that ends it", async () => {
    const controller = new AbortController();
    const pending = create({ signal: controller.signal }).next();

    controller.abort(reason);

    await expect(pending).rejects.toBe(reason);
  });

  it.each(["closeGrace", "timeBudget"])(
    "refuse a %s that is no number",
    (name) => {
      expect(() => create({ [name]: "1" })).toThrow(TypeError);
    },
  );
});

describe("options", () => {
  it("say what is wrong with a time", () => {
    expect(() => from([1], { closeGrace: NaN })).toThrow(
      new TypeError("Cannot wait for NaN ms: it is not a number"),
    );
  });

  it("of `undefined` are not given", async () => {
    const clock = virtualClock();
    const { onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeStuck: true });

    await clock.run(async () => {
      const items = from(source, {
        onDetached,
        closeGrace: undefined as never,
        signal: undefined,
      });
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([1000]);
  });

  it("are kept when others are given to the same stream", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeStuck: true });

    await clock.run(async () => {
      const items = from(from(source, { onDetached }), { closeGrace: 50 });
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });

  it("for a stream that is there hand it over", async () => {
    const items = from([1]);

    from(items, { closeGrace: 50 });

    expect(await errorOf(items.next())).toBeInstanceOf(BusyError);
  });

  it("for a stream that another reads are refused", () => {
    const items = from([1]);
    items.map(String);

    expect(() => from(items, {})).toThrow(BusyError);
  });

  it("of a source stay its own in a combination", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeStuck: true });

    await clock.run(async () => {
      const items = merge(from(source, { onDetached, closeGrace: 50 }));
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });

  it("for a combination hold for what it reads itself", async () => {
    const clock = virtualClock();
    const { reports, onDetached } = recordDetached();
    const [source] = tracked([1, 2], { closeStuck: true });

    await clock.run(async () => {
      const items = from(merge(source), { onDetached, closeGrace: 50 });
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([50]);
    expect(reports).toHaveLength(1);
  });
});
