import { describe, expect, it } from "vitest";
import { from, stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";

describe("comprehensions", () => {
  it("2.7.1 each item is asked for, tested and worked on before the next is asked for, and at last the end is", async () => {
    const log: string[] = [];
    const [source] = tracked(["a", "b"], { log, name: "A" });

    await from(source)
      .filter((item) => log.push(`C(${item})`))
      .map((item) => log.push(`E(${item})`))
      .toArray();

    expect(log).toEqual([
      "A opened",
      "A pulled",
      'A gave "a"',
      "C(a)",
      "E(a)",
      "A pulled",
      'A gave "b"',
      "C(b)",
      "E(b)",
      "A pulled",
      "A ended",
    ]);
  });

  it("2.7.2 an inner source is made anew for each outer item that passes its condition, and read to its end", async () => {
    const log: string[] = [];

    await from([1, 2, 3])
      .filter((outer) => log.push(`C(${outer})`) && outer !== 2)
      .flatMap((outer) => {
        log.push(`B(${outer})`);
        return [`${outer}a`, `${outer}b`];
      })
      .map((inner) => log.push(`E(${inner})`))
      .toArray();

    expect(log).toEqual([
      "C(1)",
      "B(1)",
      "E(1a)",
      "E(1b)",
      "C(2)",
      "C(3)",
      "B(3)",
      "E(3a)",
      "E(3b)",
    ]);
  });

  it("2.7.3 the key of an entry is made before its value, and both before the next item is asked for", async () => {
    const log: string[] = [];
    const [source] = tracked([1, 2], { log, name: "A" });
    const note = async (name: string): Promise<string> => {
      log.push(name);
      return name;
    };

    const map = await from(source)
      .map(
        async (item) =>
          [await note(`key ${item}`), await note(`value ${item}`)] as const,
      )
      .toMap();

    expect(log.filter((event) => !event.startsWith("A gave"))).toEqual([
      "A opened",
      "A pulled",
      "key 1",
      "value 1",
      "A pulled",
      "key 2",
      "value 2",
      "A pulled",
      "A ended",
    ]);
    expect([...map]).toEqual([
      ["key 1", "value 1"],
      ["key 2", "value 2"],
    ]);
  });

  it("2.7.4 a callback that waits holds the next item up: nothing overlaps", async () => {
    const log: string[] = [];
    const wait = async (name: string): Promise<true> => {
      log.push(`${name} begins`);
      await loopTurns();
      log.push(`${name} ends`);
      return true;
    };

    await from([1, 2])
      .filter((item) => wait(`C(${item})`))
      .map((item) => wait(`E(${item})`))
      .toArray();

    expect(log).toEqual(
      ["C(1)", "E(1)", "C(2)", "E(2)"].flatMap((name) => [
        `${name} begins`,
        `${name} ends`,
      ]),
    );
  });

  it("2.7.5 what cannot be iterated over is refused when the stream is made", () => {
    expect(() => from(1 as never)).toThrow(TypeError);
  });

  it("2.7.5a everything else waits for the first item to be asked for, the source's iterator too (differs)", async () => {
    const [source, track] = tracked([1, 2]);

    const items = from(source).map((item) => item * 2);
    await loopTurns();

    expect(track.opened).toBe(0);
    await items.next();
    expect(track.opened).toBe(1);
  });

  it("2.7.6 an array, a set and a map take all items up to the end", async () => {
    const pairs = [
      ["a", 1],
      ["b", 2],
      ["a", 3],
    ] as const;

    const results = await Promise.all([
      from(pairs).toArray(),
      from("abcab").toSet(),
      from(pairs).toMap(),
    ]);

    expect(results).toEqual([
      pairs,
      new Set(["a", "b", "c"]),
      new Map([
        ["a", 3],
        ["b", 2],
      ]),
    ]);
  });

  it("2.7.6a a later entry of the same key wins", async () => {
    const map = await from([
      ["a", 1],
      ["a", 2],
    ] as const).toMap();

    expect(map.get("a")).toBe(2);
  });

  it("2.7.7 an error of the source, of a condition or of the work is passed on, and there is no result", async () => {
    const failure = new Error("broken");
    const fail = (): never => {
      throw failure;
    };

    const errors = await Promise.all([
      errorOf(from(tracked([1], { error: failure })[0]).toArray()),
      errorOf(from([1]).filter(fail).toArray()),
      errorOf(from([1]).map(fail).toArray()),
    ]);

    expect(errors).toEqual([failure, failure, failure]);
  });

  it("2.7.7a the source is closed, and that is waited for, when a condition or the work fails (differs)", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1, 2], { closeDelay: 10 });

    const moment = await clock.run(async () => {
      await errorOf(
        from(source)
          .map(() => Promise.reject(new Error("broken")))
          .toArray(),
      );
      return clock.now();
    });

    expect(track.closed).toBe(1);
    expect(moment).toBe(10);
  });

  it("2.7.8 synchronous and asynchronous sources mix, in any clause", async () => {
    const asynchronous = (...items: number[]): AsyncIterable<number> =>
      tracked(items)[0];

    const pairs = await Promise.all([
      from([1, 2])
        .flatMap((a) => from(asynchronous(3, 4)).map((b) => [a, b]))
        .toArray(),
      from(asynchronous(1, 2))
        .flatMap((a) => [3, 4].map((b) => [a, b]))
        .toArray(),
    ]);

    expect(pairs[0]).toEqual([
      [1, 3],
      [1, 4],
      [2, 3],
      [2, 4],
    ]);
    expect(pairs[1]).toEqual(pairs[0]);
  });

  it("2.7.9 promises are awaited one after the other, in order", async () => {
    const [first, second] = [
      createDeferred<string>(),
      createDeferred<string>(),
    ];
    const seen: string[] = [];
    const all = from([first.promise, second.promise]).forEach((item) => {
      seen.push(item);
    });

    second.resolve("second");
    await loopTurns();
    const before = [...seen];
    first.resolve("first");
    await all;

    expect(before).toEqual([]);
    expect(seen).toEqual(["first", "second"]);
  });

  it("2.7.10 nested comprehensions keep the order of each", async () => {
    const rows = await from([1, 2])
      .map((row) =>
        from(tracked(["a", "b"])[0])
          .map((column) => `${row}${column}`)
          .toArray(),
      )
      .toArray();

    expect(rows).toEqual([
      ["1a", "1b"],
      ["2a", "2b"],
    ]);
  });

  it("2.7.11 what stands for an item is a parameter of its callback: there is no name to leak (not applicable)", async () => {
    const item = "outside";

    await from(["inside"])
      .map((item) => item)
      .toArray();

    expect(item).toBe("outside");
  });

  it("2.7.12 an empty source gives an empty result, and is asked once", async () => {
    const [source, track] = tracked([]);

    const items = await from(source).toArray();

    expect(items).toEqual([]);
    expect(track.pulled).toBe(1);
  });

  it("2.7.13 one that is left early closes its sources, down to the innermost", async () => {
    const log: string[] = [];
    const innermost = stream(async function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        log.push("innermost closed");
      }
    });
    const items = from(from(innermost).map(String)).filter(Boolean).take(9);
    await items.next();

    await items.return();

    expect(log).toEqual(["innermost closed"]);
  });
});
