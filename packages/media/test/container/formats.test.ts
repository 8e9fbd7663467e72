import {
  createGsfHead,
  inspect,
  openContainer,
  writeGsf,
  writeTransportStream,
  writeWave,
  type AudioGrain,
  createAudioGrain,
} from "@sluice/media";
import { Rate, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import { createAdts } from "../support/small-adts.ts";
import { h264, make, pictures, sine } from "../support/tracks.ts";

const format = {
  sampleFormat: "s16",
  numberOfChannels: 2,
  sampleRate: 48_000,
} as const;

async function createWave(): Promise<Uint8Array> {
  const chunks = await writeWave([new Uint8Array(192_000)], format).toArray();
  return Buffer.concat(chunks);
}

async function createTransportStream(): Promise<Uint8Array> {
  const data = createAdts(50);
  const chunks = await writeTransportStream([{ pid: 257, pts: 90_000, data }], {
    streams: [{ pid: 257, codec: "aac-adts" }],
  }).toArray();
  return Buffer.concat(chunks);
}

async function createGsf(): Promise<Uint8Array> {
  const grain: AudioGrain = createAudioGrain({
    sourceId: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
    flowId: "f1c8c095-5739-46f4-9bbc-3d7050c9ba23",
    originTimestamp: Timestamp.fromCount(480, Rate.of(48_000)),
    format: "S16_INTERLEAVED",
    channels: 2,
    samples: 960,
    sampleRate: 48_000,
    duration: { numerator: 960, denominator: 48_000 },
    data: new Uint8Array(3840),
  });
  return Buffer.concat(await writeGsf(createGsfHead(), [grain]).toArray());
}

describe("openContainer()", () => {
  it.each([
    ["WAV", createWave, "audio/wav"],
    ["MPEG-TS", createTransportStream, "video/mp2t"],
    ["GSF", createGsf, "application/x-gsf"],
    ["ADTS", () => Promise.resolve(createAdts(9)), "audio/aac"],
  ])("knows %s by its first bytes", async (_, create, contentType) => {
    const file = new Blob([Uint8Array.from(await create())]);

    await asyncWith(openContainer(file), (container) => {
      expect(container.contentType).toBe(contentType);
      expect(container.tracks).toHaveLength(1);
    });
  });
});

describe("inspect()", () => {
  it("tells of a WAV file what it has", async () => {
    const report = await inspect(await createWave());

    expect(report).toMatchObject({
      contentType: "audio/wav",
      sizeBytes: 192_080,
      tracks: [
        {
          payloadBytes: 192_000,
          bitsPerSecond: 1_536_000,
          keyFrames: [],
          essence: { codec: "audio/x-raw-int", channels: 2 },
        },
      ],
    });
    expect(`${report.tracks[0]?.duration}`).toBe("1:0");
    expect(Object.isFrozen(report)).toBe(true);
  });

  it("tells of GSF when it begins", async () => {
    const report = await inspect(await createGsf());

    const [track] = report.tracks;
    expect(track?.grainCount).toBe(1);
    expect(`${track?.start}`).toBe("0:10000000");
    expect(`${track?.duration}`).toBe("0:20000000");
  });

  it.skipIf(!hasFfmpeg)(
    `tells of pictures and sound in MP4 and Matroska ${whereFfmpegIs}`,
    { timeout: 60_000 },
    async () => {
      const words = `${pictures("30000/1001")} ${sine(48_000)} ${h264} -c:a aac`;

      for (const name of ["a.mp4", "a.mkv"]) {
        const file = make(name, words);
        const { tracks, sizeBytes } = await inspect(file);

        const [video, audio] = tracks;
        expect(sizeBytes).toBe(file.length);
        expect(video?.grainCount).toBe(60);
        expect(`${video?.duration}`).toBe("2:2000000");
        expect(video?.keyFrames).toHaveLength(3);
        expect(audio?.grainCount).toBe(95);
        expect(video?.bitsPerSecond).toBeGreaterThan(1000);
      }
    },
  );

  it("rejects what is no source, and what cannot be had", async () => {
    // Wrong on purpose.
    const number = 5 as unknown as string;

    await expect(inspect(number)).rejects.toBeInstanceOf(TypeError);
    await expect(inspect("/no/such/file")).rejects.toMatchObject({
      code: "MEDIA_UNREADABLE",
    });
  });
});
