import fc from "fast-check";
import {
  interleavePackets,
  readTransportStream,
  writeTransportStream,
  type TransportStreamInput,
  type TransportStreamItem,
  type TransportStreamPacket,
  type TransportStreamWriterOptions,
} from "@sluice/media";
import { tracked } from "sluice/testing";
import { describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";
import { cutInto } from "../support/pieces.ts";

const WRAP = 2 ** 33;
const video = { pid: 256, codec: "h264" } as const;
const audio = { pid: 257, codec: "aac-adts", language: "eng" } as const;
const data = { pid: 300, streamType: 6 } as const;
const streams = [video, audio, data];

describe("readTransportStream(writeTransportStream())", () => {
  it("gives back every packet, with both timestamps, however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryPackets(),
        fc.constantFrom("add", "keep"),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1 }),
        async (packets, delimiters, sizes) => {
          const file = await write(packets, { streams, delimiters });

          const items = await read(cutInto(file, [...sizes, 1000]));

          expect(items.filter(({ kind }) => kind === "loss")).toEqual([]);
          expect(items.map(({ kind }) => kind).slice(0, 2)).toEqual([
            "programs",
            "program",
          ]);
          for (const { pid } of streams) {
            expect(toInputs(items, pid)).toEqual(
              packets.filter((packet) => packet.pid === pid),
            );
          }
        },
      ),
    );
  }, 60_000);

  it("keeps the order of decoding across the wrap, where pictures are reordered", async () => {
    const packets = createReordered(WRAP - 90_000 * 62, 1700);
    const file = await write(packets, { streams: [video] });

    const given = toInputs(await read([file]), 256);

    const times = given.map(({ pts, dts }) => [pts, dts]);
    expect(times).toEqual(packets.map(({ pts, dts }) => [pts, dts]));
    expect(times.at(-1)?.[1]).toBeGreaterThan(WRAP);
  });

  it("begins below zero what begins within a minute before the wrap", async () => {
    const packets = createReordered(-7200, 10);
    const file = await write(packets, { streams: [video] });

    expect(toInputs(await read([file]), 256)).toEqual(packets);
  });

  it("keeps sound and picture together where only one has wrapped", async () => {
    const unit = Uint8Array.of(0);
    const packets = [
      { pid: 257, pts: WRAP - 90_000 * 70, data: unit },
      { pid: 300, pts: WRAP - 90_000 * 69, data: unit },
      { pid: 257, pts: WRAP + 5, data: unit },
      { pid: 300, pts: WRAP - 90_000 * 68, data: unit },
      { pid: 300, pts: WRAP + 90_000 * 3600 * 25, data: unit },
      { pid: 257, pts: WRAP + 90_000 * 3600 * 25 + 7, data: unit },
      { pid: 257, pts: 2 * WRAP + 90_000 * 3600 * 5, data: unit },
    ];
    // The clock goes on while the streams are silent.
    const hours = packets.flatMap((packet, index) => {
      const next = packets[index + 1];
      const steps = next
        ? Math.floor((next.pts - packet.pts) / 90_000 / 36_000)
        : 0;
      return [
        packet,
        ...Array.from({ length: Math.max(0, steps) }, (_, step) => ({
          ...packet,
          pid: 300,
          pts: packet.pts + (step + 1) * 90_000 * 36_000,
        })),
      ];
    });
    const file = await write(hours, { streams: [audio, data] });

    const items = await read([file]);

    const given = items.filter((item) => item.kind === "packet");
    expect(given.map(({ pid, pts }) => [pid, pts]).sort(byTime)).toEqual(
      hours.map(({ pid, pts }) => [pid, pts]).sort(byTime),
    );
  });
});

