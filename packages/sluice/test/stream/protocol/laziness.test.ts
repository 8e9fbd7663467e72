import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import {
  concat,
  from,
  fromEvent,
  interval,
  iterable,
  latest,
  merge,
  race,
  stream,
  zip,
  type Stream,
} from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { loopTurns } from "../../support/loop-turns.ts";

function neverCalled(): never {
  throw new Error("It is called");
}

describe("a stream that nobody reads", () => {
  it("does not ask its source for an iterator", async () => {
    const [source, track] = tracked([1, 2]);

    from(source);
    await loopTurns();

    expect(track.events).toEqual([]);
  });

  it("asks for nothing through any number of operators", async () => {
    const [source, track] = tracked([1, 2]);

    from(source)
      .map(neverCalled)
      .filter(neverCalled)
      .flatMap(neverCalled)
      .take(0)
      .buffered(2)
      .debounce(1)
      .catch(neverCalled)
      .onClose(neverCalled)
      .tee();
    await loopTurns();

    expect(track.events).toEqual([]);
  });

  it.each<[string, (...sources: AsyncIterable<number>[]) => Stream<unknown>]>([
    ["merge()", merge],
    ["concat()", concat],
    ["race()", race],
    ["latest()", latest],
    ["zip()", (...sources) => zip(sources)],
  ])("opens none of the sources of %s", async (_, combine) => {
    const [first, firstTrack] = tracked([1]);
    const [second, secondTrack] = tracked([2]);

    combine(first, second);
    await loopTurns();

    expect([...firstTrack.events, ...secondTrack.events]).toEqual([]);
  });

  it("does not call the generator function that it was made with", async () => {
    stream(neverCalled);
    await loopTurns();
  });

  it("does not call the function of an iterable", async () => {
    iterable(neverCalled);
    await loopTurns();
  });

  it("does not listen to events", async () => {
    const emitter = new EventEmitter();

    fromEvent(emitter, "item");
    await loopTurns();

    expect(emitter.eventNames()).toEqual([]);
  });

  it("sets no timer", async () => {
    const clock = virtualClock();

    await clock.run(() => {
      interval(10).timeout(5).debounce(5).chunks(2, { within: 5 });
    });

    expect(clock.pending).toBe(0);
  });

  it("makes no web stream read ahead", async () => {
    const [source, track] = tracked([1, 2]);

    from(source).toWeb();
    await loopTurns();

    expect(track.events).toEqual([]);
  });
});

describe("a stream that is read", () => {
  it("opens its source with the first call of next(), inside it", async () => {
    const [source, track] = tracked([1, 2]);
    const items = from(source);

    const first = items.next();

    expect(track.events).toEqual(["opened", "pulled", "gave 1"]);
    await first;
  });

  it("asks for no item before it is asked for one", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const items = from(source);

    await items.next();
    await loopTurns();

    expect(track.pulled).toBe(1);
  });

  it("opens its source once", async () => {
    const [source, track] = tracked([1, 2, 3]);

    await from(source).toArray();

    expect(track.opened).toBe(1);
  });

  it("asks no more of a source that has ended", async () => {
    const [source, track] = tracked([1]);
    const items = from(source);
    await items.next();
    await items.next();

    await items.next();

    expect(track.pulled).toBe(2);
  });
});
