import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import {
  decodeAvcConfig,
  decodeHevcConfig,
  encodeAvcConfig,
  encodeHevcConfig,
  findCodecParameter,
  getNalKind,
  joinAdts,
  joinLengthPrefixed,
  parseAvcSequence,
  parseHevcSequence,
  readTransportStream,
  splitAc3,
  splitAdts,
  splitAnnexB,
  splitLengthPrefixed,
  splitMpegAudio,
  toLengthPrefixed,
  type NalFormat,
} from "@sluice/media";
import { Rate } from "@sluice/time";
import {
  ALL_FORMATS,
  BufferSource,
  EncodedPacketSink,
  Input,
} from "mediabunny";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ffmpeg, hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";

let folder = "";
const at = (name: string) => joinPath(folder, name);
const quick = ["-preset", "ultrafast"];
const h264 = ["-c:v", "libx264", ...quick];
const h265 = [
  ...["-c:v", "libx265", ...quick, "-x265-params"],
  "log-level=none:bframes=3",
];

describe.skipIf(!hasFfmpeg)(`the normal form ${whereFfmpegIs}`, () => {
  beforeAll(() => {
    folder = mkdtempSync(joinPath(tmpdir(), "sluice-coding-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ["H264", "h264", [...h264, "-bf", "2"]],
    ["H265", "hevc", h265],
  ] as const)(
    "has of %s the payloads that ffmpeg puts into MP4, and the same configuration",
    async (format, name, words) => {
      ffmpeg([
        ...source("320x180", "25", "1"),
        ...words,
        "-g",
        "12",
        at(`${name}.ts`),
      ]);
      ffmpeg(["-i", at(`${name}.ts`), "-c", "copy", at(`${name}.mp4`)]);

      const items = await readTransportStream([
        readFileSync(at(`${name}.ts`)),
      ]).toArray();
      const ours = items
        .filter((item) => item.kind === "packet")
        .map(({ data }) => toLengthPrefixed(data));
      const theirs = await readMp4(at(`${name}.mp4`));

      expect(ours.length).toBe(25);
      // Of HEVC, ffmpeg takes the first zero of a start code for the last byte of a unit.
      expect(ours).toEqual(theirs.payloads.map(withoutZeros));
      const sets = findSets(joinAll(ours), format);
      const record = toRecord(sets, format);
      expect(
        findCodecParameter(`video/${name === "hevc" ? "h265" : name}`, record),
      ).toBe(theirs.codec);
      const decode = format === "H264" ? decodeAvcConfig : decodeHevcConfig;
      expect(withoutInformation(decode(record))).toEqual(
        withoutInformation(decode(theirs.description)),
      );
    },
    60_000,
  );

  it.each([
    [
      "interlaced, anamorphic, cropped",
      ["720x540", "25", ...h264, "-flags", "+ilme+ildct", "-aspect", "16:9"],
      {
        width: 720,
        height: 540,
        codedHeight: 544,
        isInterlaced: true,
        rate: Rate.of(25),
        pixelAspectRatio: { numerator: 4, denominator: 3 },
      },
    ],
    [
      "of 10 bits, 4:2:2, in BT.709",
      [
        ...["1920x1080", "60000/1001", ...h264, "-pix_fmt", "yuv422p10le"],
        ...[
          "-color_primaries",
          "bt709",
          "-color_trc",
          "bt709",
          "-colorspace",
          "bt709",
          "-color_range",
          "tv",
        ],
      ],
      {
        width: 1920,
        height: 1080,
        profile: 122,
        lumaBits: 10,
        chromaFormat: 2,
        rate: Rate.of(60000, 1001),
        colour: { primaries: 1, transfer: 1, matrix: 1, isFullRange: false },
      },
    ],
    [
      "of the 4:4:4 profile, of full range",
      ["354x202", "24000/1001", ...h264, "-pix_fmt", "yuvj444p"],
      {
        width: 354,
        height: 202,
        chromaFormat: 3,
        rate: Rate.of(24000, 1001),
        colour: expect.objectContaining({ isFullRange: true }) as unknown,
      },
    ],
    [
      "with scaling lists",
      [
        "320x180",
        "50",
        ...h264,
        "-profile:v",
        "high",
        "-x264-params",
        "cqm=jvt",
      ],
      { profile: 100, width: 320, height: 180, rate: Rate.of(50) },
    ],
  ])("reads what H.264 tells of pictures %s", (_what, words, expected) => {
    const [size = "", rate = "", ...rest] = words;
    const data = ffmpeg([
      ...source(size, rate, "0.2"),
      ...rest,
      "-f",
      "h264",
      "-",
    ]);

    const [sps] = findSets(data, "H264").sequence;

    expect(parseAvcSequence(sps ?? new Uint8Array(0))).toMatchObject(expected);
  });

  it.each([
    [
      "cropped, of 10 bits",
      ["354x202", "30000/1001", "yuv420p10le", ""],
      { width: 354, height: 202, lumaBits: 10, rate: Rate.of(30000, 1001) },
    ],
    [
      "with scaling lists and layers of time",
      [
        "320x180",
        "50",
        "yuv420p",
        ":scaling-list=default:temporal-layers=1:bframes=4:b-pyramid=1",
      ],
      { width: 320, height: 180, rate: Rate.of(50), layers: 2 },
    ],
    [
      "of 4:2:2 in BT.2020",
      [
        ...["384x216", "24", "yuv422p10le"],
        ":colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:range=limited:sar=2",
      ],
      {
        chromaFormat: 2,
        colour: { primaries: 9, transfer: 16, matrix: 9, isFullRange: false },
        pixelAspectRatio: { numerator: 12, denominator: 11 },
      },
    ],
  ])("reads what HEVC tells of pictures %s", (_what, words, expected) => {
    const [size = "", rate = "", pixels = "", more = ""] = words;
    const data = ffmpeg([
      ...[...source(size, rate, "0.2"), "-c:v", "libx265", "-preset", "medium"],
      ...["-x265-params", `log-level=none${more}`, "-pix_fmt", pixels],
      ...["-f", "hevc", "-"],
    ]);

    const [sps] = findSets(data, "H265").sequence;

    expect(parseHevcSequence(sps ?? new Uint8Array(0))).toMatchObject(expected);
  });

  it("has of AAC what ffmpeg puts into MP4, and gives ADTS to the byte", async () => {
    ffmpeg([...sound("2"), "-c:a", "aac", at("a.aac")]);
    const adts = new Uint8Array(readFileSync(at("a.aac")));
    ffmpeg(["-i", at("a.aac"), "-c", "copy", at("a.mp4")]);

    const frames = splitAdts(adts);

    const theirs = await readMp4(at("a.mp4"));
    expect(frames.map(({ data }) => data)).toEqual(theirs.payloads);
    expect(joinAll(frames.map(joinAdts))).toEqual(adts);
    expect(findCodecParameter("audio/aac", theirs.description)).toBe(
      theirs.codec,
    );
  });

  it.each([
    ["mp3", "libmp3lame", splitMpegAudio],
    ["mp2", "mp2", splitMpegAudio],
    ["ac3", "ac3", splitAc3],
    ["eac3", "eac3", splitAc3],
  ] as const)(
    "has of %s the frames of ffmpeg's file",
    (format, codec, split) => {
      const words =
        format === "mp3" ? ["-write_xing", "0", "-id3v2_version", "0"] : [];
      const bytes = ffmpeg([
        ...sound("2"),
        "-c:a",
        codec,
        ...words,
        "-f",
        format,
        "-",
      ]);

      const frames = split(bytes);

      const samples = frames.reduce(
        (sum, { header }) => sum + header.samples,
        0,
      );
      expect(joinAll(frames.map(({ data }) => data))).toEqual(
        new Uint8Array(bytes),
      );
      expect(frames[0]?.header).toMatchObject({
        sampleRate: 48_000,
        channels: 2,
      });
      expect(samples).toBeGreaterThanOrEqual(48_000);
      expect(samples).toBeLessThan(48_000 + 3 * 1536);
    },
  );
});

function source(size: string, rate: string, seconds: string): string[] {
  return ["-f", "lavfi", "-i", `testsrc2=s=${size}:r=${rate}:d=${seconds}`];
}

function sound(channels: string): string[] {
  return ["-f", "lavfi", "-i", "sine=d=1:r=48000", "-ac", channels];
}

function joinAll(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Finds the parameter sets of a stream in either form, each once. */
function findSets(data: Uint8Array, format: NalFormat) {
  const isNormal = (data[2] ?? 0) === 0 && (data[3] ?? 0) > 1;
  const units = isNormal ? splitLengthPrefixed(data) : splitAnnexB(data);
  const of = (kind: string) => [
    ...new Map(
      units
        .filter((unit) => getNalKind(unit, format) === kind)
        .map((unit) => [Buffer.from(unit).toString("hex"), unit]),
    ).values(),
  ];
  return {
    video: of("video-parameters"),
    sequence: of("sequence-parameters"),
    picture: of("picture-parameters"),
  };
}

function withoutZeros(payload: Uint8Array): Uint8Array {
  return joinLengthPrefixed(
    splitLengthPrefixed(payload).map((unit) => {
      let end = unit.length;
      while (unit[end - 1] === 0) end -= 1;
      return unit.subarray(0, end);
    }),
  );
}

function toRecord(
  sets: ReturnType<typeof findSets>,
  format: NalFormat,
): Uint8Array {
  return format === "H265"
    ? encodeHevcConfig(sets)
    : encodeAvcConfig(sets.sequence, sets.picture);
}

/** x265 writes its name into the record, as supplemental information. */
function withoutInformation(
  config: ReturnType<typeof decodeAvcConfig | typeof decodeHevcConfig>,
): unknown {
  if (!("parameterSets" in config)) return config;
  const parameterSets = config.parameterSets.filter(
    (unit) => getNalKind(unit, "H265") !== "before-picture",
  );
  return { ...config, parameterSets };
}

async function readMp4(path: string) {
  const input = new Input({
    source: new BufferSource(readFileSync(path)),
    formats: ALL_FORMATS,
  });
  const track =
    (await input.getPrimaryVideoTrack()) ??
    (await input.getPrimaryAudioTrack());
  if (track === null) throw new Error("there is no track");
  const config = await track.getDecoderConfig();
  const payloads: Uint8Array[] = [];
  for await (const { data } of new EncodedPacketSink(track).packets()) {
    payloads.push(data);
  }
  const description = config?.description;
  if (!(description instanceof Uint8Array)) throw new Error("no description");
  return { payloads, description, codec: config?.codec };
}
