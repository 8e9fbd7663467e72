import { readFileSync } from "node:fs";
import { Rate, Timestamp } from "@sluice/time";
import {
  createCodedAudioGrain,
  createCodedVideoGrain,
  createGsfHead,
  readTransportStream,
  writeGsf,
} from "../dist/media/index.js";

/** @import { Case, Material } from "./cases.mjs" */

/** Chunks have so many bytes, as those of files do. */
const chunkBytes = 65_536;

const ids = {
  sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
  flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
};

/**
 * Gets ready what a case needs; none of that is measured.
 *
 * @param {Case} one
 * @param {Record<string, string>} paths
 * @returns {Promise<Material>}
 */
export async function prepare({ id }, paths) {
  if (id.endsWith("Wav")) {
    return { paths, bytes: read(paths["all.wav"]) };
  }
  const bytes = read(paths["all.m2t"]);
  if (id === "readTs") return { paths, bytes };
  const items = await readTransportStream(cut(bytes)).toArray();
  const packets = items.filter(({ kind }) => kind === "packet");
  if (id === "writeTs") return { paths, bytes, packets };
  const grains = packets.map(toGrain);
  const file = Buffer.concat(await writeGsf(createHead(), grains).toArray());
  return { paths, bytes: new Uint8Array(file), packets: grains };
}

/** @param {string} path */
function read(path) {
  return new Uint8Array(readFileSync(path));
}

/**
 * Cuts bytes into views.
 *
 * @param {Uint8Array} bytes
 */
export function cut(bytes, size = chunkBytes) {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

/** WAV is written out of so many bytes at a time: what mediabunny reads, 2048 frames. */
export const blockBytes = 2048 * 6;

/**
 * Gives the samples of a WAV file that ffmpeg has written.
 *
 * @param {Uint8Array} bytes
 */
export function getSamples(bytes) {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, 4096).indexOf("data");
  return bytes.subarray(at + 8);
}

/** The head of a file of grains. */
export function createHead() {
  return createGsfHead({
    id: "f56fbcc0-ba22-11ee-ac24-c9ac92c955d2",
    created: Timestamp.parse("1694429247:0"),
    segments: [{ id: "f56fbcc1-ba22-11ee-ac24-c9ac92c955d2" }],
  });
}

/** @param {{ codec: string, pts: number, data: Uint8Array, isRandomAccess: boolean }} packet */
function toGrain({ codec, pts, data, isRandomAccess }) {
  const init = {
    ...ids,
    originTimestamp: Timestamp.fromCount(pts, Rate.of(90_000)),
    data,
  };
  return codec === "h264"
    ? createCodedVideoGrain({
        ...init,
        format: "H264",
        rate: Rate.of(50),
        duration: { numerator: 1, denominator: 50 },
        originWidth: 1920,
        originHeight: 1080,
        isKeyFrame: isRandomAccess,
      })
    : createCodedAudioGrain({
        ...init,
        format: "AAC",
        rate: Rate.of(375, 8),
        duration: { numerator: 8, denominator: 375 },
        channels: 2,
        samples: 1024,
        priming: 0,
        remainder: 0,
        sampleRate: 48_000,
      });
}
