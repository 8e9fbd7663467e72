import {
  createAudioGrain,
  type AudioEssence,
  type AudioGrain,
} from "@sluice/media";
import { flowOfEssence } from "@sluice/store";
import type { Flow } from "@sluice/tams";
import { Rate, Timestamp } from "@sluice/time";

const sampleRate = 48_000;
const rate = Rate.of(sampleRate);

const soundEssence: AudioEssence = {
  kind: "audio",
  codec: "audio/x-raw-int",
  format: "S16_INTERLEAVED",
  channels: 1,
  sampleRate,
};

/** Makes a flow of sound, with ids of its own. */
export function createSoundFlow(): Flow {
  const id = crypto.randomUUID();
  return flowOfEssence(soundEssence, { id, source_id: crypto.randomUUID() });
}

/** Makes sound whose samples are their own numbers, modulo 65536. */
export function createSound(first: number, samples: number): AudioGrain {
  const data = new Uint8Array(samples * 2);
  const view = new DataView(data.buffer);
  for (let index = 0; index < samples; index++) {
    view.setUint16(2 * index, (first + index) % 65_536, true);
  }
  return createAudioGrain({
    sourceId: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
    flowId: "f1c8c095-5739-46f4-9bbc-3d7050c9ba23",
    originTimestamp: Timestamp.fromCount(first, rate),
    format: "S16_INTERLEAVED",
    channels: 1,
    sampleRate,
    samples,
    data,
  });
}

/** Makes sound of some seconds, in grains of a 50th of a second. */
export function createSeconds(from: number, seconds: number): AudioGrain[] {
  return Array.from({ length: seconds * 50 }, (_, index) =>
    createSound(from * sampleRate + index * 960, 960),
  );
}

/** Reads the numbers of the samples of grains. */
export function readNumbers(
  grains: readonly { readonly data: Uint8Array }[],
): number[] {
  return grains.flatMap(({ data }) => {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return Array.from({ length: data.byteLength / 2 }, (_, index) =>
      view.getUint16(2 * index, true),
    );
  });
}

/** Gives numbers from one on, as `readNumbers` does. */
export function numbersFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (first + index) % 65_536);
}
