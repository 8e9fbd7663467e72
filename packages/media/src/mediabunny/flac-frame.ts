/**
 * Tells how many samples a frame of FLAC has; nothing if it is none.
 *
 * Source: RFC 9639, section 9.1.
 */
export function readFlacSamples(frame: Uint8Array): number | undefined {
  const [first, second = 0, third = 0, , number = 0] = frame;
  if (first !== 0xff || second >> 1 !== 0x7c) return undefined;
  const code = third >> 4;
  if (code === 0) return undefined;
  if (code === 1) return 192;
  if (code < 6) return 144 << code;
  if (code > 7) return 1 << code;
  // The size is behind the frame's number, which is written as UTF-8 writes a character.
  const at = 4 + countUtf8Bytes(number);
  const low = frame[at];
  if (low === undefined) return undefined;
  if (code === 6) return low + 1;
  const next = frame[at + 1];
  return next === undefined ? undefined : low * 256 + next + 1;
}

function countUtf8Bytes(first: number): number {
  return first < 0x80 ? 1 : Math.clz32(~(first << 24));
}
