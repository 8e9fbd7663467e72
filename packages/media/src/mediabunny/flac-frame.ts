/** Samples of a frame by the code in its header; others are written out. */
const sizes: Partial<Record<number, number>> = {
  1: 192,
  2: 576,
  3: 1152,
  4: 2304,
  5: 4608,
  8: 256,
  9: 512,
  10: 1024,
  11: 2048,
  12: 4096,
  13: 8192,
  14: 16_384,
  15: 32_768,
};

/**
 * Tells how many samples a frame of FLAC has; nothing if it is none.
 *
 * Source: RFC 9639, section 9.1.
 */
export function readFlacSamples(frame: Uint8Array): number | undefined {
  const [first, second = 0, third = 0, , number = 0] = frame;
  if (first !== 0xff || second >> 1 !== 0x7c) return undefined;
  const code = third >> 4;
  // The size is behind the frame's number, which is written as UTF-8 writes a character.
  const at = 4 + countUtf8Bytes(number);
  const [low = 0, next = 0] = frame.subarray(at, at + 2);
  if (code === 6) return low + 1;
  return code === 7 ? low * 256 + next + 1 : sizes[code];
}

function countUtf8Bytes(first: number): number {
  return first < 0x80 ? 1 : Math.clz32(~(first << 24));
}
