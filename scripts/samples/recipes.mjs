import { drawPicture, listPictureInputs } from "./picture.mjs";

/**
 * How a sample is made.
 *
 * @typedef {object} Recipe
 * @property {string} name The file.
 * @property {string[]} words What ffmpeg is told, but the name of the file.
 */

/** H.264 with three B-frames, one of which others refer to; a key frame each second. */
const h264 = [
  ...["-c:v", "libx264", "-preset", "slow", "-crf", "23", "-threads", "1"],
  "-x264-params",
  "keyint=25:min-keyint=25:scenecut=0:open-gop=0:b-adapt=0:bframes=3:b-pyramid=normal",
];
const aac = ["-c:a", "aac", "-b:a", "48k"];
const mp4 = ["-movflags", "+faststart"];

/** The folder where they are made; what is copied is read from there. */
const folder = "samples";

/** @type {readonly Recipe[]} */
export const recipes = [
  {
    name: "h264-aac-25fps.mp4",
    words: makeVideo("25", 1500, { codecs: [...h264, ...aac], container: mp4 }),
  },
  {
    name: "h264-aac-25fps.m2t",
    words: ["-i", `${folder}/h264-aac-25fps.mp4`, "-c", "copy"],
  },
  {
    name: "h264-aac-29.97fps.mp4",
    words: makeVideo("30000/1001", 300, {
      codecs: [...h264, ...aac],
      container: mp4,
    }),
  },
  {
    name: "h264-aac-vfr.mp4",
    words: makeVideo("25", 250, {
      codecs: [...h264, ...aac],
      // Pictures last between 0.009 and 0.071 s.
      timing: "settb=1/90000,setpts=N*3600+mod(N*N*7\\,2791)",
      container: [
        ...["-fps_mode", "passthrough", "-enc_time_base", "1/90000"],
        ...["-video_track_timescale", "90000", ...mp4],
      ],
    }),
  },
  {
    name: "vp9-opus-25fps.webm",
    words: makeVideo("25", 250, {
      codecs: [
        ...["-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "36", "-g", "25"],
        ...["-threads", "1", "-row-mt", "0", "-auto-alt-ref", "1"],
        ...["-lag-in-frames", "16", "-c:a", "libopus", "-b:a", "48k"],
      ],
      container: [],
    }),
  },
  { name: "pcm-s16.wav", words: [...listTone(2), "-c:a", "pcm_s16le"] },
  { name: "aac.adts", words: [...listTone(10), ...aac, "-f", "adts"] },
].map(({ name, words }) => ({ name, words: [...words, ...sameEachTime()] }));

/**
 * @param {string} rate Pictures in a second.
 * @param {number} frames How many.
 * @param {{ codecs: string[], container: string[], timing?: string }} how
 */
function makeVideo(rate, frames, { codecs, container, timing }) {
  const [numerator = 1, denominator = 1] = rate.split("/").map(Number);
  return [
    ...listPictureInputs(rate, frames),
    ...listTone((frames * denominator) / numerator),
    ...["-filter_complex", drawPicture(timing), "-map", "[v]", "-map", "2"],
    ...codecs,
    ...container,
  ];
}

/**
 * A tone that each second is 20 Hz higher, from 220 Hz on; at right an octave above.
 *
 * @param {number} seconds
 */
function listTone(seconds) {
  const pitch = "(220+20*floor(t))*t";
  const tone = `0.2*sin(2*PI*${pitch})|0.2*sin(4*PI*${pitch})`;
  const source = `aevalsrc='${tone}':c=stereo:s=48000:d=${seconds}`;
  return ["-f", "lavfi", "-i", source];
}

/** No dates, and no name of who made it. */
function sameEachTime() {
  return ["-flags", "+bitexact", "-fflags", "+bitexact", "-map_metadata", "-1"];
}
