import {
  decodeAacConfig,
  decodeOpusHead,
  encodeAacConfig,
  encodeOpusHead,
  findAudioCodec,
  findCodecParameter,
  findCodedAudioFormat,
  findCodedVideoFormat,
  findVideoCodec,
  getOpusSamples,
  joinAdts,
  parseAc3Header,
  parseMpegAudioHeader,
  splitAdts,
  toAacConfig,
  toAdts,
} from "@sluice/media";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";

const rates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000,
  12_000, 11_025, 8_000, 7_350,
];

const frame = fc.record({
  data: fc.uint8Array({ maxLength: 300 }),
  header: fc.record({
    mpegVersion: fc.constantFrom(2 as const, 4 as const),
    objectType: fc.integer({ min: 1, max: 4 }),
    sampleRate: fc.constantFrom(...rates),
    channelConfiguration: fc.integer({ min: 1, max: 7 }),
    flags: fc.integer({ min: 0, max: 31 }),
    bufferFullness: fc.integer({ min: 0, max: 0x7ff }),
    checksum: fc.option(fc.integer({ min: 0, max: 0xffff }), {
      nil: undefined,
    }),
  }),
});

describe("splitAdts()", () => {
  it("gives the frames that were joined, their checksums included", () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 5 }), (frames) => {
        const bytes = join(frames.map(joinAdts));
        const found = splitAdts(bytes);
        expect(found).toEqual(
          frames.map(({ data, header }) => ({
            data,
            header: expect.objectContaining(header) as unknown,
          })),
        );
        expect(join(found.map(joinAdts))).toEqual(bytes);
      }),
    );
  });

  const whole = [0xff, 0xf1, 0x4c, 0x80, 1, 0x3f, 0xfc, 7, 8];

  it.each([
    ["another byte", [...whole, 0xfe, ...whole], "MEDIA_MALFORMED", 9],
    ["a frame cut off", whole.slice(0, 8), "MEDIA_TRUNCATED", 8],
    ["a header cut off", whole.slice(0, 5), "MEDIA_TRUNCATED", 5],
    ["rate 15", [0xff, 0xf1, 0x7c, 0x80, 1, 0x3f, 0xfc], "MEDIA_MALFORMED", 2],
    ["no channels", [0xff, 0xf1, 0x4c, 0, 1, 0x3f, 0xfc], "MEDIA_MALFORMED", 3],
    [
      "two blocks",
      [0xff, 0xf1, 0x4c, 0x80, 1, 0x3f, 0xfd],
      "MEDIA_MALFORMED",
      6,
    ],
    ["length 6", [0xff, 0xf1, 0x4c, 0x80, 0, 0xdf, 0xfc], "MEDIA_MALFORMED", 6],
  ])("fails on %s", (_what, bytes, code, offset) => {
    expect(() => splitAdts(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code, offset }),
    );
  });
});

describe("toAdts()", () => {
  it("undoes splitAdts() with the configuration of a plain header", () => {
    fc.assert(
      fc.property(frame, ({ data, header }) => {
        const plain = {
          ...header,
          mpegVersion: 4 as const,
          flags: 0,
          bufferFullness: 0x7ff,
          checksum: undefined,
        };
        const bytes = joinAdts({ data, header: plain });
        const [found] = splitAdts(bytes);
        if (found === undefined) throw new Error("there is no frame");
        expect(toAdts(found.data, toAacConfig(found.header))).toEqual(bytes);
      }),
    );
  });

  it("refuses what ADTS cannot say", () => {
    const config = encodeAacConfig({
      coreSampleRate: 47_999,
      channelConfiguration: 2,
    });

    expect(() => toAdts(Uint8Array.of(1), config)).toThrow(RangeError);
    const right = encodeAacConfig({
      coreSampleRate: 48_000,
      channelConfiguration: 2,
    });
    expect(() => toAdts(new Uint8Array(8185), right)).toThrow(RangeError);
    const surround = encodeAacConfig({
      coreSampleRate: 48_000,
      channelConfiguration: 12,
    });
    expect(() => toAdts(Uint8Array.of(1), surround)).toThrow(RangeError);
  });
});

