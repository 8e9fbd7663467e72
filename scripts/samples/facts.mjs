import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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
 * lines, one for each packet, in the order of the file. Payloads are told as they are in
 * MP4, so without start codes and headers of their own; samples of sound as one.
 *
 * @param {string} path
 */
export function collectFacts(path) {
  const { streams, packets } = probe(path);
  const payloads = readPayloads(path, packets);
  return streams.map((stream) => ({
    ...describeTrack(stream, select(packets, stream)),
    payloadMd5: stream.codec_name.startsWith("pcm_")
      ? joinSamples(path)
      : digest(
          select(payloads, stream).map(({ data_hash }) =>
            data_hash.slice("MD5:".length),
          ),
        ),
  }));
}

/**
 * @param {readonly Packet[]} packets
 * @param {Stream} stream
 */
function select(packets, { index }) {
  return packets.filter(({ stream_index }) => stream_index === index);
}

/**
 * Gives packets as they are in MP4.
 *
 * @param {string} path
 * @param {Packet[]} packets As they are in the file.
 */
function readPayloads(path, packets) {
  if (!/\.(m2t|adts)$/.test(path)) return packets;
  const folder = mkdtempSync(join(tmpdir(), "samples-"));
  const copy = join(folder, "copy.mp4");
  const words = ["-loglevel", "error", "-i", path, "-c", "copy", copy];
  execFileSync("ffmpeg", words);
  const found = probe(copy);
  rmSync(folder, { recursive: true });
  return found.packets;
}

/**
 * Gives a checksum over all samples.
 *
 * @param {string} path
 */
function joinSamples(path) {
  const words = ["-loglevel", "error", "-i", path, "-f", "md5", "-c", "copy"];
  const said = execFileSync("ffmpeg", [...words, "-"], { encoding: "utf8" });
  return said.trim().slice("MD5=".length);
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
  };
}

/** @param {readonly string[]} lines */
function digest(lines) {
  return createHash("md5").update(lines.join("\n")).digest("hex");
}
