import {
  MediaError,
  readTransportStream,
  readWave,
  writeTransportStream,
  writeWave,
  type WaveFormat,
} from "@sluice/media";
import { type Stream } from "sluice";
import { describe, expect, it } from "vitest";
import {
  createRandom,
  cut,
  fuzzCount,
  join,
  mutate,
} from "./support/pieces.ts";

describe(`fuzz: ${fuzzCount} damaged inputs each`, () => {
  it("WAV is read, or refused with a FormatError", async () => {
    const files = await createWaves();

    const outcomes = await fuzz(files, (pieces, turn) =>
      readWave(pieces, { damage: turn % 2 === 0 ? "throw" : "report" }),
    );

    expect(outcomes.read).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  }, 600_000);

  it("MPEG-TS is read, or refused with a FormatError", async () => {
    const file = await createTransportStream();

    const outcomes = await fuzz([file, file.slice(0, 3 * 188)], (pieces) =>
      readTransportStream(pieces, { clocks: true }),
    );

    expect(outcomes.read).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  }, 600_000);
});

/** Reads mutants; whatever else is thrown makes the test fail. */
async function fuzz(
  files: readonly Uint8Array[],
  open: (pieces: Uint8Array[], turn: number) => Stream<object>,
): Promise<{ read: number; refused: number }> {
  const outcomes = { read: 0, refused: 0 };
  const random = createRandom(20_260);
  for (let turn = 0; turn < fuzzCount; turn++) {
    const file = files[turn % files.length] ?? new Uint8Array();
    const mutant = mutate(file, random);
    const pieces = cut(mutant, [1 + Math.floor(random() * 2000), 77]);
    try {
      let given = 0;
      for await (const item of open(pieces, turn)) given += countBytes(item);
      // What is given is no more than what was there.
      expect(given).toBeLessThanOrEqual(mutant.length);
      outcomes.read++;
    } catch (error) {
      if (!(error instanceof MediaError)) {
        throw new Error(`Mutant ${turn}`, { cause: error });
      }
      outcomes.refused++;
    }
  }
  return outcomes;
}

function countBytes(item: object): number {
  return "data" in item && item.data instanceof Uint8Array
    ? item.data.length
    : 0;
}

async function createWaves(): Promise<Uint8Array[]> {
  const samples = Uint8Array.from({ length: 1200 }, (_, index) => index);
  const format: WaveFormat = {
    sampleFormat: "s24",
    numberOfChannels: 2,
    sampleRate: 48_000,
  };
  const chunk = { id: "LIST", data: samples.slice(0, 21) };
  const kinds = [
    { numberOfFrames: 200, chunks: [chunk], trailingChunks: [chunk] },
    { numberOfFrames: 200, container: "RF64", trailingChunks: [chunk] },
    {},
  ] as const;
  return Promise.all(
    kinds.map(async (options) =>
      join(await writeWave([samples], format, options).toArray()),
    ),
  );
}

async function createTransportStream(): Promise<Uint8Array> {
  const packets = Array.from({ length: 24 }, (_, index) => ({
    pid: 256 + (index % 3),
    pts: 2 ** 33 - 20_000 + index * 3600,
    data: Uint8Array.from(
      { length: (index % 5) * 150 },
      (__, at) => at * index,
    ),
    isRandomAccess: index % 6 === 0,
  }));
  const parts = await writeTransportStream(packets, {
    streams: [
      { pid: 256, codec: "mpeg2-video" },
      { pid: 257, codec: "aac-adts", language: "eng" },
      { pid: 258, streamType: 6 },
    ],
  }).toArray();
  return join(parts);
}
