import {
  FormatError,
  openTransportStreamContainer,
  readTransportStream,
  splitLengthPrefixed,
  writeTransportStream,
  type Grain,
  type TrackLoss,
  type TransportStreamContainerOptions,
  type TransportStreamInput,
  type TransportStreamTrack,
} from "@sluice/media";
import { Rate } from "@sluice/time";
import { asyncWith, ClosedError } from "sluice";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";
import { errorOf } from "../support/error-of.ts";

const ticks = Rate.of(90_000);
const h264: TransportStreamTrack = { pid: 256, codec: "h264" };
const aac: TransportStreamTrack = { pid: 257, codec: "aac-adts" };

const code = Uint8Array.of(0, 0, 1);
/** 320 by 180, 25 in a second, as frames and as fields. */
const [sps, fieldSps] = [makeSps(false), makeSps(true)];
const pps = Uint8Array.of(0x68, 0xeb, 0xc4, 0xb2, 0x2c);
const delimiter = Uint8Array.of(9, 0xf0);

/** Makes a picture that no decoder would take: only its first bits are right. */
function picture(name: number, isKey = false): Uint8Array {
  const header = isKey ? [0x65, 0x88] : [0x41, 0x9a];
  return Uint8Array.of(...header, 0x40 + name, 0, 0, 3, 1, 0x80);
}

/** Gives as many access units, the first of them a key frame. */
function listUnits(count: number): Uint8Array[][] {
  return Array.from({ length: count }, (_, index) => [
    delimiter,
    ...(index === 0 ? [sps, pps] : []),
    picture(index, index === 0),
    // The same picture goes on.
    Uint8Array.of(0x41, 0x1a, 0x40 + index, 0x80),
  ]);
}

function toAnnexB(units: readonly Uint8Array[]): Uint8Array {
  return join(units.flatMap((unit) => [code, unit]));
}

/** Makes frames of AAC in ADTS, of 6 bytes of sound each. */
function listFrames(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) =>
    Uint8Array.of(
      ...[0xff, 0xf1, 0x4c, 0x80, 1, 0xbf, 0xfc],
      index,
      1,
      2,
      3,
      4,
      5,
    ),
  );
}

async function write(
  packets: readonly TransportStreamInput[],
  streams: readonly TransportStreamTrack[],
): Promise<Uint8Array> {
  const options = { streams, delimiters: "keep" } as const;
  return join(await writeTransportStream(packets, options).toArray());
}

async function read(
  file: Uint8Array,
  options?: TransportStreamContainerOptions,
): Promise<readonly Grain[]> {
  return asyncWith(
    openTransportStreamContainer(file, options),
    async ({ tracks }) => (await tracks[0]?.getGrains().toArray()) ?? [],
  );
}

const ptsOf = ({ originTimestamp }: Grain) => originTimestamp.toCount(ticks);
const unitsOf = ({ data }: Grain) => splitLengthPrefixed(data);

