import { openContainer } from "@sluice/media";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import { mutate } from "../support/mutations.ts";
import { watchMemory } from "../support/peak-memory.ts";
import { makeFile } from "../support/probe.ts";

/** Of a few MB, so that what every reader needs does not count. */
const words = [
  ...["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=1,noise=alls=40:allf=t"],
  ...["-f", "lavfi", "-i", "sine=r=48000:d=1"],
];

/** Changes in the middle, so that most of the file is there. */
const changes = [
  { kind: "size", at: 0.3, value: 0x7fff_ffff },
  { kind: "set", at: 0.5, byte: 255 },
  { kind: "remove", at: 0.6, size: 100 },
  { kind: "size", at: 0.001, value: 0xffff_ffff },
] as const;

describe.skipIf(!hasFfmpeg)(`Reading, ${whereFfmpegIs}`, () => {
  it.each(["mp4", "mkv"])(
    "holds not more than four times a large %s file that was tampered with",
    async (extension) => {
      const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "6"];
      const file = new Uint8Array(
        makeFile(`large.${extension}`, [...words, ...codecs]),
      );
      for (const change of changes) {
        const input = mutate(file, [change]);
        const watch = watchMemory();

        await Promise.allSettled([readAll(input, watch.look)]);

        expect(watch.peak).toBeLessThanOrEqual(4 * input.length);
      }
      expect(file.length).toBeGreaterThan(2_000_000);
    },
    60_000,
  );
});

async function readAll(file: Uint8Array, look: () => void): Promise<void> {
  await asyncWith(openContainer(file), async ({ tracks }) => {
    for (const track of tracks) {
      for await (const { data } of track.getGrains()) {
        if (data.length > 0) look();
      }
    }
  });
}
