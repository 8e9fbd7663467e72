import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";

/** Where they are made; it is not in the repository. */
const folder = "bench/dist/containers";

/** How often the part that is coded follows itself. */
const repeats = 3;

/** The same bytes each time, whoever makes them. */
const sameEachTime = ["-flags", "+bitexact", "-fflags", "+bitexact"];

const tone = "0.2*sin(2*PI*440*t)|0.2*sin(2*PI*880*t)";
const sound = (/** @type {number} */ seconds) => [
  ...["-f", "lavfi", "-i"],
  `aevalsrc='${tone}':s=48000:d=${seconds}:c=stereo`,
];

/** What ffmpeg is told, for each file. */
const recipes = {
  // 1080p50 of about 28 Mbit/s, with B-frames; the noise is what needs so many bits.
  "part.mp4": [
    ...["-f", "lavfi", "-i"],
    "testsrc2=s=1920x1080:r=50:d=8,noise=alls=12:allf=t",
    ...sound(8),
    ...["-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-bf", "2", "-b_strategy", "0", "-g", "50", "-sc_threshold", "0"],
    ...["-b:v", "28M", "-maxrate", "28M", "-bufsize", "28M"],
    ...["-c:a", "aac", "-b:a", "128k"],
  ],
  "all.mp4": [
    ...["-stream_loop", `${repeats - 1}`, "-i", `${folder}/part.mp4`],
    ...["-c", "copy"],
  ],
  // Sound that follows itself overlaps by a part of a frame, which no store takes.
  "whole.mp4": [
    ...["-stream_loop", `${repeats - 1}`, "-i", `${folder}/part.mp4`],
    ...sound(8 * repeats),
    ...["-map", "0:v", "-map", "1:a", "-c:v", "copy"],
    ...["-c:a", "aac", "-b:a", "128k"],
  ],
  // Each frame of sound is a packet of its own, so that all readers count the same.
  "all.m2t": [
    ...["-i", `${folder}/all.mp4`, "-c", "copy", "-pes_payload_size", "0"],
  ],
  "all.wav": [...sound(240), "-c:a", "pcm_s24le"],
};

/**
 * Makes the files, unless they are there.
 *
 * @returns {Record<string, string>} Their paths, by name.
 */
export function makeFiles() {
  mkdirSync(folder, { recursive: true });
  for (const [name, words] of Object.entries(recipes)) {
    const path = `${folder}/${name}`;
    if (existsSync(path)) continue;
    const quiet = ["-hide_banner", "-loglevel", "error", "-nostdin", "-y"];
    execFileSync("ffmpeg", [...quiet, ...words, ...sameEachTime, path]);
    console.log(`Made ${path}`);
  }
  return Object.fromEntries(
    Object.keys(recipes).map((name) => [name, resolve(folder, name)]),
  );
}
