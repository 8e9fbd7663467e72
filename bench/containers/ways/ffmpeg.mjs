/** ffmpeg, as a process of its own, which copies packets from the file, and to nothing. */
import { spawnSync } from "node:child_process";
import { getSamples } from "../material.mjs";

/** @import { Material, Way } from "../cases.mjs" */

/**
 * Runs it.
 *
 * @param {string} path
 * @param {string} format What is written; `null` writes nothing.
 * @returns {number} What it took of the processor, in milliseconds.
 */
function copy(path, format) {
  const words = `-hide_banner -loglevel info -benchmark -nostdin -y -i ${path} -map 0 -c copy -f ${format} /dev/null`;
  const { status, stderr } = spawnSync("ffmpeg", words.split(" "), {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const found = /utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr);
  if (status !== 0 || found === null) {
    throw new Error(`Cannot measure ffmpeg: ${stderr}`);
  }
  return (Number(found[1]) + Number(found[2])) * 1000;
}

/** @type {Way} */
function readTs({ paths }) {
  return { processorMs: copy(paths["all.m2t"], "null") };
}

/** @type {Way} */
function writeTs({ paths }) {
  return { processorMs: copy(paths["all.mp4"], "mpegts") };
}

/** @type {Way} */
function readWav({ paths, bytes }) {
  return {
    count: getSamples(bytes).length / 6,
    processorMs: copy(paths["all.wav"], "null"),
  };
}

/** @type {Way} */
function writeWav({ paths, bytes }) {
  return {
    count: getSamples(bytes).length / 6,
    processorMs: copy(paths["all.wav"], "wav"),
  };
}

/** Each case by its name. */
export const ffmpeg = { readTs, writeTs, readWav, writeWav };
