/**
 * What is measured.
 *
 * @typedef {object} Case
 * @property {string} id
 * @property {string} text What is done.
 * @property {string} unit What is counted.
 * @property {readonly string[]} ways Who does it: ours first.
 * @property {Aim} [aim]
 */

/**
 * What ours has to reach.
 *
 * @typedef {object} Aim
 * @property {string} text
 * @property {string} way Beside whom.
 * @property {number} least How many times as fast as that ours has to be.
 */

/**
 * A way of doing it.
 *
 * @callback Way
 * @param {Material} material
 * @returns {Promise<Outcome> | Outcome}
 */

/**
 * What was done; the same for each way of a case.
 *
 * @typedef {object} Outcome
 * @property {number} count How many packets, grains or frames were read or written.
 * @property {number} [processorMs] What it took, if another process did it.
 */

/**
 * What is read and written.
 *
 * @typedef {object} Material
 * @property {Record<string, string>} paths The files.
 * @property {Uint8Array} bytes The one that is read, or that is like what is written.
 * @property {unknown} [packets] What is written.
 */

/** @type {readonly Case[]} */
export const cases = [
  {
    id: "readTs",
    text: "reads MPEG-TS: all packets of both tracks, with their times",
    unit: "packets",
    ways: ["ours", "mediabunny", "mux.js", "ffmpeg"],
    aim: { text: "at least 4 times mediabunny", way: "mediabunny", least: 4 },
  },
  {
    id: "writeTs",
    text: "writes MPEG-TS",
    unit: "packets",
    ways: ["ours", "mediabunny", "ffmpeg"],
  },
  {
    id: "readWav",
    text: "reads WAV, in blocks",
    unit: "frames",
    ways: ["ours", "mediabunny", "ffmpeg", "copy"],
  },
  {
    id: "writeWav",
    text: "writes WAV, out of as many blocks",
    unit: "frames",
    ways: ["ours", "mediabunny", "ffmpeg", "copy"],
  },
  {
    id: "readGsf",
    text: "reads GSF: all grains, out of chunks of 64 KiB, which most of them are longer than",
    unit: "grains",
    ways: ["ours", "copy"],
    aim: {
      text: "at least half as fast as its bytes are copied",
      way: "copy",
      least: 0.5,
    },
  },
  {
    id: "readGsfWhole",
    text: "the same out of one piece, of which payloads are views",
    unit: "grains",
    ways: ["ours", "copy"],
    aim: {
      text: "at least half as fast as its bytes are copied",
      way: "copy",
      least: 0.5,
    },
  },
  {
    id: "writeGsf",
    text: "writes GSF",
    unit: "grains",
    ways: ["ours", "copy"],
  },
];

/**
 * Finds a case.
 *
 * @param {string} id
 */
export function findCase(id) {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No case ${id}`);
  return found;
}