describe("decodeAacConfig()", () => {
  it("reads what encodeAacConfig() writes", () => {
    const rate = fc.oneof(
      fc.constantFrom(...rates),
      fc.integer({ min: 1, max: 2 ** 23 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(2, 5, 29),
        rate,
        fc.integer({ min: 1, max: 7 }),
        (objectType, coreSampleRate, channelConfiguration) => {
          const bytes = encodeAacConfig({
            objectType,
            coreSampleRate,
            channelConfiguration,
          });
          const factor = objectType === 2 ? 1 : 2;
          expect(decodeAacConfig(bytes)).toMatchObject({
            objectType,
            coreObjectType: 2,
            coreSampleRate,
            sampleRate: coreSampleRate * factor,
            channelConfiguration,
            frameSamples: 1024 * factor,
          });
        },
      ),
    );
  });

  it.each([
    ["low complexity", "1190", { sampleRate: 48_000, channels: 2 }],
    ["frames of 960", "1194", { frameSamples: 960 }],
    [
      "SBR told at the start",
      "2b8a0800",
      { objectType: 5, sampleRate: 44_100, coreSampleRate: 22_050 },
    ],
    [
      "SBR told behind",
      "131056e598",
      {
        objectType: 5,
        coreSampleRate: 24_000,
        sampleRate: 48_000,
        frameSamples: 2048,
      },
    ],
    [
      "PS told behind",
      "130856e59d4880",
      { objectType: 29, channels: 2, channelConfiguration: 1 },
    ],
    ["a rate written out", "17800bb810", { sampleRate: 6000, channels: 2 }],
  ])("reads %s", (_what, hex, config) => {
    expect(decodeAacConfig(Buffer.from(hex, "hex"))).toMatchObject(config);
  });

  it("fails on one that is cut off, and on a rate that there is not", () => {
    expect(() => decodeAacConfig(Uint8Array.of(0x11))).toThrow(
      expect.objectContaining({ code: "MEDIA_TRUNCATED", offset: 1 }),
    );
    expect(() => decodeAacConfig(Uint8Array.of(0x16, 0x90))).toThrow(
      expect.objectContaining({ code: "MEDIA_MALFORMED" }),
    );
  });
});

describe("decodeOpusHead()", () => {
  it("reads what encodeOpusHead() writes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 0xffff }),
        fc.integer({ min: -0x8000, max: 0x7fff }),
        (channels, preSkip, outputGain) => {
          const bytes = encodeOpusHead({ channels, preSkip, outputGain });
          const head = decodeOpusHead(bytes);
          expect(head).toMatchObject({ channels, preSkip, outputGain });
          expect(encodeOpusHead(head)).toEqual(bytes);
        },
      ),
    );
  });

  it("refuses what is none, or cut off, or without channels", () => {
    const bytes = encodeOpusHead({ channels: 6 });
    const silent = bytes.slice();
    silent[9] = 0;

    expect(() => decodeOpusHead(bytes.subarray(1))).toThrow("OpusHead");
    expect(() => decodeOpusHead(bytes.subarray(0, 24))).toThrow(
      expect.objectContaining({ code: "MEDIA_TRUNCATED", offset: 24 }),
    );
    expect(() => decodeOpusHead(silent)).toThrow("no channels");
    expect(() => encodeOpusHead({ channels: 9 })).toThrow(RangeError);
    expect(() => encodeOpusHead({ channels: 0 })).toThrow(RangeError);
  });
});

describe("getOpusSamples()", () => {
  it.each([
    [[0xfc], 960],
    [[0x00], 480],
    [[0x19], 5760],
    [[0x83, 0x05], 600],
    [[0x60], 480],
  ])("tells of %j that it has %i", (packet, samples) => {
    expect(getOpusSamples(Uint8Array.from(packet))).toBe(samples);
  });

  it.each([[[]], [[0x83]], [[0x83, 0]], [[0xfb, 63]]])(
    "fails on %j",
    (packet) => {
      expect(() => getOpusSamples(Uint8Array.from(packet))).toThrow(
        expect.objectContaining({ code: "MEDIA_MALFORMED" }),
      );
    },
  );
});

describe("headers of frames", () => {
  it("fails where there is none", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12, max: 0x0a }), (bytes) => {
        const expected: unknown = expect.objectContaining({
          name: "FormatError",
        });
        expect(() => parseMpegAudioHeader(bytes)).toThrow(expected);
        expect(() => parseAc3Header(bytes)).toThrow(expected);
      }),
    );
  });

  it("reads layer I and the low rates", () => {
    // 384 samples at 48 kHz and 448 kbit/s; 576 at 22.05 kHz and 64 kbit/s, one channel.
    const one = parseMpegAudioHeader(Uint8Array.of(0xff, 0xff, 0xe4, 0));
    const low = parseMpegAudioHeader(Uint8Array.of(0xff, 0xf3, 0x80, 0xc0));

    expect(one).toMatchObject({ layer: 1, samples: 384, frameBytes: 448 });
    expect(low).toMatchObject({
      layer: 3,
      samples: 576,
      sampleRate: 22_050,
      channels: 1,
      frameBytes: 208,
    });
  });
});

describe("names of codecs", () => {
  it("lead from each format to itself", () => {
    for (const format of [
      "H264",
      "H265",
      "VP8",
      "VP9",
      "AV1",
      "PRORES",
      "MPEG2",
      "MJPEG",
      "DNxHD",
      "VC2",
      "DV",
    ] as const) {
      expect(findCodedVideoFormat(findVideoCodec(format) ?? "")).toBe(format);
    }
    for (const format of [
      "AAC",
      "OPUS",
      "MP3",
      "FLAC",
      "VORBIS",
      "AC3",
      "EAC3",
    ] as const) {
      expect(findCodedAudioFormat(findAudioCodec(format) ?? "")).toBe(format);
    }
  });

  it("take capitals, and know nothing of others", () => {
    expect(findCodedVideoFormat("Video/H264")).toBe("H264");
    expect(findCodedVideoFormat("video/raw")).toBeUndefined();
    expect(findCodedAudioFormat("audio/x-raw-int")).toBeUndefined();
    expect(findVideoCodec("0x123")).toBeUndefined();
    expect(findAudioCodec("0x123")).toBeUndefined();
  });

  it("tell whole numbers from floating ones", () => {
    expect(findAudioCodec("S24_INTERLEAVED")).toBe("audio/x-raw-int");
    expect(findAudioCodec("U8_INTERLEAVED")).toBe("audio/x-raw-int");
    expect(findAudioCodec("DOUBLE_PLANES")).toBe("audio/x-raw-float");
  });

  it("have no detail where none is known", () => {
    expect(findCodecParameter("video/vp9", new Uint8Array(0))).toBeUndefined();
  });
});
