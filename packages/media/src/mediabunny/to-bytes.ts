/** Copies what a decoder is told, so that it is held without the file. */
export function toBytes(
  description: AllowSharedBufferSource | undefined,
): Uint8Array | undefined {
  if (description === undefined) return undefined;
  if (!ArrayBuffer.isView(description)) {
    return new Uint8Array(description).slice();
  }
  const { buffer, byteOffset, byteLength } = description;
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}
