import {
  FlowProvider,
  MissingMediaError,
  type FlowReader,
  type FlowSession,
  type WriteOptions,
} from "@sluice/store";
import type { Grain } from "@sluice/media";
import { TimeRange, Timestamp } from "@sluice/time";
import { asyncWith, ClosedError } from "sluice";
import { describe, expect, it, vi } from "vitest";
import {
  createSeconds,
  createSoundFlow,
  numbersFrom,
  readNumbers,
} from "../support/sound.ts";
import {
  createWatchedStore,
  type WatchedStore,
} from "../support/watched-store.ts";

// Files are read, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 });

/** Writes sound into a flow of its own, and reads it. */
async function withReader(
  grains: readonly Grain[],
  body: (
    reader: FlowReader,
    session: FlowSession,
    store: WatchedStore,
  ) => Promise<void>,
  options?: WriteOptions,
): Promise<void> {
  const store = createWatchedStore();
  await asyncWith(new FlowProvider(store.manager), async (session) => {
    const flow = createSoundFlow();
    await asyncWith(session.openWrite(flow, options), (writer) =>
      writer.writeAll(grains),
    );
    await asyncWith(session.openRead(flow.id), (reader) =>
      body(reader, session, store),
    );
  });
}

describe("FlowReader.read() of sound", () => {
  it("gives exactly the samples that are asked for", async () => {
    await withReader(createSeconds(0, 3), async (reader) => {
      for (const [first, count] of [
        [0, 1],
        [1, 2],
        [47_999, 2],
        [12_345, 100_000],
        [143_999, 1],
        [0, 144_000],
      ] as const) {
        const grains = await reader.read(first, { count });

        expect(readNumbers(grains)).toEqual(numbersFrom(first, count));
      }
    });
  });

  it("counts from where the flow begins, wherever that is", async () => {
    const offset = Timestamp.parse("1700000000:333333333");
    await withReader(
      createSeconds(0, 2),
      async (reader) => {
        const grains = await reader.read(48_001, { count: 10 });

        expect(readNumbers(grains)).toEqual(numbersFrom(48_001, 10));
        expect(`${grains[0]?.originTimestamp}`).toBe("1700000001:333354166");
      },
      { offset },
    );
  });

  it("begins at an instant as well", async () => {
    await withReader(createSeconds(0, 2), async (reader) => {
      const start = Timestamp.parse("1:500000000");

      const grains = await reader.read(start, { count: 7 });

      expect(readNumbers(grains)).toEqual(numbersFrom(72_000, 7));
    });
  });

  it("gives nothing if nothing is asked for", async () => {
    await withReader(createSeconds(0, 1), async (reader) => {
      expect(await reader.read(5, { count: 0 })).toEqual([]);
    });
  });

  it("names all ranges that are missing", async () => {
    const grains = createSeconds(0, 3);
    const some = [...grains.slice(0, 50), ...grains.slice(75, 125)];
    await withReader(some, async (reader) => {
      const reading = reader.read(24_000, { count: 120_000 });

      await expect(reading).rejects.toThrow(MissingMediaError);
      await expect(reading).rejects.toMatchObject({
        missing: ["[1:0_1:500000000)", "[2:500000000_3:0)"],
      });
    });
  });

  it("says that a flow without samples has none", async () => {
    await withReader([], async (reader) => {
      await expect(reader.read(0, { count: 1 })).rejects.toThrow(
        /has no samples in _/,
      );
      expect(`${await reader.getTimeRange()}`).toBe("()");
    });
  });

  it("refuses counts that are none", async () => {
    await withReader([], async (reader) => {
      await expect(reader.read(-1, { count: 1 })).rejects.toThrow(RangeError);
      await expect(reader.read(0, { count: 0.5 })).rejects.toThrow(
        "Cannot read with the count 0.5: it is not a whole number of 0 or more",
      );
    });
  });
});

