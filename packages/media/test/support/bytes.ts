/** Joins chunks. */
export function join(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}

/** Cuts bytes into views of so many each. */
export function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    chunks.push(bytes.subarray(at, at + size));
  }
  return chunks;
}

/** Gives bytes of 4, little endian. */
export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

/** Makes a block of SSB, of a tag and what is behind its size. */
export function block(tag: string, ...content: Uint8Array[]): Uint8Array {
  const body = join(content);
  return join([Buffer.from(tag, "latin1"), uint32(body.length + 8), body]);
}
