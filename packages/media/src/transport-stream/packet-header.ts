import { PACKET_BYTES } from "./packet-framer.ts";

/** The PID of packets that only fill space. */
export const NULL_PID = 0x1fff;

/** The header of a packet, and its adaptation field. One is used for all packets. */
export class PacketHeader {
  pid = 0;
  isFlagged = false;
  isUnitStart = false;
  isScrambled = false;
  hasPayload = false;
  continuity = 0;
  isDiscontinuous = false;
  isRandomAccess = false;
  /** Where the six bytes of a clock are; 0 if there is none. */
  pcrAt = 0;
  /** Where the payload begins. */
  start = 0;
  /** Where the packet ends. */
  end = 0;

  /**
   * Reads the header of the packet that begins at a place.
   *
   * Source: ISO/IEC 13818-1, 2.4.3.2 and 2.4.3.4.
   *
   * @returns Whether it can be right.
   */
  read(bytes: Uint8Array, at: number): boolean {
    const first = bytes[at + 1] ?? 0;
    const last = bytes[at + 3] ?? 0;
    this.pid = ((first & 0x1f) << 8) | (bytes[at + 2] ?? 0);
    this.isFlagged = (first & 0x80) !== 0;
    this.isUnitStart = (first & 0x40) !== 0;
    this.isScrambled = (last & 0xc0) !== 0;
    this.hasPayload = (last & 0x10) !== 0;
    this.continuity = last & 0x0f;
    this.isDiscontinuous = false;
    this.isRandomAccess = false;
    this.pcrAt = 0;
    this.start = at + 4;
    this.end = at + PACKET_BYTES;
    // Neither a payload nor an adaptation field is reserved.
    return (last & 0x20) === 0 ? this.hasPayload : this.#readField(bytes, at);
  }

  #readField(bytes: Uint8Array, at: number): boolean {
    const length = bytes[at + 4] ?? 0;
    this.start = at + 5 + length;
    if (length > (this.hasPayload ? 182 : 183)) return false;
    if (length === 0) return true;
    const flags = bytes[at + 5] ?? 0;
    this.isDiscontinuous = (flags & 0x80) !== 0;
    this.isRandomAccess = (flags & 0x40) !== 0;
    if ((flags & 0x10) !== 0 && length >= 7) this.pcrAt = at + 6;
    return true;
  }
}
