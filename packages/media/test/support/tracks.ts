import {
  openContainer,
  type Grain,
  type MediaSource,
  type Track,
  type TrackGrainsOptions,
} from "@sluice/media";
import { asyncWith } from "sluice";
import { ffmpeg } from "./ffmpeg.ts";
import { makeFile, withFile } from "./probe.ts";

/** Words for ffmpeg that make pictures. */
export function pictures(rate: string, seconds = 2): string {
  return `-f lavfi -i testsrc2=s=96x64:r=${rate}:d=${seconds}`;
}

/** Words for ffmpeg that make sound. */
export function sine(rate: number, seconds = 2): string {
  return `-f lavfi -i sine=r=${rate}:d=${seconds}`;
}

/** Words for ffmpeg that code pictures with two that are decoded early. */
export const h264 =
  "-pix_fmt yuv420p -c:v libx264 -preset veryfast -bf 3 -g 20";

/** Makes a file with ffmpeg, of words with spaces between. */
export function make(name: string, words: string): Buffer {
  return makeFile(name, split(words));
}

function split(words: string): string[] {
  return words.split(" ").filter((word) => word !== "");
}

/** Copies the tracks of a file into MP4, as ffmpeg does it. */
export function copyIntoMp4(
  file: Uint8Array,
  before: string,
  name = "a.mp4",
  after = "",
): Buffer {
  return convert(file, name, `-c copy ${after}`, before, "b.mp4");
}

/** Runs ffmpeg on a file that must be a file, and gives what it makes of it. */
export function convert(
  file: Uint8Array,
  name: string,
  after: string,
  before = "",
  target?: string,
): Buffer {
  return withFile(name, file, (path) => {
    const words = [...split(before), "-i", path, ...split(after)];
    return target === undefined
      ? ffmpeg([...words, "-"])
      : makeFile(target, words);
  });
}

/** Reads what the name says, all of it. */
export async function readTracks(file: MediaSource): Promise<readonly Track[]> {
  return asyncWith(openContainer(file), ({ tracks }) => tracks);
}

/** Reads what the name says, all of it. */
export async function readTrack(
  file: MediaSource,
  index: number,
  options?: TrackGrainsOptions,
): Promise<Grain[]> {
  return asyncWith(openContainer(file), ({ tracks }) =>
    readGrains(tracks[index], options),
  );
}

/** Reads what the name says, all of it. */
export async function readGrains(
  track: Track | undefined,
  options?: TrackGrainsOptions,
): Promise<Grain[]> {
  return (await track?.getGrains(options).toArray()) ?? [];
}
