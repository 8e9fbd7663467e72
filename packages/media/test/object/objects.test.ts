import {
  chooseObjectFormat,
  cmafVideoFormat,
  createAudioGrain,
  createDataGrain,
  createVideoGrain,
  findObjectFormat,
  FormatError,
  gsfObjectFormat,
  transportStreamObjectFormat,
  UnsupportedMediaError,
  waveObjectFormat,
  type AudioEssence,
  type AudioGrain,
  type DataEssence,
  type Essence,
  type Grain,
  type ObjectFormat,
  type VideoEssence,
} from "@sluice/media";
import { Rate, Timestamp } from "@sluice/time";
import { beforeAll, describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";
import { errorOf } from "../support/error-of.ts";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import {
  cutGrains,
  encodeObjects,
  ids,
  makeFile,
  probePackets,
  readTrack,
  runOn,
  toFacts,
  type ReadTrack,
} from "../support/media-files.ts";

const rates = ["25", "30000/1001", "24000/1001", "50"];

describe.skipIf(!hasFfmpeg).each(rates)(
  `CMAF objects at %s ${whereFfmpegIs}`,
  { timeout: 60_000 },
  (rate) => {
    let file: Uint8Array;
    let track: ReadTrack;

    beforeAll(async () => {
      file = makeFile("a.mp4", [
        "-f",
        "lavfi",
        "-i",
        `testsrc2=size=96x64:rate=${rate},trim=end_frame=72`,
        ...["-c:v", "libx264", "-g", "24", "-bf", "3", "-pix_fmt", "yuv420p"],
      ]);
      track = await readTrack(file, "video");
    });

    it("have the packets of the source, one behind the other", async () => {
      const { essence, grains } = track;

      const { init, objects } = await encodeObjects(
        cmafVideoFormat,
        essence,
        cutGrains(grains),
      );

      const all = [init ?? new Uint8Array(0)];
      all.push(...objects.map(({ bytes }) => bytes));
      const frames = Rate.parse(rate).toNumber();
      const { start, packets } = probePackets(join(all), "a.mp4", frames);
      const source = probePackets(file, "a.mp4", frames);
      expect(packets).toEqual(source.packets);
      expect(start).toBeCloseTo(Math.ceil(frames) / frames, 5);
    });

    it("can be decoded each by itself, without a warning", async () => {
      const { essence, grains } = track;

      const { init, objects } = await encodeObjects(
        cmafVideoFormat,
        essence,
        cutGrains(grains),
      );

      for (const { bytes, sampleCount, keyFrameCount } of objects) {
        const one = join([init ?? new Uint8Array(0), bytes]);
        runOn(one, "a.mp4", ["-loglevel", "warning", "-f", "null", "-"]);
        expect([sampleCount, keyFrameCount]).toEqual([24, 1]);
      }
    });

    it("are the same bytes whenever they are made", async () => {
      const { essence, grains } = track;
      const [first = []] = cutGrains(grains);

      const one = await encodeObjects(cmafVideoFormat, essence, [first]);
      const other = await encodeObjects(cmafVideoFormat, essence, [first]);

      expect(one.init).toEqual(other.init);
      expect(one.objects).toEqual(other.objects);
    });

    it("are refused if they are cut off, not theirs, or no objects", async () => {
      const { essence, grains } = track;
      const { init, objects } = await encodeObjects(cmafVideoFormat, essence, [
        grains.slice(0, 24),
      ]);
      const [
        { bytes, timestampOffset } = {
          bytes: new Uint8Array(0),
          timestampOffset: Timestamp.zero,
        },
      ] = objects;
      const decode = (change: object) =>
        errorOf(
          cmafVideoFormat.decode({
            ...{ bytes, init, timestampOffset, ids, essence },
            ...change,
          }),
        );

      for (const length of [4, 30, 200, bytes.length - 1]) {
        expect(
          await decode({ bytes: bytes.subarray(0, length) }),
        ).toBeInstanceOf(FormatError);
      }
      expect(await decode({ init: undefined })).toBeInstanceOf(FormatError);
      expect(await decode({ init: bytes })).toBeInstanceOf(FormatError);
      expect(await decode({ bytes: init })).toBeInstanceOf(FormatError);
      const garbage = new Uint8Array(1000).fill(0x55);
      expect(await decode({ bytes: garbage })).toBeInstanceOf(FormatError);
      expect(
        await decode({ essence: { ...essence, codec: "video/vp9" } }),
      ).toBeInstanceOf(UnsupportedMediaError);
    });
  },
);

const sound: AudioEssence = {
  kind: "audio",
  codec: "audio/x-raw-int",
  sampleRate: 48_000,
  channels: 2,
  format: "S16_INTERLEAVED",
};

function createSound(sample: number, samples: number): AudioGrain {
  return createAudioGrain({
    ...ids,
    originTimestamp: Timestamp.fromCount(sample, Rate.of(48_000)),
    duration: { numerator: samples, denominator: 48_000 },
    format: "S16_INTERLEAVED",
    channels: 2,
    samples,
    sampleRate: 48_000,
    data: Uint8Array.from({ length: samples * 4 }, (_, at) => sample + at),
  });
}

describe("WAV objects", () => {
  it("hold samples, from any time on", async () => {
    for (const start of [0, -4096, 81_332_603_856_001]) {
      const grains = [0, 1, 2].map((at) =>
        createSound(start + at * 2048, 2048),
      );

      const { objects, decoded } = await encodeObjects(
        waveObjectFormat,
        sound,
        [grains],
      );

      expect(decoded.flat().map(toFacts)).toEqual(grains.map(toFacts));
      expect(objects[0]).toMatchObject({
        sampleCount: 6144,
        timestampOffset: grains[0]?.originTimestamp,
      });
    }
  });

  it("have no gap", async () => {
    const encoder = await waveObjectFormat.createEncoder(sound);
    const error = await errorOf(
      encoder.encode([createSound(0, 100), createSound(101, 100)]),
    );

    expect(error).toMatchObject({ code: "MEDIA_UNSUPPORTED" });
  });
});

const picture: VideoEssence = {
  kind: "video",
  codec: "video/raw",
  frameWidth: 4,
  frameHeight: 2,
  rate: Rate.of(25),
};
const events: DataEssence = { kind: "data", codec: "application/json" };

function createPicture(count: number): Grain {
  return createVideoGrain({
    ...ids,
    originTimestamp: Timestamp.fromCount(count, Rate.of(25)),
    rate: Rate.of(25),
    duration: { numerator: 1, denominator: 25 },
    format: "U8_422",
    width: 4,
    height: 2,
    data: Uint8Array.from({ length: 16 }, (_, at) => count + at),
  });
}

function createEvent(text: string): Grain {
  return createDataGrain({
    ...ids,
    originTimestamp: Timestamp.parse(text),
    data: new TextEncoder().encode("{}"),
  });
}

describe("GSF objects", () => {
  it("hold pictures as they are", async () => {
    const grains = [-1, 0, 1].map(createPicture);

    const { objects, decoded } = await encodeObjects(gsfObjectFormat, picture, [
      grains,
    ]);

    expect(decoded).toEqual([grains]);
    expect(`${objects[0]?.timeRange}`).toBe("[-0:40000000_0:80000000)");
  });

  it("hold events, the last of which is within", async () => {
    const grains = ["5:1", "7:0"].map(createEvent);

    const { objects, decoded } = await encodeObjects(gsfObjectFormat, events, [
      grains,
    ]);

    expect(decoded).toEqual([grains]);
    expect(`${objects[0]?.timeRange}`).toBe("[5:1_7:0]");
  });
});

describe("Object formats", () => {
  it("are found by their MIME type", () => {
    const types = [
      "video/mp4",
      "audio/mp4",
      "audio/wav",
      "video/mp2t",
      "application/x-gsf",
    ];

    const found = types.map((type) => findObjectFormat(type.toUpperCase()));

    expect(found.map((format) => format?.contentType)).toEqual(types);
  });

  it.each([
    [sound, "audio/wav"],
    [{ ...sound, format: "S16_PLANES" }, "application/x-gsf"],
    [picture, "application/x-gsf"],
    [events, "application/x-gsf"],
    [
      { kind: "audio", codec: "audio/ac3", sampleRate: 48_000, channels: 2 },
      "video/mp2t",
    ],
    [{ ...picture, codec: "video/h264" }, "video/mp2t"],
    [{ ...picture, codec: "video/jpeg" }, "application/x-gsf"],
  ] as const)("are chosen by the essence: %o", (essence, type) => {
    expect(chooseObjectFormat(essence).contentType).toBe(type);
  });

  it("are not chosen for what none can hold", () => {
    const essence = { ...picture, codec: "video/vp9" };

    expect(() => chooseObjectFormat(essence)).toThrow(UnsupportedMediaError);
  });

  const cases: readonly (readonly [ObjectFormat, Essence])[] = [
    [waveObjectFormat, sound],
    [gsfObjectFormat, picture],
    [transportStreamObjectFormat, { ...picture, codec: "video/h264" }],
  ];
  it.each(cases)(
    "refuse no grain, and those of another kind: $contentType",
    async (format, essence) => {
      const encoder = await format.createEncoder(essence);

      expect(await errorOf(encoder.encode([]))).toBeInstanceOf(TypeError);
      expect(
        await errorOf(encoder.encode([createEvent("0:0")])),
      ).toBeInstanceOf(TypeError);
    },
  );

  it.each(cases)("refuse garbage: $contentType", async (format, essence) => {
    const bytes = new Uint8Array(2_000_000).fill(0x55);
    const timestampOffset = Timestamp.zero;

    const error = await errorOf(
      format.decode({ bytes, timestampOffset, ids, essence }),
    );

    expect(error).toBeInstanceOf(FormatError);
  });
});
