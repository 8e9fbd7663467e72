import { describe, expect, it } from "vitest";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import { narrowLengths } from "../support/narrow-lengths.ts";
import {
  convert,
  copyIntoMp4,
  h264,
  make,
  pictures,
  readTrack,
  readTracks,
  sine,
} from "../support/tracks.ts";

describe.skipIf(!hasFfmpeg)(
  `Payloads ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    it.each([
      ["pcm_s16be", "s16le", "S16_INTERLEAVED"],
      ["pcm_s24be", "s24le", "S24_INTERLEAVED"],
      ["pcm_s32be", "s32le", "S32_INTERLEAVED"],
      ["pcm_f32be", "f32le", "FLOAT_INTERLEAVED"],
      ["pcm_f64be", "f64le", "DOUBLE_INTERLEAVED"],
      ["pcm_s24le", "s24le", "S24_INTERLEAVED"],
      ["pcm_s8", "u8", "U8_INTERLEAVED"],
      ["pcm_alaw", "s16le", "S16_INTERLEAVED"],
      ["pcm_mulaw", "s16le", "S16_INTERLEAVED"],
    ])(
      "of %s in MOV are what ffmpeg makes of it",
      async (codec, raw, format) => {
        const file = make("a.mov", `${sine(48_000, 1)} -ac 2 -c:a ${codec}`);
        const samples = convert(file, "a.mov", `-f ${raw}`);

        const grains = await readTrack(file, 0);

        expect(grains.every((grain) => grain.kind === "audio")).toBe(true);
        expect(grains[0]).toMatchObject({ format, sampleRate: 48_000 });
        expect(
          Buffer.concat(grains.map(({ data }) => data)).equals(samples),
        ).toBe(true);
      },
    );

    it("of H.264 have lengths of four bytes, whatever the file has", async () => {
      const file = make("a.mp4", `${pictures("25", 1)} ${h264}`);
      const [wide] = await readTracks(file);
      const { decoderConfig = new Uint8Array(0) } = wide?.essence ?? {};
      const normal = await readTrack(file, 0);
      const narrow = await narrowLengths(normal, decoderConfig, 25);

      const [track] = await readTracks(narrow);
      const grains = await readTrack(narrow, 0);

      expect(track?.essence.decoderConfig).toEqual(decoderConfig);
      expect(grains.map(({ data }) => data)).toEqual(
        normal.map(({ data }) => data),
      );
    });

    it("of AAC are raw frames, and a decoder is told what ADTS told", async () => {
      const file = make("a.aac", `${sine(44_100, 1)} -c:a aac`);
      const same = copyIntoMp4(file, "", "a.aac");

      const [[raw], [packed]] = [
        await readTracks(same),
        await readTracks(file),
      ];

      // 2: low complexity; 4: 44100; 1: mono.
      expect(packed?.essence.decoderConfig).toEqual(Uint8Array.of(0x12, 0x08));
      expect(raw?.essence.decoderConfig?.subarray(0, 2)).toEqual(
        packed?.essence.decoderConfig,
      );
      expect((await readTrack(file, 0)).map(({ data }) => data)).toEqual(
        (await readTrack(same, 0)).map(({ data }) => data),
      );
    });
  },
);

describe.skipIf(!hasFfmpeg)(
  `What is told of tracks ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    it("is the colour, the depth and the shape of pixels", async () => {
      const words = `${pictures("25", 1)} -vf setsar=4/3 ${h264} -pix_fmt yuv422p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc`;
      const [track] = await readTracks(make("a.mp4", words));

      expect(track?.essence).toMatchObject({
        bitDepth: 10,
        componentType: "YCbCr",
        horizontalChromaSubsampling: 2,
        verticalChromaSubsampling: 1,
        interlaceMode: "progressive",
        pixelAspectRatio: { numerator: 4, denominator: 3 },
        colour: { primaries: 9, transfer: 16, matrix: 9 },
      });
    });

    it("is how pictures are turned", async () => {
      const file = make("a.mp4", `${pictures("25", 1)} ${h264}`);
      const turned = copyIntoMp4(file, "", "a.mp4", "-metadata:s:v rotate=90");

      const [track] = await readTracks(turned);

      // ffmpeg counts the other way round.
      expect(track?.essence).toMatchObject({ rotation: 270, frameWidth: 96 });
    });

    it("is the language and the name", async () => {
      const words = `${sine(48_000, 1)} -c:a aac -metadata:s:a language=deu -metadata:s:a title=Ton`;
      const [track] = await readTracks(make("a.mkv", words));

      expect(track?.language).toMatch(/^(deu|ger)$/);
      expect(track?.label).toBe("Ton");
    });

    it("lists a track that cannot be read, and reads the others", async () => {
      const words = `${pictures("25", 1)} ${sine(48_000, 1)} ${h264} -c:a alac`;
      const file = make("a.mov", words);

      const [video, audio] = await readTracks(file);

      expect(video?.essence.codec).toBe("video/h264");
      expect(audio?.essence.codec).toBe("audio/x-alac");
      expect(await readTrack(file, 0)).toHaveLength(25);
      await expect(readTrack(file, 1)).rejects.toMatchObject({
        code: "MEDIA_UNSUPPORTED",
      });
    });
  },
);
