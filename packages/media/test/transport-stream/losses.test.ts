import fc from "fast-check";
import {
  FormatError,
  readTransportStream,
  writeTransportStream,
  type TransportStreamItem,
  type TransportStreamLoss,
  type TransportStreamPacket,
  type TransportStreamReaderOptions,
} from "@sluice/media";
import { tracked } from "sluice/testing";
import { describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";

const PACKET = 188;
/** The first packet of the unit with this number: two of tables are before all. */
const unitAt = (unit: number) => (2 + unit * 4) * PACKET;

describe("readTransportStream(), where bytes are lost or put in,", () => {
  it("finds the next packets, and tells the bytes between", async () => {
    const file = await createFile();
    const inserted = join([
      file.slice(0, unitAt(2)),
      new Uint8Array(100),
      file.slice(unitAt(2)),
    ]);

    const items = await read(inserted);

    // The packet before does not end where it should, so it is not trusted.
    const from = unitAt(2) - PACKET;
    expect(lossesOf(items)).toEqual([
      toLoss("sync", from, PACKET + 100),
      toLoss("continuity", unitAt(2) + 100, 0, 256, 1),
    ]);
    expect(packetsOf(items).map(({ isComplete }) => isComplete)).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
  });

  it("gives all that is whole, whatever is lost, and marks the rest", async () => {
    const file = await createFile();
    const whole = packetsOf(await read(file));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: unitAt(1) + PACKET, max: unitAt(3) }),
        fc.integer({ min: 0, max: 3 * PACKET }),
        fc.array(fc.constantFrom(0, 1, 0xff), { maxLength: 400 }),
        async (at, lost, extra) => {
          // What keeps the rhythm of the packets cannot be noticed.
          fc.pre(lost === 0 || (extra.length - lost) % PACKET !== 0);
          fc.pre(extra.length % PACKET !== 0 || extra.length === 0);
          const damaged = join([
            file.slice(0, at),
            Uint8Array.from(extra),
            file.slice(at + lost),
          ]);

          const items = await read(damaged);

          const complete = packetsOf(items).filter((item) => item.isComplete);
          const times = complete.map(({ pts }) => pts);
          for (const packet of complete) {
            const original = whole.find(({ pts }) => pts === packet.pts);
            expect(packet.data).toEqual(original?.data);
          }
          expect(times).toContain(whole[0]?.pts);
          expect(times).toContain(whole[4]?.pts);
          const isHarmless = lost === 0 && extra.length === 0;
          expect(lossesOf(items).length > 0).toBe(!isHarmless);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it("uses a packet before one whose first byte alone is wrong", async () => {
    const file = await createFile();
    file[unitAt(2)] = 0;

    const items = await read(file);

    expect(lossesOf(items)).toEqual([
      toLoss("sync", unitAt(2), PACKET),
      toLoss("continuity", unitAt(2) + PACKET, 0, 256, 1),
      toLoss("start", unitAt(2) + PACKET, 538, 256),
    ]);
    expect(packetsOf(items).map(({ pts }) => pts)).toEqual([
      0, 3600, 10_800, 14_400,
    ]);
  });

  it("tells packets that are missing on a PID", async () => {
    const file = await createFile();
    const at = unitAt(1) + PACKET;
    const short = join([file.slice(0, at), file.slice(at + 2 * PACKET)]);

    const items = await read(short);

    expect(lossesOf(items)).toEqual([toLoss("continuity", at, 0, 256, 2)]);
    expect(packetsOf(items)[1]).toMatchObject({ pts: 3600, isComplete: false });
  });

  it("leaves out a packet that is sent twice, and tells the third", async () => {
    const file = await createFile();
    const at = unitAt(1) + PACKET;
    const twice = file.slice(at, at + PACKET);
    const repeat = (times: number) =>
      read(
        join([
          file.slice(0, at),
          ...Array.from({ length: times }, () => twice),
          file.slice(at + PACKET),
        ]),
      );

    expect(packetsOf(await repeat(2))).toHaveLength(5);
    expect(lossesOf(await repeat(2))).toEqual([]);
    expect(lossesOf(await repeat(3))[0]).toMatchObject({
      reason: "continuity",
    });
  });

  it("joins a stream in the middle, and says what had no beginning", async () => {
    const file = await createFile();
    const tables = file.slice(0, 2 * PACKET);
    const middle = join([tables, file.slice(unitAt(1) + PACKET)]);

    const items = await read(middle);

    expect(lossesOf(items)).toMatchObject([
      { reason: "start", offset: 2 * PACKET, pid: 256 },
    ]);
    expect(packetsOf(items).map(({ pts }) => pts)).toEqual([
      7200, 10_800, 14_400,
    ]);
  });

  it("tells a packet that the end cuts off", async () => {
    const file = await createFile();

    const items = await read(file.slice(0, -100));

    expect(lossesOf(items)).toEqual([toLoss("end", file.length - PACKET, 88)]);
    expect(packetsOf(items).at(-1)).toMatchObject({ isComplete: false });
  });

  it("tells tables whose checksum is wrong, and reads the next", async () => {
    const file = await createFile();
    file[PACKET + 20] = 0xaa;
    const both = join([file, await createFile()]);

    const items = await read(both);

    expect(lossesOf(items)).toMatchObject([
      { reason: "section", offset: PACKET, pid: 4096, bytes: 21 },
    ]);
    expect(items.filter(({ kind }) => kind === "program")).toHaveLength(1);
    expect(packetsOf(items)).toHaveLength(10);
  });

  it("keeps to the times around one that is wrong", async () => {
    const file = await createFile();
    // The highest bits of the third unit's PTS.
    const at = file.indexOf(0x21, unitAt(2) + 20);
    file[at] = 0x2f;

    const items = await read(file);

    const times = packetsOf(items).map(({ pts }) => pts);
    expect(times.toSpliced(2, 1)).toEqual([0, 3600, 10_800, 14_400]);
    expect(times[2]).not.toBe(7200);
  });

  it.each([
    ["flagged", 1, 0x80, 0],
    ["scrambled", 3, 0x80, 0],
    ["packet", 3, 0, 0x10],
  ] as const)("tells what is %s", async (reason, at, set, clear) => {
    const file = await createFile();
    const place = unitAt(2) + PACKET + at;
    file[place] = ((file[place] ?? 0) | set) & ~clear;

    const items = await read(file);

    expect(lossesOf(items)[0]).toMatchObject({
      reason,
      offset: unitAt(2) + PACKET,
      pid: 256,
    });
  });

  it("tells a packet with a header that cannot be right", async () => {
    const file = await createFile();
    const at = file.indexOf(0x21, unitAt(2) + 20);
    file[at] = 0x91;

    const items = await read(file);

    expect(lossesOf(items)).toMatchObject([
      { reason: "header", offset: unitAt(2), pid: 256 },
    ]);
    expect(packetsOf(items)).toHaveLength(4);
  });

  it("loses a packet above the limit, and holds no more than that", async () => {
    const file = await createFile();

    const items = await read(file, { maxPacketBytes: 600 });

    expect(packetsOf(items)).toEqual([]);
    expect(lossesOf(items)).toHaveLength(5);
    expect(lossesOf(items)[0]).toMatchObject({ reason: "size", pid: 256 });
  });

  it("holds no more than the limit of a packet that never ends", async () => {
    const maxPacketBytes = 2 ** 20;
    const begin = (await createFile()).slice(0, 3 * PACKET);
    // Of no given length, and without a beginning from there on.
    begin.set([0, 0], begin.indexOf(0xe0, 2 * PACKET) + 1);
    let most = 0;
    const source = function* () {
      yield begin;
      for (let packet = 0, counter = 1; packet < 8 * 5578;) {
        const part = new Uint8Array(5578 * PACKET);
        for (let at = 0; at < part.length; at += PACKET, packet++) {
          part.set([0x47, 1, 0, 0x10 | (counter++ & 15)], at);
        }
        gc?.();
        most = Math.max(most, process.memoryUsage().arrayBuffers);
        yield part;
      }
    };
    gc?.();
    const before = process.memoryUsage().arrayBuffers;

    const items = await readTransportStream(source(), {
      maxPacketBytes,
    }).toArray();

    expect(lossesOf(items).map(({ reason }) => reason)).toEqual(["size"]);
    expect(lossesOf(items)[0]?.bytes).toBeGreaterThan(8_000_000);
    expect(most - before).toBeLessThan(8 * maxPacketBytes);
  }, 60_000);

  it("reads packets of 192 and of 204 bytes", async () => {
    const file = await createFile();
    const packets = Array.from({ length: file.length / PACKET }, (_, index) =>
      file.slice(index * PACKET, (index + 1) * PACKET),
    );
    const timed = packets.map((packet) => join([new Uint8Array(4), packet]));
    const checked = packets.map((packet) => join([packet, new Uint8Array(16)]));
    const expected = packetsOf(await read(file)).map(({ data }) => data);

    for (const parts of [timed, checked]) {
      const items = await read(join(parts));

      expect(packetsOf(items).map(({ data }) => data)).toEqual(expected);
      expect(lossesOf(items)).toEqual([]);
    }
  });
});

describe("readTransportStream()", () => {
  it("gives nothing for no bytes", async () => {
    expect(await read(new Uint8Array())).toEqual([]);
  });

  it.each([
    ["MEDIA_MALFORMED", new Uint8Array(1000), "1000"],
    ["MEDIA_MALFORMED", new Uint8Array(2 ** 21).fill(1), "1048576"],
    ["MEDIA_TRUNCATED", Uint8Array.of(0x47, 0x40, 0), "3"],
  ])("fails with %s where there is no packet", async (code, bytes, looked) => {
    const [source, track] = tracked([bytes]);

    const items = readTransportStream(source).toArray();

    const error = await items.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({
      code,
      offset: 0,
      message: `Cannot read MPEG-TS at byte 0: there is no packet in the first ${looked} bytes`,
    });
    expect(track.open).toBe(0);
  });

  it("tells a map again when it changes, and what is open before that", async () => {
    const packet = { pid: 256, pts: 0, data: new Uint8Array(10) };
    const write = (pids: number[]) =>
      writeTransportStream([packet], {
        streams: pids.map((pid) => ({ pid, streamType: 2 })),
      }).toArray();
    const file = join([
      ...(await write([256])),
      ...(await write([256])),
      ...(await write([256, 300])),
    ]);

    const items = await read(file);

    expect(items.map(({ kind }) => kind)).toEqual([
      "programs",
      "program",
      "packet",
      "packet",
      "program",
      "packet",
    ]);
  });

  it("gives packets of a PID that no map has listed yet", async () => {
    const file = (await createFile()).slice(2 * PACKET);

    const packets = packetsOf(await read(file));

    expect(packets).toHaveLength(5);
    expect(packets[0]).toMatchObject({ pid: 256, streamType: undefined });
  });

  it("closes its source when it is left", async () => {
    const [source, track] = tracked([await createFile(), new Uint8Array(5)]);

    for await (const _ of readTransportStream(source)) break;

    expect(track).toMatchObject({ pulled: 1, closed: 1 });
  });

  it("does not keep the memory that it is given", async () => {
    const file = await createFile();
    const buffer = Buffer.alloc(300);
    const source = function* () {
      for (let at = 0; at < file.length; at += 300) {
        const part = file.subarray(at, at + 300);
        buffer.set(part);
        yield buffer.subarray(0, part.length);
      }
    };

    const items = await readTransportStream(source()).toArray();

    expect(packetsOf(items).map(({ data }) => data)).toEqual(
      packetsOf(await read(file)).map(({ data }) => data),
    );
  });

  it("refuses what is no bytes, and a limit that makes no sense", async () => {
    const texts: unknown[] = ["G"];

    await expect(
      readTransportStream(texts as Uint8Array[]).toArray(),
    ).rejects.toThrow(TypeError);
    expect(() => readTransportStream([], { maxPacketBytes: 0 })).toThrow(
      new RangeError(
        "Cannot take 0 as maxPacketBytes: it is no positive integer",
      ),
    );
    expect(() => readTransportStream(7 as unknown as Uint8Array[])).toThrow(
      TypeError,
    );
  });
});

/** Five units of video, of four packets each, without a byte that looks like a packet's first. */
async function createFile(): Promise<Uint8Array> {
  const packets = Array.from({ length: 5 }, (_, unit) => ({
    pid: 256,
    pts: unit * 3600,
    data: Uint8Array.from({ length: 700 }, (_, at) => (at * (unit + 3)) & 0x3f),
  }));
  const parts = await writeTransportStream(packets, {
    streams: [{ pid: 256, codec: "mpeg2-video" }],
    tableIntervalMs: 10_000,
  }).toArray();
  return join(parts);
}

function read(
  bytes: Uint8Array,
  options?: TransportStreamReaderOptions,
): Promise<TransportStreamItem[]> {
  return readTransportStream([bytes], options).toArray();
}

function packetsOf(
  items: readonly TransportStreamItem[],
): TransportStreamPacket[] {
  return items.filter((item) => item.kind === "packet");
}

function lossesOf(
  items: readonly TransportStreamItem[],
): TransportStreamLoss[] {
  return items.filter((item) => item.kind === "loss");
}

function toLoss(
  reason: TransportStreamLoss["reason"],
  offset: number,
  bytes: number,
  pid?: number,
  packets = 0,
): TransportStreamLoss {
  return { kind: "loss", reason, offset, bytes, pid, packets };
}
