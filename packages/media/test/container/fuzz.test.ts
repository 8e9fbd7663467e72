import {
  chooseObjectFormat,
  openContainer,
  type Essence,
  type Grain,
  type Track,
} from "@sluice/media";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import {
  containerInputs,
  fuzzFiles,
  type FileReader,
} from "../support/container-fuzz.ts";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import { makeFile } from "../support/probe.ts";
import { readSample } from "../support/samples.ts";
import { writeSmallFile } from "../support/small-files.ts";

/** A fuzz may take as long as it is asked to. */
const patienceMs = 3_600_000;

/** A tenth of a second of small pictures, and of sound. */
const picture = "-f lavfi -i testsrc2=s=32x32:r=25:d=0.4";
const sound = "-f lavfi -i sine=r=48000:d=0.2";
const h264 =
  "-pix_fmt yuv420p -c:v libx264 -preset veryfast -bf 2 -g 5 -c:a aac";

/** Files of a few kB, so that changes meet what is not payload. */
const made = [
  ["file.mp4", `${picture} ${sound} ${h264}`],
  [
    "fragments.mp4",
    `${picture} ${sound} ${h264} -movflags +frag_keyframe+empty_moov+default_base_moof`,
  ],
  ["file.mkv", `${picture} ${sound} ${h264}`],
  [
    "file.webm",
    `${picture} ${sound} -pix_fmt yuv420p -c:v libvpx -c:a libopus`,
  ],
  ["file.ogg", `${sound} -c:a libopus`],
  ["file.flac", sound],
  ["file.mp3", sound],
] as const;

const gsf = await writeSmallFile();

describe("openContainer() of bytes that were tampered with", () => {
  it.each([
    ["MPEG-TS", readSample("h264-aac-25fps.m2t").slice(0, 188 * 60)],
    ["WAV", readSample("pcm-s16.wav").slice(0, 2000)],
    ["ADTS", readSample("aac.adts").slice(0, 2000)],
    ["GSF", gsf],
  ])(
    `gives what can be read, or one of our errors, of ${containerInputs} inputs (%s)`,
    async (_, file) => {
      await fuzzFiles([file], readAll);
    },
    patienceMs,
  );

  it.skipIf(!hasFfmpeg).each(made)(
    `gives what can be read, or one of our errors, of ${containerInputs} inputs (%s), ${whereFfmpegIs}`,
    async (name, words) => {
      const file = makeFile(name, words.split(" "));

      await fuzzFiles([new Uint8Array(file)], readAll);
    },
    patienceMs,
  );
});

describe("decode() of objects that were tampered with", () => {
  it.each([
    ["h264-aac-25fps.mp4", 0],
    ["h264-aac-25fps.mp4", 1],
    ["vp9-opus-25fps.webm", 1],
    ["pcm-s16.wav", 0],
  ])(
    `gives what can be read, or one of our errors, of ${containerInputs} inputs (%s, track %i)`,
    async (name, index) => {
      const { essence, grains } = await readTrack(name, index);
      const format = chooseObjectFormat(essence);
      const encoder = await format.createEncoder(essence);
      const { init } = encoder;
      const { bytes, timestampOffset } = await encoder.encode(grains);
      const [{ sourceId, flowId }] = grains;
      const ids = { sourceId, flowId };
      const count = (found: readonly Grain[]) => ({
        grains: found.length,
        bytes: 0,
      });

      await fuzzFiles([bytes], async (damaged) =>
        count(
          await format.decode({
            ...{ bytes: damaged, init, timestampOffset, ids, essence },
          }),
        ),
      );
      if (init === undefined) return;
      await fuzzFiles([init], async (damaged) => {
        const { length } = await format.decode({
          ...{ bytes, init: damaged, timestampOffset, ids, essence },
        });
        // They come out of the object, and not out of what was tampered with.
        expect(length).toBeLessThanOrEqual(bytes.length);
        return { grains: 0, bytes: 0 };
      });
    },
    patienceMs,
  );
});

/** Reads all tracks, in both orders; no more than a file can have. */
const readAll: FileReader = async (file) => {
  let [grains, bytes] = [0, 0];
  await asyncWith(openContainer(file), async ({ tracks }) => {
    for (const track of tracks) {
      for await (const { data } of track.getGrains()) {
        grains++;
        bytes += data.length;
        if (grains > file.length) return;
      }
      await readPresented(track, file.length);
    }
  });
  return { grains, bytes };
};

async function readPresented(track: Track, most: number): Promise<void> {
  const count = await track
    .getGrains({ order: "presentation" })
    .take(most + 1)
    .reduce((sum) => sum + 1, 0);
  expect(count).toBeLessThanOrEqual(most);
}

async function readTrack(
  name: string,
  index: number,
): Promise<{ essence: Essence; grains: [Grain, ...Grain[]] }> {
  const found = await asyncWith(
    openContainer(readSample(name)),
    async ({ tracks }) => {
      const track = tracks[index];
      const grains = await track?.getGrains().take(12).toArray();
      return track && grains && { essence: track.essence, grains };
    },
  );
  const [first, ...others] = found?.grains ?? [];
  if (found === undefined || first === undefined) {
    throw new Error(`There is nothing in track ${index} of ${name}`);
  }
  return { essence: found.essence, grains: [first, ...others] };
}
