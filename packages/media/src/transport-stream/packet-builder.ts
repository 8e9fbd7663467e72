import { PACKET_BYTES, SYNC } from "./packet-framer.ts";
import { wrap } from "./timeline.ts";

/** What the first packet of a unit says in its adaptation field. */
export interface PacketMarks {
  readonly isRandomAccess: boolean;
  readonly isDiscontinuous: boolean;
  /** The clock, in 1/90000 s. */
  readonly clock: number | undefined;
}

const NO_MARKS: PacketMarks = {
  isRandomAccess: false,
  isDiscontinuous: false,
  clock: undefined,
};

/** A packet's own header. */
const HEAD_BYTES = 4;
const ROOM_BYTES = PACKET_BYTES - HEAD_BYTES;

/** Cuts units into packets, and counts those of each PID. */
export class PacketBuilder {
  readonly #counters = new Map<number, number>();
  readonly #beginsAnew: boolean;

  /** @param beginsAnew Whether the first packet of each PID says so. */
  constructor(beginsAnew: boolean) {
    this.#beginsAnew = beginsAnew;
  }

  /** Makes packets of a unit, which is given in parts. */
  build(
    pid: number,
    parts: readonly Uint8Array[],
    marks: PacketMarks = NO_MARKS,
  ): Uint8Array {
    const total = parts.reduce((sum, part) => sum + part.length, 0);
    const fieldBytes = this.#getFieldBytes(pid, marks);
    const first = Math.min(total, ROOM_BYTES - fieldBytes);
    const count = 1 + Math.ceil((total - first) / ROOM_BYTES);
    const packets = new Uint8Array(count * PACKET_BYTES);
    const source = new PartReader(parts);
    for (let index = 0, left = total; index < count; index++) {
      const packet = packets.subarray(index * PACKET_BYTES);
      const length = index === 0 ? first : Math.min(left, ROOM_BYTES);
      const field = index === 0 ? marks : NO_MARKS;
      const start = this.#begin(packet, pid, ROOM_BYTES - length, field);
      if (index === 0) packet[1] = (packet[1] ?? 0) | 0x40;
      source.copy(packet, start, length);
      left -= length;
    }
    return packets;
  }

  /** Makes packets of a section of a table. */
  buildSection(pid: number, section: Uint8Array): Uint8Array {
    const bytes = 1 + section.length;
    const first = ROOM_BYTES - this.#getFieldBytes(pid, NO_MARKS);
    const others = Math.max(0, Math.ceil((bytes - first) / ROOM_BYTES));
    const stuffing = new Uint8Array(first + others * ROOM_BYTES - bytes);
    stuffing.fill(0xff);
    return this.build(pid, [new Uint8Array(1), section, stuffing]);
  }

  /** Makes a packet that has nothing but the clock. */
  buildClock(pid: number, clock: number): Uint8Array {
    const packet = new Uint8Array(PACKET_BYTES);
    const isFirst = !this.#counters.has(pid);
    // A packet without a payload does not count.
    const counter = ((this.#counters.get(pid) ?? 0) + 15) & 15;
    writeHead(packet, pid, 0x20 | counter);
    writeField(packet, ROOM_BYTES, {
      isRandomAccess: false,
      isDiscontinuous: isFirst && this.#beginsAnew,
      clock,
    });
    return packet;
  }

  #getFieldBytes(pid: number, marks: PacketMarks): number {
    if (marks.clock !== undefined) return 8;
    const isFirst = this.#beginsAnew && !this.#counters.has(pid);
    return isFirst || marks.isRandomAccess || marks.isDiscontinuous ? 2 : 0;
  }

  /** Writes what comes before the payload, with so many bytes of adaptation field. */
  #begin(
    packet: Uint8Array,
    pid: number,
    fieldBytes: number,
    marks: PacketMarks,
  ): number {
    const counter = this.#counters.get(pid);
    this.#counters.set(pid, ((counter ?? 0) + 1) & 15);
    const hasField = fieldBytes > 0;
    writeHead(packet, pid, (hasField ? 0x30 : 0x10) | (counter ?? 0));
    const isFirst = counter === undefined && this.#beginsAnew;
    const isDiscontinuous = marks.isDiscontinuous || isFirst;
    if (hasField) writeField(packet, fieldBytes, { ...marks, isDiscontinuous });
    return HEAD_BYTES + fieldBytes;
  }
}

function writeHead(packet: Uint8Array, pid: number, last: number): void {
  packet[0] = SYNC;
  packet[1] = pid >> 8;
  packet[2] = pid & 0xff;
  packet[3] = last;
}

/** Source: ISO/IEC 13818-1, 2.4.3.4. */
function writeField(
  packet: Uint8Array,
  fieldBytes: number,
  marks: PacketMarks,
): void {
  packet[4] = fieldBytes - 1;
  if (fieldBytes === 1) return;
  packet.fill(0xff, 6, HEAD_BYTES + fieldBytes);
  packet[5] =
    (marks.isDiscontinuous ? 0x80 : 0) |
    (marks.isRandomAccess ? 0x40 : 0) |
    (marks.clock === undefined ? 0 : 0x10);
  if (marks.clock === undefined) return;
  const base = wrap(marks.clock);
  const high = Math.floor(base / 2);
  new DataView(packet.buffer, packet.byteOffset).setUint32(6, high);
  // The 27 MHz part is 0: six bits between are reserved.
  packet[10] = ((base % 2) << 7) | 0x7e;
  packet[11] = 0;
}

/** Copies bytes out of parts, in order. */
class PartReader {
  readonly #parts: readonly Uint8Array[];
  #part = 0;
  #at = 0;

  constructor(parts: readonly Uint8Array[]) {
    this.#parts = parts;
  }

  copy(target: Uint8Array, start: number, length: number): void {
    const end = start + length;
    for (let to = start; to < end;) {
      const part = this.#parts[this.#part] ?? target.subarray(0, 0);
      const run = part.subarray(this.#at, this.#at + end - to);
      target.set(run, to);
      to += run.length;
      this.#at += run.length;
      if (this.#at < part.length) continue;
      this.#part++;
      this.#at = 0;
    }
  }
}