describe("writeTransportStream()", () => {
  it("writes whole packets, whose counters go up by one", async () => {
    const file = await write(createReordered(0, 50), { streams: [video] });

    const counters = new Map<number, number>();
    for (let at = 0; at < file.length; at += 188) {
      const [sync, high = 0, low = 0, last = 0] = file.subarray(at, at + 4);
      const pid = ((high & 0x1f) << 8) | low;
      const before = counters.get(pid);
      expect(sync).toBe(0x47);
      if (before !== undefined && (last & 0x10) !== 0) {
        expect(last & 15).toBe((before + 1) & 15);
      }
      counters.set(pid, last & 15);
    }
    expect([...counters.keys()].sort()).toEqual([0, 256, 4096]);
  });

  it("repeats its tables before each key frame, and every half second", async () => {
    const packets = createReordered(0, 100).map((packet, index) => ({
      ...packet,
      isRandomAccess: index % 30 === 0,
    }));
    const file = await write(packets, { streams: [video] });

    const pids: number[] = [];
    for (let at = 0; at < file.length; at += 188) {
      if (((file[at + 1] ?? 0) & 0x40) === 0) continue;
      pids.push((((file[at + 1] ?? 0) & 0x1f) << 8) | (file[at + 2] ?? 0));
    }
    const places = pids
      .filter((pid) => pid !== 4096)
      .flatMap((pid, index, all) =>
        pid === 0
          ? [index - all.slice(0, index).filter((p) => p === 0).length]
          : [],
      );
    expect(places).toEqual([0, 13, 26, 30, 43, 56, 60, 73, 86, 90]);
  });

  it("has a clock at least every 100 ms, 0.7 s before decoding", async () => {
    const packets = [0, 1, 2, 5].map((second) => ({
      pid: 257,
      pts: second * 90_000 + 90_000,
      data: Uint8Array.of(1, 2, 3),
    }));
    const file = await write(packets, { streams: [audio] });

    const items = await readTransportStream([file], { clocks: true }).toArray();

    const clocks = items
      .filter((item) => item.kind === "clock")
      .map(({ pcr }) => pcr / 300);
    expect(clocks).toEqual(
      Array.from({ length: 51 }, (_, index) => 27_000 + index * 9000),
    );
    expect(items.filter(({ kind }) => kind === "loss")).toEqual([]);
  });

  it("gives an access unit the delimiter that it lacks, and no second", async () => {
    const slice = [0, 0, 0, 1, 0x65, 0x88, 1, 0, 0, 1, 9];
    const delimiter = [0, 0, 0, 1, 9, 0xf0];
    const hevcSlice = [0, 0, 1, 0x26, 1, 2];
    const packets = [
      { pid: 256, pts: 0, data: Uint8Array.from(slice) },
      { pid: 256, pts: 1, data: Uint8Array.from([...delimiter, ...slice]) },
      { pid: 258, pts: 2, data: Uint8Array.from(hevcSlice) },
    ];
    const file = await write(packets, {
      streams: [video, { pid: 258, codec: "hevc" }],
    });

    const items = await read([file]);

    expect(toInputs(items, 256).map((packet) => [...packet.data])).toEqual([
      [...delimiter, ...slice],
      [...delimiter, ...slice],
    ]);
    expect(toInputs(items, 258).map((packet) => [...packet.data])).toEqual([
      [0, 0, 0, 1, 0x46, 1, 0x50, ...hevcSlice],
    ]);
  });

  it("writes video of more than 64 kB, and nothing else", async () => {
    const long = new Uint8Array(70_000).fill(7);
    const packet = { pid: 256, pts: 5, data: long };
    const file = await write([packet], {
      streams: [video],
      delimiters: "keep",
    });

    const [given] = toInputs(await read([file]), 256);

    expect(given?.data).toEqual(long);
    await expect(
      write([{ ...packet, pid: 257 }], { streams: [audio] }),
    ).rejects.toThrow(
      new RangeError(
        "Cannot write a packet of 70000 bytes: only one of video may have more than 65527",
      ),
    );
  });

  it.each<[string, Partial<TransportStreamInput>[], RegExp]>([
    ["a PID of no stream", [{ pid: 5 }], /packet of PID 5: it is not among/],
    [
      "what is presented before it is decoded",
      [{ pts: 1, dts: 2 }],
      /decoded at 2 and presented at 1/,
    ],
    ["a DTS alone", [{ pts: undefined, dts: 2 }], /presented at no time/],
    [
      "what is decoded before the one before",
      [{ pts: 5 }, { pts: 4 }],
      /PID 257 that is decoded at 4: the one before is decoded at 5/,
    ],
    ["half a tick", [{ pts: 0.5 }], /0.5 as a timestamp/],
    [
      "H.264 without start codes",
      [{ pid: 256, data: Uint8Array.of(0, 0, 0, 9, 1) }],
      /begins with 0, 0, 0, 9: it takes start codes/,
    ],
  ])("refuses %s, and closes its source", async (_, parts, message) => {
    const packets = parts.map((part) => ({ ...packetOfAudio, ...part }));
    const [source, track] = tracked([...packets, packetOfAudio]);

    const file = writeTransportStream(source, { streams });

    await expect(file.toArray()).rejects.toThrow(message);
    expect(track).toMatchObject({ open: 0, closed: 1 });
  });

  it.each<[string, TransportStreamWriterOptions, string]>([
    [
      "no stream",
      { streams: [] },
      "Cannot put the clock on PID 0: it is not among the streams",
    ],
    [
      "one PID twice",
      { streams: [audio, audio] },
      "Cannot write two things on PID 257",
    ],
    [
      "the PID of the map",
      { streams: [{ ...audio, pid: 4096 }] },
      "Cannot write two things on PID 4096",
    ],
    [
      "a PID of tables",
      { streams: [{ ...audio, pid: 31 }] },
      "Cannot take 31 as pid: it is no integer from 32 to 8190",
    ],
    [
      "sections",
      { streams: [{ pid: 99, codec: "scte35" }] },
      "Cannot write a stream of type 134: it is made of sections, and not of packets",
    ],
    [
      "a language of two letters",
      { streams: [{ ...audio, language: "en" }] },
      "Cannot write 'en' as a language: it takes three small letters",
    ],
    [
      "more than a map has room for",
      { streams: [{ ...audio, descriptors: new Uint8Array(1000) }] },
      "Cannot write a program's map of 1024 bytes: there is room for 1021",
    ],
  ])("refuses %s at once", (_, options, message) => {
    expect(() => writeTransportStream([], options)).toThrow(
      new RangeError(message),
    );
  });

  it("refuses a stream of no kind", () => {
    expect(() => writeTransportStream([], { streams: [{ pid: 99 }] })).toThrow(
      new TypeError(
        "Cannot write the stream of PID 99: it has neither a codec nor a streamType",
      ),
    );
  });

  it("writes the tables of a stream without packets", async () => {
    const items = await read([await write([], { streams: [audio] })]);

    expect(items).toMatchObject([
      { kind: "programs", programs: [{ number: 1, pid: 4096 }] },
      { kind: "program", pcrPid: 257, streams: [audio] },
    ]);
  });
});

