/** `@sluice/media`. */
import {
  readGsf,
  readTransportStream,
  readWave,
  writeGsf,
  writeTransportStream,
  writeWave,
} from "../../dist/media/index.js";
import { blockBytes, createHead, cut, getSamples } from "../material.mjs";

/** @import { Way } from "../cases.mjs" */

/** @type {Way} */
async function readTs({ bytes }) {
  let count = 0;
  for await (const item of readTransportStream(cut(bytes))) {
    if (item.kind === "packet") count++;
  }
  return { count };
}

/** @type {Way} */
async function writeTs({ packets }) {
  await drain(
    writeTransportStream(packets, {
      streams: [
        { pid: 256, codec: "h264" },
        { pid: 257, codec: "aac-adts" },
      ],
    }),
  );
  return { count: packets.length };
}

/** @type {Way} */
async function readWav({ bytes }) {
  let count = 0;
  for await (const item of readWave(cut(bytes))) {
    if (item.kind === "block") count += item.numberOfFrames;
  }
  return { count };
}

/** @type {Way} */
async function writeWav({ bytes }) {
  const samples = getSamples(bytes);
  await drain(
    writeWave(cut(samples, blockBytes), {
      sampleFormat: "s24",
      numberOfChannels: 2,
      sampleRate: 48_000,
    }),
  );
  return { count: samples.length / 6 };
}

/** @type {Way} */
async function readGsfChunks({ bytes }) {
  return { count: await countGrains(cut(bytes)) };
}

/** @type {Way} */
async function readGsfWhole({ bytes }) {
  return { count: await countGrains(bytes) };
}

async function countGrains(input) {
  let count = 0;
  for await (const part of readGsf(input)) {
    if (part.kind === "grain") count++;
  }
  return count;
}

/** @type {Way} */
async function writeGsfFile({ packets }) {
  await drain(writeGsf(createHead(), packets));
  return { count: packets.length };
}

/** @param {AsyncIterable<Uint8Array>} chunks */
async function drain(chunks) {
  let bytes = 0;
  for await (const chunk of chunks) bytes += chunk.length;
  return bytes;
}

/** Each case by its name. */
export const ours = {
  readTs,
  writeTs,
  readWav,
  writeWav,
  readGsf: readGsfChunks,
  readGsfWhole,
  writeGsf: writeGsfFile,
};
