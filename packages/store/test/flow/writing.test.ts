import {
  FlowProvider,
  MemoryBucket,
  SegmentOverlapError,
  StorageFullError,
  type FlowSession,
} from "@sluice/store";
import { createDataGrain, type Grain } from "@sluice/media";
import { Timestamp } from "@sluice/time";
import { AsyncExitStack, asyncWith, ClosedError, from } from "sluice";
import { describe, expect, it } from "vitest";
import {
  createSeconds,
  createSound,
  createSoundFlow,
} from "../support/sound.ts";
import { createWatchedStore } from "../support/watched-store.ts";

function inMemory<T>(body: (session: FlowSession) => Promise<T>): Promise<T> {
  return asyncWith(new FlowProvider("memory:"), body);
}

async function listRanges(
  session: FlowSession,
  flowId: string,
): Promise<string[]> {
  const { items } = await session.store.listSegments(flowId);
  return items.map(({ timerange }) => timerange);
}

describe("openWrite()", () => {
  it("cuts about a second each, at grains", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();

      await asyncWith(session.openWrite(flow), (writer) =>
        writer.writeAll(createSeconds(0, 3)),
      );

      expect(await listRanges(session, flow.id)).toEqual([
        "[0:0_1:0)",
        "[1:0_2:0)",
        "[2:0_3:0)",
      ]);
    });
  });

  it("keeps to the duration in the long run, where grains do not fit it", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();
      const grains = Array.from({ length: 90 }, (_, index) =>
        createSound(index * 1024, 1024),
      );

      await asyncWith(session.openWrite(flow), (writer) =>
        writer.writeAll(grains),
      );

      expect(await listRanges(session, flow.id)).toEqual([
        "[0:0_1:2666666)",
        "[1:2666666_1:920000000)",
      ]);
    });
  });

  it("shows nothing before the block has ended well", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();

      await asyncWith(session.openWrite(flow), async (writer) => {
        await writer.writeAll(createSeconds(0, 3));
        expect(await listRanges(session, flow.id)).toEqual([]);
      });

      expect(await listRanges(session, flow.id)).toHaveLength(3);
    });
  });

  it("leaves no trace on the timeline if the block fails", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();

      const writing = asyncWith(session.openWrite(flow), async (writer) => {
        await writer.writeAll(createSeconds(0, 3));
        throw new Error("the line is cut");
      });

      await expect(writing).rejects.toThrow("the line is cut");
      expect(await listRanges(session, flow.id)).toEqual([]);
    });
  });

  it("shows each segment as it is complete, as you go", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();
      const options = { commit: "as-you-go" } as const;

      await asyncWith(session.openWrite(flow, options), async (writer) => {
        await writer.writeAll(createSeconds(0, 2));
        expect(await listRanges(session, flow.id)).toEqual(["[0:0_1:0)"]);
        await writer.write(createSound(96_000, 960));
        expect(await listRanges(session, flow.id)).toHaveLength(2);
      });

      expect(await listRanges(session, flow.id)).toHaveLength(3);
    });
  });

  it("loses only the unfinished segment if the block fails as you go", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();
      const options = { commit: "as-you-go" } as const;

      const writing = asyncWith(
        session.openWrite(flow, options),
        async (writer) => {
          await writer.writeAll(createSeconds(0, 3));
          throw new Error("the line is cut");
        },
      );

      await expect(writing).rejects.toThrow("the line is cut");
      expect(await listRanges(session, flow.id)).toEqual([
        "[0:0_1:0)",
        "[1:0_2:0)",
      ]);
    });
  });

  it("lets one of two writers have a range, and keeps nothing of the other", async () => {
    await inMemory(async (session) => {
      const flow = await session.putFlow({
        ...createSoundFlow(),
        container: "audio/wav",
      });

      await asyncWith(session.openWrite(flow.id), async (first) => {
        const second = asyncWith(session.openWrite(flow.id), async (writer) => {
          await writer.writeAll(createSeconds(5, 2));
          await first.writeAll(createSeconds(2, 4));
        });
        await second;
      }).then(
        () => expect.unreachable(),
        (error: unknown) => expect(error).toBeInstanceOf(SegmentOverlapError),
      );

      expect(await listRanges(session, flow.id)).toEqual([
        "[5:0_6:0)",
        "[6:0_7:0)",
      ]);
    });
  });

  it("goes on behind what is there", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();
      await asyncWith(session.openWrite(flow), (writer) =>
        writer.writeAll(createSeconds(0, 1)),
      );

      await asyncWith(session.openWrite(flow.id), (writer) =>
        writer.writeAll(createSeconds(1, 1)),
      );

      expect(await listRanges(session, flow.id)).toEqual([
        "[0:0_1:0)",
        "[1:0_2:0)",
      ]);
    });
  });

  it("shows a gap as a gap, wherever it is", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();
      const grains = createSeconds(0, 1);

      await asyncWith(session.openWrite(flow), (writer) =>
        writer.writeAll([...grains.slice(0, 10), ...grains.slice(20)]),
      );

      expect(await listRanges(session, flow.id)).toEqual([
        "[0:0_0:200000000)",
        "[0:400000000_1:0)",
      ]);
    });
  });

  it("places grains elsewhere by an offset", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();
      const offset = Timestamp.parse("1700000000:0");

      await asyncWith(session.openWrite(flow, { offset }), (writer) =>
        writer.writeAll(createSeconds(0, 1)),
      );

      expect(await listRanges(session, flow.id)).toEqual([
        "[1700000000:0_1700000001:0)",
      ]);
    });
  });

  it("refuses grains that go back, overlap or are of another kind, and goes on", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();

      await asyncWith(session.openWrite(flow), async (writer) => {
        const event = createDataGrain({
          ...createSound(0, 1),
          format: "JSON",
        });
        await writer.write(createSound(960, 960));
        await expect(writer.write(createSound(0, 480))).rejects.toThrow(
          "Cannot write the grain at 0:0: it overlaps what is there, which ends at 0:40000000",
        );
        await expect(writer.write(createSound(1900, 960))).rejects.toThrow(
          RangeError,
        );
        await expect(writer.write(event)).rejects.toThrow(
          "Cannot write a grain of kind 'data' to a flow of audio",
        );
        await writer.write(createSound(1920, 960));
      });

      expect(await listRanges(session, flow.id)).toEqual([
        "[0:20000000_0:60000000)",
      ]);
    });
  });

  it("keeps the order of calls that come at once", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();

      await asyncWith(session.openWrite(flow), async (writer) => {
        await Promise.all(
          createSeconds(0, 3).map((grain) => writer.write(grain)),
        );
      });

      expect(await listRanges(session, flow.id)).toHaveLength(3);
    });
  });

  it("finishes writes that nobody has waited for", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();
      let writing: Promise<void> | undefined;

      await asyncWith(session.openWrite(flow), (writer) => {
        writing = writer.write(createSound(0, 960));
      });

      await writing;
      expect(await listRanges(session, flow.id)).toHaveLength(1);
    });
  });

  it("commits nothing after a failed write, also if that was caught", async () => {
    const bucket = new MemoryBucket({ capacityBytes: 150_000 });
    const { manager } = createWatchedStore(bucket);
    await asyncWith(new FlowProvider(manager), async (session) => {
      const flow = createSoundFlow();

      const writing = asyncWith(session.openWrite(flow), async (writer) => {
        await writer.writeAll(createSeconds(0, 4)).catch(() => undefined);
      });

      await expect(writing).rejects.toThrow(StorageFullError);
      expect(await listRanges(session, flow.id)).toEqual([]);
    });
  });

  it("fails with what its source fails with, and closes it", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();
      let isClosed = false;
      const broken = from<Grain>(createSeconds(0, 2))
        .tap((_, { index }) => {
          if (index === 70) throw new Error("no signal");
        })
        .onClose(() => {
          isClosed = true;
        });

      const writing = asyncWith(session.openWrite(flow), (writer) =>
        writer.writeAll(broken),
      );

      await expect(writing).rejects.toThrow("no signal");
      expect(isClosed).toBe(true);
      expect(await listRanges(session, flow.id)).toEqual([]);
    });
  });

  it("throws ClosedError after its block", async () => {
    await inMemory(async (session) => {
      const writer = await asyncWith(
        session.openWrite(createSoundFlow()),
        (writer) => writer,
      );

      await expect(writer.write(createSound(0, 1))).rejects.toThrow(
        ClosedError,
      );
      await expect(writer.writeAll([])).rejects.toThrow(ClosedError);
    });
  });

  it("wants to be told how the block ended", async () => {
    await inMemory(async (session) => {
      const flow = createSoundFlow();
      const stack = new AsyncExitStack();
      const writer = await stack.enter(session.openWrite(flow));
      await writer.write(createSound(0, 960));

      await expect(stack.disposeAsync()).rejects.toThrow(TypeError);

      expect(await listRanges(session, flow.id)).toEqual([]);
    });
  });

  it("refuses options that are out of bounds, at once", async () => {
    await inMemory((session) => {
      const flow = createSoundFlow();

      expect(() =>
        session.openWrite(flow, { segmentDuration: Timestamp.zero }),
      ).toThrow("Cannot write segments of 0:0 s: it is not above 0");
      return Promise.resolve();
    });
  });
});
