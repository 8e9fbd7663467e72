import {
  createAudioGrain,
  createCodedAudioGrain,
  createCodedVideoGrain,
  createDataGrain,
  createEmptyGrain,
  createGsfHead,
  createVideoGrain,
  writeGsf,
  type Grain,
} from "@sluice/media";
import { Rate, Timestamp } from "@sluice/time";
import { join } from "./bytes.ts";

const ids = {
  sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
  flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
};

/** A grain of each kind, all of one flow. */
export function listGrains(): Grain[] {
  const init = {
    ...ids,
    originTimestamp: Timestamp.parse("1420102800:5"),
    rate: Rate.of(30000, 1001),
    duration: { numerator: 1001, denominator: 30000 },
    timeLabels: [
      { tag: "ltc", frameCount: 42, rate: Rate.of(25), dropFrame: true },
    ],
  };
  return [
    createVideoGrain({
      ...init,
      format: "U8_420",
      width: 4,
      height: 2,
      aspectRatio: { numerator: 16, denominator: 9 },
      data: new Uint8Array(12).fill(1),
    }),
    createCodedVideoGrain({
      ...init,
      format: "H264",
      originWidth: 1920,
      originHeight: 1080,
      isKeyFrame: true,
      temporalOffset: -1,
      unitOffsets: [0, 6],
      data: new Uint8Array(9).fill(2),
    }),
    createAudioGrain({
      ...init,
      format: "S24_PAIRS",
      channels: 1,
      samples: 2,
      sampleRate: 48_000,
      data: new Uint8Array(12).fill(3),
    }),
    createCodedAudioGrain({
      ...init,
      format: "AAC",
      channels: 2,
      samples: 1024,
      priming: 3,
      remainder: 4,
      sampleRate: 48_000,
      data: new Uint8Array(5).fill(4),
    }),
    createDataGrain({ ...init, data: new TextEncoder().encode("{}") }),
    createEmptyGrain(init),
  ];
}

/**
 * Writes a small file with a grain of each kind.
 *
 * @param version Its version.
 */
export async function writeSmallFile(
  version: 7 | 8 | 9 = 9,
): Promise<Uint8Array> {
  const head = createGsfHead({
    version,
    id: "f56fbcc0-ba22-11ee-ac24-c9ac92c955d2",
    created: Timestamp.parse("1694429247:0"),
    segments: [
      {
        id: "f56fbcc1-ba22-11ee-ac24-c9ac92c955d2",
        count: 6,
        flow: { ...ids, format: "urn:x-nmos:format:mux", json: "{}" },
        tags: [{ key: "a", value: "b" }],
      },
    ],
    tags: [{ key: "title", value: "Test" }],
  });
  return join(await writeGsf(head, listGrains()).toArray());
}
