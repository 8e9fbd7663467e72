import type { BitReader } from "./bit-reader.ts";

/** The most sets of reference pictures: Rec. ITU-T H.265, 7.4.3.2.1. */
const MOST_SETS = 64;
/** The most pictures of a set: as many as are held. */
const MOST_PICTURES = 16;

/**
 * Passes over scaling lists.
 *
 * Source: Rec. ITU-T H.265, 7.3.4.
 */
export function skipScalingLists(bits: BitReader): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      skipScalingList(bits, size);
    }
  }
}

/**
 * Passes over the short-term sets of reference pictures.
 *
 * Source: Rec. ITU-T H.265, 7.3.7 and 7.4.8.
 *
 * @throws {FormatError} If there are more than there can be.
 */
export function skipReferenceSets(bits: BitReader): void {
  const count = bits.readUnsigned();
  if (count > MOST_SETS) {
    throw bits.createError(`there are ${count} sets of reference pictures`);
  }
  // How many pictures the set before has, which the next one may refer to.
  let pictures = 0;
  for (let set = 0; set < count; set++) {
    const isPredicted = set > 0 && bits.readFlag();
    pictures = isPredicted
      ? readPredictedSet(bits, pictures)
      : readOwnSet(bits);
  }
}

function skipScalingList(bits: BitReader, size: number): void {
  if (!bits.readFlag()) {
    bits.readUnsigned();
    return;
  }
  if (size > 1) bits.readSigned();
  const count = Math.min(64, 1 << (4 + 2 * size));
  for (let at = 0; at < count; at++) bits.readSigned();
}

function readPredictedSet(bits: BitReader, before: number): number {
  bits.skip(1);
  bits.readUnsigned();
  let pictures = 0;
  for (let at = 0; at <= before; at++) {
    // Used by this picture, or kept for others.
    if (bits.readFlag() || bits.readFlag()) pictures += 1;
  }
  return pictures;
}

function readOwnSet(bits: BitReader): number {
  const pictures = bits.readUnsigned() + bits.readUnsigned();
  if (pictures > MOST_PICTURES) {
    throw bits.createError(`a set has ${pictures} reference pictures`);
  }
  for (let at = 0; at < pictures; at++) {
    bits.readUnsigned();
    bits.skip(1);
  }
  return pictures;
}
