/** Cuts bytes into copies of these lengths, over and over; some may be empty. */
export function cutInto(
  bytes: Uint8Array,
  lengths: readonly number[],
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? bytes.length;
    pieces.push(bytes.slice(at, at + length));
    at += length;
  }
  return pieces;
}
