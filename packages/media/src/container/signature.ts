/** A format that has a reader of ours. */
export type OwnFormat = "gsf" | "transport-stream" | "wave";

/** How many bytes of a file are looked at. */
export const signatureBytes = 4096;

/** How many packets in a row make a transport stream. */
const packetsInRow = 5;
/** Bytes of a packet; with a time in front; with a code behind that repairs it. */
const packetSizes = [
  [188, 0],
  [192, 4],
  [204, 0],
] as const;
const syncByte = 0x47;

/**
 * Tells by the first bytes of a file whether one of our own readers is to read it.
 *
 * A transport stream may begin within a packet, as a recording does.
 *
 * Source: RIFF, RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088); GSF; ISO/IEC 13818-1, 2.4.3.
 *
 * @param head The first bytes, up to `signatureBytes`.
 */
export function findOwnFormat(head: Uint8Array): OwnFormat | undefined {
  const mark = toText(head.subarray(0, 4));
  const kind = toText(head.subarray(8, 12));
  if (/^(?:RIFF|RF64|BW64)$/.test(mark) && kind === "WAVE") return "wave";
  if (toText(head.subarray(0, 8)) === "SSBBgrsg") return "gsf";
  return isTransportStream(head) ? "transport-stream" : undefined;
}

function isTransportStream(head: Uint8Array): boolean {
  return packetSizes.some(([size, offset]) => {
    const starts = Math.min(size, head.length);
    for (let start = offset; start < starts; start += 1) {
      if (hasPackets(head, start, size)) return true;
    }
    return false;
  });
}

function hasPackets(head: Uint8Array, start: number, size: number): boolean {
  let found = 0;
  for (let at = start; at < head.length && found < packetsInRow; at += size) {
    if (head[at] !== syncByte) return false;
    found += 1;
  }
  // A file may have fewer packets; but one byte is no sign.
  return found === packetsInRow || (start === 0 && found > 0);
}

function toText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
