/** Source: ISO/IEC 13818-1, annex A: the polynomial 0x04C11DB7, highest bit first. */
const TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) {
    value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  }
  return value >>> 0;
});

/**
 * Computes the checksum of a section.
 *
 * @param bytes The section; with its own checksum at the end, the result is 0.
 * @returns 32 bits, unsigned.
 */
export function computeCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = ((crc << 8) ^ (TABLE[(crc >>> 24) ^ byte] ?? 0)) >>> 0;
  }
  return crc;
}