describe("FlowReader.getGrains() of sound", () => {
  it("cuts at the edges of the range, to the sample", async () => {
    await withReader(createSeconds(0, 2), async (reader) => {
      const timerange = TimeRange.parse("[0:990000000_1:5000000)");

      const grains = await reader.getGrains({ timerange }).toArray();

      expect(readNumbers(grains)).toEqual(numbersFrom(47_520, 720));
    });
  });

  it("heeds whether an edge is within", async () => {
    await withReader(createSeconds(0, 1), async (reader) => {
      const read = async (range: string): Promise<readonly number[]> => {
        const timerange = TimeRange.parse(range);
        return readNumbers(await reader.getGrains({ timerange }).toArray());
      };

      expect(await read("[0:0_0:125000]")).toHaveLength(6);
      expect(await read("()")).toEqual([]);
      expect(await read("[5:0_")).toEqual([]);
    });
  });

  it("is fresh at each call", async () => {
    await withReader(createSeconds(0, 1), async (reader) => {
      const grains = reader.getGrains();
      expect(await grains.toArray()).toHaveLength(24);
      expect(await reader.getGrains().toArray()).toHaveLength(24);
    });
  });

  it("passes over gaps, or fails at the first when that is asked for", async () => {
    const grains = createSeconds(0, 3);
    const some = [...grains.slice(0, 50), ...grains.slice(100)];
    await withReader(some, async (reader) => {
      expect(readNumbers(await reader.getGrains().toArray())).toHaveLength(
        96_000,
      );

      const failing = reader.getGrains({ gaps: "fail" });
      const seen: Grain[] = [];
      const reading = failing.forEach((grain) => seen.push(grain));

      await expect(reading).rejects.toMatchObject({ missing: ["[1:0_2:0)"] });
      expect(readNumbers(seen)).toHaveLength(48_000);
    });
  });

  it("fails at what is missing at the edges of a range", async () => {
    await withReader(createSeconds(1, 1), async (reader) => {
      const fail = (range: string): Promise<unknown> =>
        reader
          .getGrains({ timerange: TimeRange.parse(range), gaps: "fail" })
          .toArray();

      await expect(fail("[0:0_2:0)")).rejects.toMatchObject({
        missing: ["[0:0_1:0)"],
      });
      await expect(fail("[1:0_3:0)")).rejects.toMatchObject({
        missing: ["[2:0_3:0)"],
      });
      await expect(fail("[1:0_2:0)")).resolves.toHaveLength(24);
    });
  });

  it("loads so many segments ahead as it is told, and no more", async () => {
    await withReader(createSeconds(0, 8), async (reader, _, { reads }) => {
      const grains = reader.getGrains({ prefetch: { segments: 2 } });

      await grains.next();
      await settle();
      expect(reads).toHaveLength(3);

      for (let count = 0; count < 30; count++) await grains.next();
      await settle();
      expect(reads).toHaveLength(4);
      await grains.return();
    });
  });

  it("loads nothing ahead if it is told so", async () => {
    await withReader(createSeconds(0, 3), async (reader, _, { reads }) => {
      const grains = reader.getGrains({ prefetch: { segments: 0 } });

      await grains.next();
      await settle();

      expect(reads).toHaveLength(1);
      await grains.return();
    });
  });

  it("begins no other segment while those that are ready come to the bytes", async () => {
    await withReader(createSeconds(0, 8), async (reader, _, { reads }) => {
      const prefetch = { segments: 6, bytes: 1 };
      const grains = reader.getGrains({ prefetch });
      await grains.next();
      await settle();
      const begun = reads.length;

      for (let count = 0; count < 10; count++) await grains.next();
      await settle();

      expect(reads).toHaveLength(begun);
      await grains.return();
    });
  });

  it("ends what is being loaded when it is left early", async () => {
    await withReader(createSeconds(0, 8), async (reader, _, store) => {
      const grains = reader.getGrains();
      await grains.next();
      await settle();
      store.hold(true);
      for (let count = 0; count < 24; count++) await grains.next();
      await settle();
      const begun = store.reads.length;

      const leaving = grains.return();
      await settle();
      expect(store.aborted).toContain(store.reads.at(-1));
      store.hold(false);
      await leaving;

      await settle();
      expect(store.reads).toHaveLength(begun);
    });
  });

  it("ends with the reason of a signal", async () => {
    await withReader(createSeconds(0, 2), async (reader) => {
      const controller = new AbortController();
      const { signal } = controller;
      const grains = reader.getGrains({ signal });
      await grains.next();

      controller.abort(new Error("no longer needed"));

      await expect(grains.next()).rejects.toThrow("no longer needed");
    });
  });

  it("refuses options that are out of bounds, at once", async () => {
    await withReader([], (reader) => {
      expect(() => reader.getGrains({ prefetch: { segments: -1 } })).toThrow(
        "Cannot load -1 segments ahead: it is no whole number of 0 or more",
      );
      expect(() => reader.getGrains({ prefetch: { bytes: 0 } })).toThrow(
        "Cannot load 0 bytes ahead: it is not above 0",
      );
      return Promise.resolve();
    });
  });
});

describe("a reader after its block", () => {
  it("throws ClosedError, and what was read stays valid", async () => {
    await withReader(createSeconds(0, 1), async ({ flow }, session) => {
      let late: FlowReader | undefined;
      const grains = await asyncWith(session.openRead(flow.id), (reader) => {
        late = reader;
        return reader.read(0, { count: 960 });
      });

      expect(readNumbers(grains)).toEqual(numbersFrom(0, 960));
      await expect(late?.read(0, { count: 1 })).rejects.toThrow(ClosedError);
      await expect(late?.getTimeRange()).rejects.toThrow(
        `Cannot use the reader of flow '${flow.id}': its block has ended`,
      );
      await expect(late?.readEssence()).rejects.toThrow(ClosedError);
      expect(() => late?.getGrains()).toThrow(ClosedError);
      expect(() => late?.getGrainsToDecode()).toThrow(ClosedError);
      expect(() => late?.listSegments()).toThrow(ClosedError);
    });
  });

  it("ends the streams that it gave", async () => {
    await withReader(createSeconds(0, 2), async ({ flow }, session) => {
      const grains = await asyncWith(
        session.openRead(flow.id),
        async (reader) => {
          const grains = reader.getGrains();
          await grains.next();
          return { grains };
        },
      );

      await expect(grains.grains.next()).rejects.toThrow(ClosedError);
    });
  });
});

/** Lets everything go on that need not wait for the outside. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
