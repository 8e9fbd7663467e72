/**
 * Makes a box.
 *
 * Source: ISO/IEC 14496-12, 4.2.
 *
 * @param type Four characters.
 * @param parts Its body, one part after the other.
 */
export function encodeBox(
  type: string,
  ...parts: readonly Uint8Array[]
): Uint8Array {
  const size = parts.reduce((sum, { length }) => sum + length, 8);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, size);
  bytes.set(text(type), 4);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Makes a box that has a version and flags. */
export function encodeFullBox(
  type: string,
  { version = 0, flags = 0 }: { version?: number; flags?: number },
  ...parts: readonly Uint8Array[]
): Uint8Array {
  return encodeBox(type, uint32(version * 2 ** 24 + flags), ...parts);
}

/** Makes numbers of 32 bits; those below 0 as their complement. */
export function uint32(...values: readonly number[]): Uint8Array {
  return uint32List(values);
}

/** Makes as many numbers of 32 bits as there are. */
export function uint32List(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) {
    view.setUint32(index * 4, value);
  }
  return bytes;
}

/** Makes numbers of 16 bits. */
export function uint16(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value >> 8, value & 0xff]));
}

/** Makes a number of 64 bits; one below 0 as its complement. */
export function uint64(value: bigint | number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value));
  return bytes;
}

/** Makes the bytes of a text of ASCII. */
export function text(value: string): Uint8Array {
  return Uint8Array.from(value, (letter) => letter.charCodeAt(0));
}

/** Makes zeros. */
export function zeros(size: number): Uint8Array {
  return new Uint8Array(size);
}
