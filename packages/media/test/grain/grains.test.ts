import {
  computeDataLength,
  computeVideoComponents,
  createAudioGrain,
  createCodedAudioGrain,
  createCodedVideoGrain,
  createDataGrain,
  createEmptyGrain,
  createVideoGrain,
  getMediaRate,
  getOriginTimeRange,
  getPresentationTimestamp,
  toTimeCode,
  type AudioFormat,
  type VideoFormat,
} from "@sluice/media";
import { Rate, Timestamp } from "@sluice/time";
import { describe, expect, it } from "vitest";
import { listGrains } from "../support/small-files.ts";

const init = {
  sourceId: "2DB4268E-82ef-49f9-bc0f-1726e8352d76",
  flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
  originTimestamp: Timestamp.parse("10:0"),
};
const sound = {
  ...init,
  format: "S16_INTERLEAVED",
  channels: 2,
  samples: 960,
  sampleRate: 48_000,
} as const;
const picture = { ...init, format: "U8_420", width: 4, height: 2 } as const;
const coded = {
  ...init,
  format: "H264",
  originWidth: 1920,
  originHeight: 1080,
} as const;

describe("a grain", () => {
  it("is completed with what was not said", () => {
    const grain = createEmptyGrain(init);

    expect(grain).toEqual({
      kind: "empty",
      sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
      flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
      originTimestamp: Timestamp.parse("10:0"),
      syncTimestamp: Timestamp.parse("10:0"),
      rate: undefined,
      duration: undefined,
      timeLabels: [],
      data: new Uint8Array(0),
    });
  });

  it.each(listGrains())("of kind $kind never changes", (grain) => {
    expect(Object.isFrozen(grain)).toBe(true);
    expect(Object.isFrozen(grain.timeLabels)).toBe(true);
    expect(Object.isFrozen(grain.timeLabels[0])).toBe(true);
    expect(Object.isFrozen(grain.duration)).toBe(true);
  });

  it("keeps planes and offsets from being changed", () => {
    const unitOffsets = [0, 6];
    const grain = createCodedVideoGrain({ ...coded, unitOffsets });
    unitOffsets.push(9);

    expect(grain.unitOffsets).toEqual([0, 6]);
    expect(Object.isFrozen(createVideoGrain(picture).components[0])).toBe(true);
  });

  it("has the payload itself, and no copy", () => {
    const data = new Uint8Array(12);

    expect(createVideoGrain({ ...picture, data }).data).toBe(data);
  });

  it.each(["", "x", "2db4268e82ef49f9bc0f1726e8352d76", `${init.flowId}\n`])(
    "refuses the id %j",
    (flowId) => {
      expect(() => createDataGrain({ ...init, flowId })).toThrow(
        new SyntaxError(
          `Cannot use ${JSON.stringify(flowId)} as flowId: it is no UUID`,
        ),
      );
    },
  );

  it("refuses values of another type", () => {
    expect(() =>
      // @ts-expect-error -- a number is no timestamp
      createEmptyGrain({ ...init, originTimestamp: 5 }),
    ).toThrow(
      new TypeError(
        "Cannot make a grain with a originTimestamp of type number: it is no Timestamp",
      ),
    );
    // @ts-expect-error -- a number is no rate
    expect(() => createEmptyGrain({ ...init, rate: 25 })).toThrow(TypeError);
    // @ts-expect-error -- a text is no payload
    expect(() => createEmptyGrain({ ...init, data: "{}" })).toThrow(TypeError);
  });

  it.each([0, -1, 1.5, 2 ** 32, Number.NaN])(
    "refuses a duration of %d seconds",
    (numerator) => {
      const duration = { numerator, denominator: 1 };

      expect(() => createEmptyGrain({ ...init, duration })).toThrow(RangeError);
    },
  );

  it.each([-1, 0.5, 2 ** 32])("refuses %d where a number is", (number) => {
    const label = { tag: "", rate: undefined, dropFrame: false };
    const makers = [
      () => createVideoGrain({ ...picture, width: number }),
      () => createVideoGrain({ ...picture, extension: number }),
      () =>
        createVideoGrain({
          ...picture,
          components: [{ width: 1, height: 1, stride: 1, length: number }],
        }),
      () => createCodedVideoGrain({ ...coded, originWidth: number }),
      () => createCodedVideoGrain({ ...coded, unitOffsets: [number] }),
      () => createAudioGrain({ ...sound, channels: number }),
      () => createAudioGrain({ ...sound, samples: number }),
      () => createCodedAudioGrain({ ...sound, format: "AAC", priming: number }),
      () =>
        createEmptyGrain({
          ...init,
          timeLabels: [{ ...label, frameCount: number }],
        }),
    ];

    for (const make of makers) expect(make).toThrow(RangeError);
  });

  it("refuses an offset that stands for one that is not known", () => {
    expect(() =>
      createCodedVideoGrain({ ...coded, temporalOffset: 0x7fff_ffff }),
    ).toThrow(RangeError);
  });

  it("refuses a payload that is not as long as its header says", () => {
    expect(() =>
      createAudioGrain({ ...sound, data: new Uint8Array(3839) }),
    ).toThrow(
      new RangeError(
        "Cannot make this audio grain with 3839 bytes: it has 3840",
      ),
    );
    expect(() =>
      createVideoGrain({ ...picture, data: new Uint8Array(13) }),
    ).toThrow(RangeError);
  });
});