describe("interleavePackets()", () => {
  it("gives all packets in the order of decoding, and closes what is left", async () => {
    const unit = Uint8Array.of(0);
    const [pictures, picturesTrack] = tracked(
      createReordered(0, 4).map((packet) => ({ ...packet, data: unit })),
    );
    const [sounds, soundsTrack] = tracked(
      [0, 1920, 3840].map((pts) => ({ pid: 257, pts, data: unit })),
    );

    const packets = await interleavePackets(pictures, sounds).take(5).toArray();

    expect(packets.map((packet) => packet.dts ?? packet.pts)).toEqual([
      0, 0, 1920, 3600, 3840,
    ]);
    expect(picturesTrack).toMatchObject({ closed: 1, open: 0 });
    expect(soundsTrack).toMatchObject({ open: 0 });
  });
});

const packetOfAudio: TransportStreamInput = {
  pid: 257,
  pts: 0,
  data: Uint8Array.of(1),
};

/** Pictures of 25 Hz, of which every third is presented before those before it. */
function createReordered(start: number, count: number): TransportStreamInput[] {
  return Array.from({ length: count }, (_, index) => ({
    pid: 256,
    dts: start + index * 3600,
    pts: start + index * 3600 + ([3600, 14_400, 7200][index % 3] ?? 0),
    data: Uint8Array.of(0, 0, 0, 1, 9, 0xf0, 0, 0, 0, 1, 0x41, index & 255),
    isRandomAccess: index === 0,
    isDiscontinuous: index === 0,
  }));
}

function arbitraryPackets(): fc.Arbitrary<TransportStreamInput[]> {
  const start = Uint8Array.of(0, 0, 0, 1, 9, 0xf0, 0, 0, 0, 1);
  const packet = fc.record({
    pid: fc.constantFrom(256, 257, 300),
    step: fc.integer({ min: 0, max: 90_000 * 9 }),
    delay: fc.integer({ min: 0, max: 90_000 }),
    data: fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      fc.uint8Array({ minLength: 180, maxLength: 190 }),
    ),
    isRandomAccess: fc.boolean(),
    hasTime: fc.boolean(),
  });
  return fc
    .tuple(
      fc.integer({ min: -58 * 90_000, max: WRAP - 90 * 90_000 }),
      fc.array(packet, { maxLength: 30 }),
    )
    .map(([first, steps]) => {
      const begun = new Set<number>();
      let dts = first;
      return steps.map((step) => {
        const { pid, delay, isRandomAccess } = step;
        dts += step.step;
        const isDiscontinuous = !begun.has(pid);
        begun.add(pid);
        const isVideo = pid === 256;
        const hasTime = begun.size === 1 || isVideo || step.hasTime;
        return {
          pid,
          pts: hasTime ? dts + (isVideo ? delay : 0) : undefined,
          dts: hasTime ? dts : undefined,
          data: isVideo
            ? Uint8Array.from([...start, 0x41, ...step.data])
            : step.data,
          isRandomAccess,
          isDiscontinuous,
        };
      });
    });
}

async function write(
  packets: TransportStreamInput[],
  options: TransportStreamWriterOptions,
): Promise<Uint8Array> {
  return join(await writeTransportStream(packets, options).toArray());
}

function read(pieces: Uint8Array[]): Promise<TransportStreamItem[]> {
  return readTransportStream(pieces).toArray();
}

function toInputs(
  items: readonly TransportStreamItem[],
  pid: number,
): Pick<
  TransportStreamPacket,
  "pid" | "pts" | "dts" | "data" | "isRandomAccess" | "isDiscontinuous"
>[] {
  return items
    .filter((item) => item.kind === "packet")
    .filter((packet) => packet.pid === pid)
    .map(({ pid, pts, dts, data, isRandomAccess, isDiscontinuous }) => ({
      pid,
      pts,
      dts,
      data,
      isRandomAccess,
      isDiscontinuous,
    }));
}

function byTime(
  [, one = 0]: (number | undefined)[],
  [, other = 0]: (number | undefined)[],
): number {
  return one - other;
}
