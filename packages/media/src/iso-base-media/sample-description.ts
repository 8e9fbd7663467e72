import type { Colour } from "../essence/essence.ts";
import {
  getBox,
  listBoxes,
  malformed,
  toBoxBytes,
  type Box,
  type BoxBytes,
} from "./box.ts";
import {
  encodeBox,
  encodeFullBox,
  text,
  uint16,
  uint32,
} from "./box-writer.ts";

/** Where the name of the encoder is in the sample entry of pictures, and how long it is. */
const nameStart = 50;
const nameLength = 32;

/**
 * Takes the sample description of the first track out of a movie box.
 *
 * Source: ISO/IEC 14496-12, 8.5.2, 12.1.3 and 12.1.5.
 *
 * @param movie The box.
 * @param colour What is said of colours besides, in the code points of ITU-T H.273.
 * @returns The box `stsd`, which does not say who wrote it.
 */
export function takeSampleDescription(
  movie: Uint8Array,
  colour: Colour | undefined,
): Uint8Array {
  const file = toBoxBytes(movie);
  const [moov] = listBoxes(file);
  if (moov === undefined) throw malformed(0, "there is no movie box");
  const track = getBox(file, moov, "trak", "mdia");
  const description = getBox(file, track, "minf", "stbl", "stsd");
  const [entry] = listBoxes(file, description.body + 8, description.end);
  if (entry === undefined)
    throw malformed(description.start, "no sample entry");
  const body = movie.slice(entry.body, entry.end);
  const isPicture = isVideo(file, track);
  if (isPicture) body.fill(0, nameStart - 8, nameStart - 8 + nameLength);
  const parts = colour === undefined ? [body] : [body, encodeColour(colour)];
  return encodeFullBox("stsd", {}, uint32(1), encodeBox(entry.type, ...parts));
}

function isVideo(file: BoxBytes, media: Box): boolean {
  const { body } = getBox(file, media, "hdlr");
  const type = file.bytes.subarray(body + 8, body + 12);
  return String.fromCharCode(...type) === "vide";
}

function encodeColour(colour: Colour): Uint8Array {
  const { primaries, transfer, matrix, isFullRange } = colour;
  // 2 stands for what is not known.
  const points = uint16(primaries ?? 2, transfer ?? 2, matrix ?? 2);
  const range = Uint8Array.of(isFullRange === true ? 0x80 : 0);
  return encodeBox("colr", text("nclx"), points, range);
}