describe("computeDataLength()", () => {
  it.each<[AudioFormat, number | undefined]>([
    ["S16_PLANES", 3 * 10 * 2],
    ["S16_PAIRS", 4 * 10 * 2],
    ["S16_INTERLEAVED", 3 * 10 * 2],
    ["S24_PLANES", 3 * 10 * 4],
    ["S24_PAIRS", 4 * 10 * 3],
    ["S24_INTERLEAVED", 3 * 10 * 3],
    ["S32_PAIRS", 4 * 10 * 4],
    ["FLOAT_PLANES", 3 * 10 * 4],
    ["DOUBLE_PAIRS", 4 * 10 * 8],
    ["0x99", undefined],
  ])("tells the size of 10 samples of 3 channels of %s", (format, size) => {
    const grain = createAudioGrain({
      ...sound,
      format,
      channels: 3,
      samples: 10,
    });

    expect(computeDataLength(grain)).toBe(size);
  });

  it("tells nothing of what is coded", () => {
    expect(computeDataLength(createCodedVideoGrain(coded))).toBeUndefined();
    expect(computeDataLength(createDataGrain(init))).toBeUndefined();
  });
});

describe("computeVideoComponents()", () => {
  it.each<[VideoFormat, number[]]>([
    ["U8_444", [96, 96, 96]],
    ["U8_422", [96, 48, 48]],
    ["U8_420", [96, 24, 24]],
    ["U8_444_RGB", [96, 96, 96]],
    ["S16_422_10BIT", [192, 96, 96]],
    ["S16_444_12BIT_RGB", [192, 192, 192]],
    ["S32_420", [384, 96, 96]],
    ["ALPHA_U8", [96]],
    ["ALPHA_S16_10BIT", [192]],
    ["UYVY", [192]],
    ["RGB", [288]],
    ["BGRA", [384]],
    ["v216", [384]],
    ["v210", [1024]],
  ])("tells the planes of 12 by 8 pixels of %s", (format, lengths) => {
    const planes = computeVideoComponents(format, 12, 8);

    expect(planes?.map(({ length }) => length)).toEqual(lengths);
  });

  it.each([
    ["U8_420", 3, 2],
    ["U8_420", 4, 3],
    ["U8_422", 3, 2],
    ["ALPHA_U8_1BIT", 8, 8],
    ["UNKNOWN", 4, 4],
    ["0x1", 4, 4],
  ] as const)(
    "tells nothing of %s with %i by %i pixels",
    (format, width, height) => {
      expect(computeVideoComponents(format, width, height)).toBeUndefined();
    },
  );

  it("begins another 128 bytes with each 48 pixels of v210", () => {
    const strides = [48, 49, 1920, 1280].map(
      (width) => computeVideoComponents("v210", width, 1)?.[0]?.stride,
    );

    expect(strides).toEqual([128, 256, 5120, 3456]);
  });
});

describe("the times of a grain", () => {
  it("is as long as its samples", () => {
    const range = (samples: number, sampleRate = 48_000) =>
      `${getOriginTimeRange(createAudioGrain({ ...sound, samples, sampleRate }))}`;

    expect(range(960)).toBe("[10:0_10:19979166]");
    expect(range(1)).toBe("[10:0]");
    expect(range(0)).toBe("[10:0]");
    expect(range(960, 0)).toBe("[10:0]");
    expect(`${getOriginTimeRange(createVideoGrain(picture))}`).toBe("[10:0]");
  });

  it("comes as often as its samples, or as grains", () => {
    const rate = Rate.of(50);

    expect(`${getMediaRate(createAudioGrain({ ...sound, rate }))}`).toBe(
      "48000",
    );
    expect(getMediaRate(createVideoGrain({ ...picture, rate }))).toBe(rate);
    expect(getMediaRate(createDataGrain(init))).toBeUndefined();
  });

  it("is presented as far from its origin as its offset says", () => {
    const show = (temporalOffset?: number, rate?: Rate) => {
      const grain = createCodedVideoGrain({ ...coded, temporalOffset, rate });
      const time = getPresentationTimestamp(grain);
      return time && `${time}`;
    };

    expect(show(2, Rate.of(50))).toBe("10:40000000");
    expect(show(-1, Rate.of(50))).toBe("9:980000000");
    expect(show(0)).toBe("10:0");
    expect(show(1)).toBeUndefined();
    expect(show(undefined, Rate.of(50))).toBeUndefined();
    expect(`${getPresentationTimestamp(createVideoGrain(picture))}`).toBe(
      "10:0",
    );
  });
});

describe("toTimeCode()", () => {
  const label = {
    tag: "ltc",
    frameCount: 1800,
    rate: Rate.of(30000, 1001),
    dropFrame: true,
  };

  it("gives the time code of a label", () => {
    expect(`${toTimeCode(label)}`).toBe("00:01:00;02");
  });

  it("refuses a label without a rate, and a frame that the day does not have", () => {
    expect(() => toTimeCode({ ...label, rate: undefined })).toThrow(
      new RangeError('Cannot give the label "ltc" a time code: it has no rate'),
    );
    expect(() => toTimeCode({ ...label, frameCount: 2 ** 31 })).toThrow(
      RangeError,
    );
  });
});
