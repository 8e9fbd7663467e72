import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";

/**
 * What ffprobe says of a packet.
 *
 * @typedef {object} Packet
 * @property {number} stream_index
 * @property {number} [pts]
 * @property {number} [dts]
 * @property {number} [duration]
 * @property {string} flags
 * @property {string} size
 * @property {string} data_hash
 */

/**
 * What ffprobe says of a stream.
 *
 * @typedef {object} Stream
 * @property {number} index
 * @property {string} codec_name
 * @property {string} time_base
 */

/**
 * Tells the packets of each track, as ffprobe has them, in figures and in checksums over
 * lines, one for each packet, in the order of the file.
 *
 * @param {string} path
 */
export function collectFacts(path) {
  const { streams, packets } = probe(path);
  return streams.map((stream) =>
    describeTrack(
      stream,
      packets.filter(({ stream_index }) => stream_index === stream.index),
    ),
  );
}

/**
 * @param {string} path
 * @returns {{ streams: Stream[], packets: Packet[] }}
 */
function probe(path) {
  const words = "-loglevel error -of json -show_streams -show_packets";
  const text = execFileSync(
    "ffprobe",
    [...words.split(" "), "-show_data_hash", "md5", path],
    { encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  return JSON.parse(text);
}

/**
 * @param {Stream} stream
 * @param {Packet[]} packets
 */
function describeTrack({ codec_name, time_base }, packets) {
  const times = packets.map(({ pts = Number.NaN }) => pts);
  return {
    codec: codec_name,
    timescale: Number(time_base.slice("1/".length)),
    packets: packets.length,
    keyFrames: packets.filter(({ flags }) => flags.startsWith("K")).length,
    bytes: packets.reduce((sum, { size }) => sum + Number(size), 0),
    firstPts: Math.min(...times),
    lastPts: Math.max(...times),
    ptsMd5: digest(packets.map(({ pts }) => `${pts}`)),
    dtsMd5: digest(packets.map(({ dts }) => `${dts}`)),
    durationMd5: digest(packets.map(({ duration }) => `${duration}`)),
    keyMd5: digest(packets.map(({ flags }) => flags.slice(0, 1))),
    payloadMd5: digest(packets.map(({ data_hash }) => data_hash)),
  };
}

/** @param {readonly string[]} lines */
function digest(lines) {
  return createHash("md5").update(lines.join("\n")).digest("hex");
}
