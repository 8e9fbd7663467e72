import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { from, zip, type ZipMode } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";

describe("zip()", () => {
  it("gives rows of one item of each source", async () => {
    const rows = zip([[1, 2], "ab", tracked([true, false])[0]]);

    await expect(rows.toArray()).resolves.toEqual([
      [1, "a", true],
      [2, "b", false],
    ]);
  });

  it("asks all sources for a row at the same time", async () => {
    const clock = virtualClock();
    const [first] = tracked([1, 2], { delay: 10 });
    const [second] = tracked(["a", "b"], { delay: 10 });

    await clock.run(() => zip([first, second]).toArray());

    expect(clock.steps).toEqual([10, 20, 30]);
  });

  it("asks for no row ahead", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const rows = zip([source, [1, 2, 3]]);

    await rows.next();

    expect(track.pulled).toBe(1);
    await rows.return();
  });

  it("gives nothing for no source, in any mode", async () => {
    const rows = await Promise.all(
      (["shortest", "longest", "strict"] as const).map((mode) =>
        zip([], { mode }).toArray(),
      ),
    );

    expect(rows).toEqual([[], [], []]);
  });

  it("gives arrays of their own", async () => {
    const [first, second] = await zip([[1, 1]]).toArray();

    expect(first).not.toBe(second);
  });

  it("takes any iterable of sources that is an array", async () => {
    const sources = Object.freeze([[1], [2]] as const);

    await expect(zip(sources).toArray()).resolves.toEqual([[1, 2]]);
  });

  it("closes all sources when it is left", async () => {
    const [first, firstTrack] = tracked([1, 2]);
    const [second, secondTrack] = tracked([1, 2]);
    const rows = zip([first, second]);
    await rows.next();

    await rows.return();

    expect([firstTrack.closed, secondTrack.closed]).toEqual([1, 1]);
  });

  it("closes the others, and fails, when one fails", async () => {
    const failure = new Error("broken");
    const [bad] = tracked<number>([], { error: failure });
    const [other, track] = tracked([1], { stuck: true });

    await expect(zip([other, bad]).toArray()).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("refuses what cannot be iterated over, at once", () => {
    expect(() => zip([[1], 1 as never])).toThrow(TypeError);
  });

  it("refuses a mode that there is not, at once", () => {
    expect(() => zip([[1]], { mode: "widest" as never })).toThrow(
      new RangeError(`Cannot use "widest" as 'mode': it is no such mode`),
    );
  });
});

describe('zip() of "shortest"', () => {
  it("ends with the first source that does, and closes the others", async () => {
    const [long, track] = tracked([1, 2, 3]);

    const rows = await zip([["a"], long]).toArray();

    expect(rows).toEqual([["a", 1]]);
    expect(track.closed).toBe(1);
  });

  it("asks no more of those behind one that has ended at once", async () => {
    const [long, track] = tracked([1, 2, 3]);

    await zip([["a"], long]).toArray();

    expect(track.pulled).toBe(1);
  });

  it("loses what was read of the others for the last row", async () => {
    const [long, track] = tracked([1, 2, 3]);

    const rows = await zip([long, tracked(["a"])[0]]).toArray();

    expect(rows).toEqual([[1, "a"]]);
    expect(track).toMatchObject({ pulled: 2, closed: 1 });
  });

  it("is left at once by a source that ends while another is silent", async () => {
    const [silent, track] = tracked<number>([], { stuck: true });

    const rows = await zip([silent, tracked([])[0]]).toArray();

    expect(rows).toEqual([]);
    expect(track.closed).toBe(1);
  });
});

describe('zip() of "longest"', () => {
  it("ends with the last, and has `undefined` for what is missing", async () => {
    const rows = zip([[1, 2, 3], "a"], { mode: "longest" });

    await expect(rows.toArray()).resolves.toEqual([
      [1, "a"],
      [2, undefined],
      [3, undefined],
    ]);
  });

  it("has the padding for what is missing, by the order of the sources", async () => {
    const rows = zip([[1], "ab", []], {
      mode: "longest",
      padding: [0, "-", "none"],
    });

    await expect(rows.toArray()).resolves.toEqual([
      [1, "a", "none"],
      [0, "b", "none"],
    ]);
  });

  it("asks a source no more that has ended", async () => {
    const [short, track] = tracked([1]);

    await zip([short, [1, 2, 3]], { mode: "longest" }).toArray();

    expect(track.pulled).toBe(2);
  });

  it("closes no source at its end", async () => {
    const [short, shortTrack] = tracked([1]);
    const [long, longTrack] = tracked([1, 2]);

    await zip([short, long], { mode: "longest" }).toArray();

    expect([shortTrack.returned, longTrack.returned]).toEqual([0, 0]);
  });
});

describe('zip() of "strict"', () => {
  it("ends where all sources end with the same row", async () => {
    const rows = zip([[1, 2], "ab"], { mode: "strict" });

    await expect(rows.toArray()).resolves.toEqual([
      [1, "a"],
      [2, "b"],
    ]);
  });

  it.each([
    ["first", [[1], [1, 2]]],
    ["last", [[1, 2], [1]]],
  ])("fails where the %s is shorter", async (_, sources) => {
    const rows = zip(sources, { mode: "strict" });

    await expect(rows.next()).resolves.toEqual({ done: false, value: [1, 1] });
    await expect(rows.next()).rejects.toThrow(
      new TypeError("Cannot zip the sources as 'strict': one is longer"),
    );
  });

  it("closes those that are longer when it fails", async () => {
    const [long, track] = tracked([1, 2, 3]);

    const error = await errorOf(zip([[1], long], { mode: "strict" }).toArray());

    expect(error).toBeInstanceOf(TypeError);
    expect(track.closed).toBe(1);
  });
});

describe("zip() as a property", () => {
  it("gives what the rows of the arrays are, in every mode", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer(), { maxLength: 5 }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.constantFrom<ZipMode>("shortest", "longest"),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        async (arrays, mode, areSync) => {
          const lengths = arrays.map(({ length }) => length);
          const length =
            mode === "shortest" ? Math.min(...lengths) : Math.max(...lengths);
          const sources = arrays.map((items, index) =>
            areSync[index] === true ? items : from(tracked(items)[0]),
          );
          const padding = arrays.map((_, index) => -index);

          const rows = await zip(sources, { mode, padding }).toArray();

          expect(rows).toEqual(
            Array.from({ length }, (_, row) =>
              arrays.map((items, index) =>
                row < items.length ? items[row] : padding[index],
              ),
            ),
          );
        },
      ),
    );
  });
});
