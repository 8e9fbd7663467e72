import { joinBytes } from "../bytes/join-bytes.ts";
import {
  encodeBox,
  encodeFullBox,
  text,
  uint32,
  uint32List,
  uint64,
} from "./box-writer.ts";
import type { MovieSample } from "./sample.ts";

/** Source: ISO/IEC 14496-12, 8.8.3.1: it depends on no other; or it does, and is no start. */
const SYNC_FLAGS = 0x0200_0000;
const OTHER_FLAGS = 0x0101_0000;

/** The only track of what is written here. */
export const trackId = 1;

/**
 * Writes a media segment: a fragment for each run of samples.
 *
 * The same samples give the same bytes. Decode times and composition offsets are not below
 * 0, so that no reader has to guess.
 *
 * Source: ISO/IEC 14496-12, 8.8 and 8.16.2; ISO/IEC 23000-19 (CMAF), 7.3.
 *
 * @param runs Samples whose durations reach from one to the next.
 */
export function encodeSegment(
  runs: readonly (readonly MovieSample[])[],
): Uint8Array {
  const type = encodeBox("styp", text("msdh"), uint32(0), text("msdhcmfs"));
  const parts = [type];
  for (const run of runs) {
    // The data are 8 bytes behind the movie fragment's end.
    const { length } = encodeMovieFragment(run, 0);
    parts.push(encodeMovieFragment(run, length + 8));
    parts.push(encodeBox("mdat", ...run.map(({ data }) => data)));
  }
  return joinBytes(parts);
}

function encodeMovieFragment(
  run: readonly MovieSample[],
  dataOffset: number,
): Uint8Array {
  const time = run[0]?.decodeTime ?? 0n;
  return encodeBox(
    "moof",
    encodeFullBox("mfhd", {}, uint32(1)),
    encodeBox(
      "traf",
      // The base of offsets is the fragment.
      encodeFullBox("tfhd", { flags: 0x02_0000 }, uint32(trackId)),
      encodeFullBox("tfdt", { version: 1 }, uint64(time)),
      encodeRun(run, dataOffset),
    ),
  );
}

function encodeRun(
  run: readonly MovieSample[],
  dataOffset: number,
): Uint8Array {
  const values = run.flatMap((sample) => [
    sample.duration,
    sample.data.length,
    sample.isSync ? SYNC_FLAGS : OTHER_FLAGS,
    Number(sample.presentationTime - sample.decodeTime),
  ]);
  // Offset of the data; and duration, size, flags and composition offset of each sample.
  const flags = 0x1 | 0x100 | 0x200 | 0x400 | 0x800;
  return encodeFullBox(
    "trun",
    { flags },
    uint32(run.length, dataOffset),
    uint32List(values),
  );
}
