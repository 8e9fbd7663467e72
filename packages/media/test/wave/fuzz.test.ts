import { readWave, writeWave, type WaveFormat } from "@sluice/media";
import { describe, it } from "vitest";
import { join } from "../support/bytes.ts";
import { fuzzInputs, fuzzReader } from "../support/fuzz.ts";

const samples = Uint8Array.from({ length: 1200 }, (_, index) => index);
const format: WaveFormat = {
  sampleFormat: "s24",
  numberOfChannels: 2,
  sampleRate: 48_000,
};
const chunk = { id: "LIST", data: samples.slice(0, 21) };
const files = await Promise.all(
  [
    { numberOfFrames: 200, chunks: [chunk], trailingChunks: [chunk] },
    {
      numberOfFrames: 200,
      container: "RF64" as const,
      trailingChunks: [chunk],
    },
    {},
  ].map(async (options) =>
    join(await writeWave([samples], format, options).toArray()),
  ),
);

describe("readWave() of bytes that were tampered with", () => {
  it.each(["throw", "report"] as const)(
    `gives what can be read, or one of our errors, of ${fuzzInputs} inputs (%s)`,
    async (damage) => {
      await fuzzReader(files, (chunks) => readWave(chunks, { damage }));
    },
    3_600_000,
  );
});
