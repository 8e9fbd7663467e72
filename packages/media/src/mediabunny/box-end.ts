import type { SeekableBytes } from "../bytes/seekable-bytes.ts";

/** A size that is behind the type, for boxes above 4 GiB. */
const longSize = 1;

/**
 * Tells how many bytes a file of boxes should have: where the last of them ends, which
 * goes on beyond the file if that was cut off.
 *
 * Source: ISO/IEC 14496-12, section 4.2.
 */
export async function findBoxEnd(bytes: SeekableBytes): Promise<number> {
  const { sizeBytes } = bytes;
  let at = 0;
  while (at < sizeBytes) {
    if (at + 8 > sizeBytes) return at + 8;
    const head = await bytes.read(at, Math.min(at + 16, sizeBytes));
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    let size = view.getUint32(0);
    if (size === longSize) {
      if (head.length < 16) return at + 16;
      size = Number(view.getBigUint64(8));
    }
    // A last one may go on to the end; and what cannot be a box is none.
    if (size < 8) return sizeBytes;
    at += size;
  }
  return at;
}