describe("pictures of MPEG-TS", () => {
  it("are whole, however they are spread over packets", async () => {
    const units = listUnits(6);
    const starts = units.map(
      (_, index) => toAnnexB(units.slice(0, index).flat()).length,
    );
    const bytes = toAnnexB(units.flat());
    const places = fc.uniqueArray(
      fc.integer({ min: 4, max: bytes.length - 1 }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(places, async (cuts) => {
        const edges = [0, ...cuts, bytes.length].sort((a, b) => a - b);
        const packets = edges.slice(0, -1).map((from, index) => {
          const to = edges[index + 1] ?? bytes.length;
          // The time of a packet is that of the first picture that begins in it.
          const first = starts.findIndex(
            (start) => start >= from && start < to,
          );
          const pts = first < 0 ? undefined : first * 3600;
          return { pid: 256, pts, data: bytes.slice(from, to) };
        });

        const grains = await read(await write(packets, [h264]));

        expect(grains.map(unitsOf)).toEqual(units);
        expect(grains.map(ptsOf)).toEqual(
          units.map((_, index) => index * 3600),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("have their second field with them", async () => {
    // Slices: first macroblock 0, kind 7, set 0, number (4 bits), field, bottom.
    const frames = [
      { number: 0, fields: [0, 1] },
      { number: 1, fields: [1, 0] },
      { number: 2, fields: [0] },
      { number: 3, fields: [0, 1] },
    ];
    const packets = frames.flatMap(({ number, fields }, index) =>
      fields.map((bottom, place) => ({
        pid: 256,
        pts: index * 3600 + place * 1800,
        data: toAnnexB([
          delimiter,
          ...(index + place === 0 ? [fieldSps, pps] : []),
          field(number, bottom),
        ]),
      })),
    );

    const grains = await read(await write(packets, [h264]));

    expect(grains.map(ptsOf)).toEqual([0, 3600, 7200, 10_800]);
    expect(
      grains.map(
        (grain) => unitsOf(grain).filter(([type]) => type === 0x41).length,
      ),
    ).toEqual([2, 2, 1, 2]);
  });

  it("fail where a time is missing and cannot be counted", async () => {
    const [first = [], second = []] = listUnits(2);
    const data = toAnnexB([...first, ...second]);
    const packets = [{ pid: 256, pts: 3600, dts: 0, data }];

    const error = await errorOf(read(await write(packets, [h264])));

    expect(error).toBeInstanceOf(FormatError);
    expect(error).toHaveProperty(
      "message",
      expect.stringContaining("a picture has no time"),
    );
  });
});

describe("sound of MPEG-TS", () => {
  it("is cut into frames, however they are spread over packets", async () => {
    const frames = listFrames(20);
    const bytes = join(frames);
    const places = fc.uniqueArray(
      fc.integer({ min: 1, max: bytes.length - 1 }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(places, async (cuts) => {
        const edges = [0, ...cuts, bytes.length].sort((a, b) => a - b);
        const packets = edges.slice(0, -1).map((from, index) => ({
          pid: 257,
          // 1024 samples at 48 kHz.
          pts: Math.ceil(from / 13) * 1920,
          data: bytes.slice(from, edges[index + 1]),
        }));

        const grains = await read(await write(packets, [aac]));

        expect(grains.map(({ data }) => data)).toEqual(
          frames.map((frame) => frame.slice(7)),
        );
        expect(grains.map(ptsOf)).toEqual(
          frames.map((_, index) => index * 1920),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("follows packets that are off by more than a frame, and no others", async () => {
    const frames = listFrames(6);
    const times = [0, 1920 + 500, 3840 - 700, 9000, 9000 + 1920, 9000 + 3840];
    const packets = frames.map((data, index) => ({
      pid: 257,
      pts: times[index],
      data,
    }));

    const grains = await read(await write(packets, [aac]));

    expect(grains.map(ptsOf)).toEqual([0, 1920, 3840, 9000, 10_920, 12_840]);
  });

  it("begins with the first whole frame", async () => {
    const [first = new Uint8Array(0), ...others] = listFrames(4);
    const losses: TrackLoss[] = [];
    const data = join([first.slice(5), ...others]);

    const grains = await read(
      await write([{ pid: 257, pts: 1920, data }], [aac]),
      { onLoss: (loss) => losses.push(loss) },
    );

    expect(grains.map(ptsOf)).toEqual([1920, 3840, 5760]);
    expect(losses).toMatchObject([{ trackNumber: 257, bytes: 8 }]);
  });
});

describe("losses of MPEG-TS", () => {
  /** Ten pictures of several packets each, of which a packet of the fifth is missing. */
  async function damage(): Promise<Uint8Array> {
    const packets = listUnits(10).map((units, index) => ({
      pid: 256,
      pts: index * 3600,
      data: toAnnexB([...units, new Uint8Array(800).fill(0x0c)]),
    }));
    const file = await write(packets, [h264]);
    const items = await readTransportStream([file]).toArray();
    const fifth = items.filter((item) => item.kind === "packet")[4];
    const at = (fifth?.offset ?? 0) + 188;
    return join([file.subarray(0, at), file.subarray(at + 188)]);
  }

  it.each(["decode", "presentation"] as const)(
    "fail behind all pictures before them, in the order of %s",
    async (order) => {
      const grains: Grain[] = [];

      const error = await errorOf(
        asyncWith(
          openTransportStreamContainer(await damage()),
          async ({ tracks }) => {
            await tracks[0]?.getGrains({ order }).forEach((grain) => {
              grains.push(grain);
            });
          },
        ),
      );

      expect(grains.map(ptsOf)).toEqual([0, 3600, 7200, 10_800]);
      expect(error).toMatchObject({
        code: "MEDIA_MALFORMED",
        format: "MPEG-TS",
      });
    },
  );

  it("are left out and told, if that is wanted", async () => {
    const losses: TrackLoss[] = [];

    const grains = await read(await damage(), {
      losses: "skip",
      onLoss: (loss) => losses.push(loss),
    });

    expect(grains.map(ptsOf)).toEqual(
      [0, 1, 2, 3, 5, 6, 7, 8, 9].map((index) => index * 3600),
    );
    expect(losses.map(({ problem }) => problem)).toEqual([
      "1 packets or more are missing",
      "a picture lacks bytes",
    ]);
  });

  it("of sound leave out the frames of a packet", async () => {
    const frames = listFrames(60);
    const packets = [0, 1, 2].map((index) => ({
      pid: 257,
      pts: index * 20 * 1920,
      data: join(frames.slice(index * 20, index * 20 + 20)),
    }));
    const file = await write(packets, [aac]);
    const second = (await readTransportStream([file]).toArray()).filter(
      (item) => item.kind === "packet",
    )[1];
    // The first packets of a PID bring tables along, the second are all sound.
    const at = second?.offset ?? 0;
    const damaged = join([file.subarray(0, at + 188), file.subarray(at + 376)]);

    const grains = await read(damaged, { losses: "skip" });

    expect(grains.map(ptsOf)).toEqual(
      [
        ...Array(20).keys(),
        ...Array.from({ length: 20 }, (_, i) => 40 + i),
      ].map((index) => index * 1920),
    );
    await expect(read(damaged)).rejects.toThrow(FormatError);
  });
});

describe("pictures of MPEG-TS in the order of presentation", () => {
  it("are given as soon as nothing can come before them, and fail if it does", async () => {
    const times = [
      { pts: 3600, dts: 0 },
      { pts: 14_400, dts: 3600 },
      { pts: 7200, dts: 7200 },
      { pts: 10_800, dts: 10_800 },
    ];
    const packets = listUnits(4).map((units, index) => ({
      pid: 256,
      ...times[index],
      data: toAnnexB(units),
    }));
    const file = await write(packets, [h264]);
    const grains: Grain[] = [];

    const error = await errorOf(
      // Times begin anew in the middle.
      asyncWith(
        openTransportStreamContainer(join([file, file])),
        async ({ tracks }) => {
          await tracks[0]
            ?.getGrains({ order: "presentation" })
            .forEach((grain) => {
              grains.push(grain);
            });
        },
      ),
    );

    expect(grains.map(ptsOf)).toEqual([3600, 7200, 10_800, 14_400]);
    expect(error).toMatchObject({
      code: "MEDIA_MALFORMED",
      format: "pictures",
    });
  });
});

describe("openTransportStreamContainer()", () => {
  it("tells which streams are no tracks", async () => {
    const [units = []] = listUnits(1);
    const file = await write(
      [{ pid: 256, pts: 0, data: toAnnexB(units) }],
      [
        h264,
        aac,
        { pid: 258, codec: "aac-latm" },
        { pid: 259, codec: "id3", language: "deu" },
      ],
    );

    await asyncWith(
      openTransportStreamContainer(file),
      ({ tracks, unread, contentType }) => {
        expect(contentType).toBe("video/mp2t");
        expect(tracks.map(({ number }) => number)).toEqual([256, 259]);
        expect(tracks.map(({ timescale }) => timescale)).toEqual([
          90_000, 90_000,
        ]);
        expect(tracks[0]?.essence).toMatchObject({
          kind: "video",
          codecParameter: "avc1.4d400c",
          frameWidth: 320,
          frameHeight: 180,
        });
        expect(tracks[1]?.language).toBe("deu");
        expect(unread).toEqual([
          {
            pid: 257,
            streamType: 15,
            codec: "aac-adts",
            reason: "nothing-seen",
          },
          {
            pid: 258,
            streamType: 17,
            codec: "aac-latm",
            reason: "unsupported",
          },
        ]);
      },
    );
  });

  it("gives metadata as data", async () => {
    const id3 = { pid: 259, codec: "id3" } as const;
    const data = Uint8Array.of(0x49, 0x44, 0x33);
    const file = await write([{ pid: 259, pts: 1800, data }], [id3]);

    const [grain] = await read(file);

    expect(grain).toMatchObject({ kind: "data", format: "0x15", data });
    expect(grain && ptsOf(grain)).toBe(1800);
  });

  it("gives the ids that are wanted, and else the same at each call", async () => {
    const packets = [{ pid: 257, pts: 0, data: join(listFrames(3)) }];
    const ids = {
      sourceId: "49578552-fb9e-4d3e-a197-3e3c437a895d",
      flowId: "6e55f251-f75a-4d56-b3af-edb8b7993c3c",
    };

    await asyncWith(
      openTransportStreamContainer(await write(packets, [aac])),
      async ({ tracks: [track] }) => {
        const [wanted] = (await track?.getGrains({ ids }).toArray()) ?? [];
        const [first] = (await track?.getGrains().toArray()) ?? [];
        const [again] = (await track?.getGrains().toArray()) ?? [];
        expect(wanted).toMatchObject(ids);
        expect(first?.flowId).toBe(again?.flowId);
        expect(first?.flowId).not.toBe(ids.flowId);
      },
    );
  });

  it("gives nothing once it is closed", async () => {
    const packets = [{ pid: 257, pts: 0, data: join(listFrames(3)) }];
    const file = await write(packets, [aac]);

    const track = await asyncWith(
      openTransportStreamContainer(file),
      ({ tracks }) => tracks[0],
    );

    await expect(track?.getGrains().toArray()).rejects.toThrow(ClosedError);
  });

  it("refuses what is no transport stream, and limits that are none", async () => {
    const noise = new Uint8Array(2 ** 20 + 1000).fill(7);

    await expect(read(noise)).rejects.toThrow(FormatError);
    expect(() =>
      openTransportStreamContainer(noise, { probeBytes: 0 }),
    ).toThrow(RangeError);
    expect(() =>
      openTransportStreamContainer(noise, { maxPacketBytes: 0.5 }),
    ).toThrow(RangeError);
  });
});

/** Writes numbers as bits: those of Exp-Golomb code as `ue`, others as they are. */
function bits(
  ...parts: readonly (string | { readonly ue: number })[]
): Uint8Array {
  const text = parts
    .map((part) => {
      if (typeof part === "string") return part;
      const value = (part.ue + 1).toString(2);
      return "0".repeat(value.length - 1) + value;
    })
    .join("");
  const padded = `${text}1`.padEnd(Math.ceil((text.length + 1) / 8) * 8, "0");
  return Uint8Array.from(padded.match(/.{8}/g) ?? [], (byte) =>
    parseInt(byte, 2),
  );
}

/** Source: Rec. ITU-T H.264, 7.3.2.1.1. */
function makeSps(isInterlaced: boolean): Uint8Array {
  // Its number, bits of frame numbers, order, references, gaps.
  const start = [{ ue: 0 }, { ue: 0 }, { ue: 2 }, { ue: 1 }, "0"];
  const size = isInterlaced
    ? [{ ue: 19 }, { ue: 5 }, "00"]
    : [{ ue: 19 }, { ue: 11 }, "1"];
  // The last 12 of 192 lines are not shown.
  const edges = [{ ue: 0 }, { ue: 0 }, { ue: 0 }, { ue: isInterlaced ? 3 : 6 }];
  // Of the VUI only times: 50 fields in a second, in bytes that are never 0.
  const units = "00000001".repeat(4);
  const ticks = "00110010".repeat(4);
  const usability = ["0000", "1", units, ticks, "1", "0000"];
  const rest = bits(...start, ...size, "1", "1", ...edges, "1", ...usability);
  return join([Uint8Array.of(0x67, 77, 0x40, 12), rest]);
}

function field(number: number, bottom: number): Uint8Array {
  const slice = bits(
    { ue: 0 },
    { ue: 7 },
    { ue: 0 },
    number.toString(2).padStart(4, "0"),
    "1",
    String(bottom),
    "1111",
  );
  return join([Uint8Array.of(0x41), slice]);
}
