import { FormatError, inspect, openContainer, type Grain } from "@sluice/media";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import { createAdts } from "../support/small-adts.ts";
import { h264, make, pictures, readTrack, sine } from "../support/tracks.ts";

describe("A file that is none of media", () => {
  it.each([
    ["nothing", new Uint8Array(0)],
    ["a byte", Uint8Array.of(7)],
    ["zeros", new Uint8Array(10_000)],
    ["text", new TextEncoder().encode("Good morning. ".repeat(1000))],
    ["a start of Matroska", Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3)],
    ["a box of MP4", new TextEncoder().encode("\0\0\0\u0010ftypisom\0\0\0\0")],
  ])("is refused: %s", async (_, file) => {
    const opening = asyncWith(openContainer(file), () => undefined);

    await expect(opening).rejects.toBeInstanceOf(FormatError);
  });

  it("is refused with what can be read", async () => {
    const opening = inspect(new Uint8Array(100));

    await expect(opening).rejects.toThrow(
      /^Cannot read media at byte 0: the bytes have the signature of no format/,
    );
  });
});

describe.skipIf(!hasFfmpeg)(
  `A file that was cut off ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    const film = `${pictures("25")} ${sine(48_000)} ${h264} -c:a aac`;

    it.each([
      ["a.mp4", `${film} -movflags +faststart`],
      ["a.mov", `${film} -movflags +faststart`],
      ["a.mp4", `${film} -movflags +frag_keyframe+empty_moov`],
      ["a.mkv", film],
      ["a.webm", `${pictures("25")} -c:v libvpx-vp9 -deadline realtime`],
    ])(
      "%s of '%s' gives what is whole, and fails then",
      async (name, words) => {
        const file = make(name, words);
        const whole = await readTrack(file, 0);

        for (const part of [0.5, 0.8, 0.99]) {
          const cut = file.subarray(0, Math.floor(file.length * part));
          const { grains, error } = await readUntilFailure(cut);

          expect(error).toBeInstanceOf(FormatError);
          expect(error).toMatchObject({ code: "MEDIA_TRUNCATED" });
          expect(grains.map(({ data }) => data)).toEqual(
            whole.slice(0, grains.length).map(({ data }) => data),
          );
        }
      },
    );

    it("is refused if what tells of its tracks is gone", async () => {
      const file = make("a.mp4", film);
      const cut = file.subarray(0, Math.floor(file.length * 0.9));

      const opening = asyncWith(openContainer(cut), () => undefined);

      await expect(opening).rejects.toBeInstanceOf(FormatError);
    });

    it("fails in a report, too", async () => {
      const file = make("a.mp4", `${film} -movflags +faststart`);

      const reading = inspect(file.subarray(0, file.length - 100));

      await expect(reading).rejects.toBeInstanceOf(FormatError);
    });
  },
);

describe.skipIf(!hasFfmpeg)(
  `A segment of CMAF ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    const words = `${pictures("25")} ${h264} -movflags +cmaf+frag_keyframe+empty_moov`;

    it("is read with its initialisation", async () => {
      const file = make("a.mp4", words);
      const { init, segment } = splitAtFragment(file);
      const whole = await readTrack(file, 0);

      const grains = await asyncWith(
        openContainer(new Blob([segment]), { init }),
        async ({ tracks: [track] }) => track?.getGrains().toArray(),
      );

      expect(grains?.map(timeAndData)).toEqual(whole.map(timeAndData));
    });

    it("is refused without it, and with another's", async () => {
      const { segment } = splitAtFragment(make("a.mp4", words));

      for (const init of [undefined, createAdts(10)]) {
        const opening = asyncWith(
          openContainer(segment, { init }),
          () => undefined,
        );
        await expect(opening).rejects.toBeInstanceOf(FormatError);
      }
    });
  },
);

describe("Files that are damaged", () => {
  it("are read to an end, or fail with a FormatError", async () => {
    const file = createAdts(50);
    for (let at = 0; at < 300; at += 7) {
      const damaged = file.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;

      const { error } = await readUntilFailure(damaged);

      if (error !== undefined) expect(error).toBeInstanceOf(FormatError);
    }
  });
});

async function readUntilFailure(
  file: Uint8Array,
): Promise<{ grains: Grain[]; error: unknown }> {
  const grains: Grain[] = [];
  try {
    await asyncWith(openContainer(file), async ({ tracks: [track] }) => {
      await track?.getGrains().forEach((grain) => {
        grains.push(grain);
      });
    });
    return { grains, error: undefined };
  } catch (error) {
    return { grains, error };
  }
}

function timeAndData({ originTimestamp, data }: Grain): unknown {
  return { time: `${originTimestamp}`, data };
}

/** Cuts a fragmented file where its first fragment begins. */
function splitAtFragment(file: Buffer): {
  init: Buffer;
  segment: Uint8Array<ArrayBuffer>;
} {
  const start = file.indexOf("moof") - 4;
  return {
    init: file.subarray(0, start),
    segment: Uint8Array.from(file.subarray(start)),
  };
}

describe.skipIf(!hasFfmpeg)(
  `A file whose tables speak of more than there is ${whereFfmpegIs}`,
  () => {
    const film = `${pictures("25")} ${h264} -bf 2`;

    it.each([
      ["stts", 8],
      ["ctts", 8],
      ["stsc", 8],
    ])("is refused, and not counted through: %s", async (type, offset) => {
      const file = make("a.mp4", `${film} -movflags +faststart`);
      const body = file.indexOf(type) + 4;
      // The first number of the first entry.
      new DataView(file.buffer, file.byteOffset).setUint32(
        body + offset,
        0xffff_fff0,
      );

      const reading = asyncWith(openContainer(file), () => undefined);

      await expect(reading).rejects.toMatchObject({
        code: "MEDIA_MALFORMED",
        offset: body - 8,
      });
    });
  },
);
