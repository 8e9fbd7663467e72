import type { PacketHeader } from "./packet-header.ts";
import { PesAssembler } from "./pes-assembler.ts";
import { PADDING_STREAM, startsPes, type PesHeader } from "./pes-header.ts";
import { SectionAssembler } from "./section-assembler.ts";
import { signedDistance, type Timeline } from "./timeline.ts";
import type {
  ElementaryStream,
  TransportStreamItem,
  TransportStreamLossReason,
} from "./transport-stream-item.ts";

/** What a PID carries: nothing that is known yet, PES packets, or sections. */
export type PidContent = "unlisted" | "packets" | "sections";

/** What a reader of one PID gives to. */
export interface PidOutput {
  /** Takes an item. */
  give(item: TransportStreamItem): void;
  /** Takes a section that is right. */
  giveSection(reader: PidReader, section: Uint8Array, offset: number): void;
  /** The most bytes of a PES packet. */
  readonly maxPacketBytes: number;
}

/** Reads what comes on one PID. */
export class PidReader {
  readonly pid: number;
  content: PidContent = "unlisted";
  /** What the program's map says of it. */
  stream: ElementaryStream | undefined;
  /** The clock that its timestamps belong to. */
  timeline: Timeline;

  readonly #output: PidOutput;
  readonly #packets = new PesAssembler();
  #sections: SectionAssembler | undefined;
  #continuity = -1;
  #hasRepeated = false;
  /** What has been left out since the last loss was told. */
  #left: { reason: TransportStreamLossReason; offset: number; bytes: number } =
    { reason: "start", offset: 0, bytes: 0 };

  constructor(pid: number, timeline: Timeline, output: PidOutput) {
    this.pid = pid;
    this.timeline = timeline;
    this.#output = output;
  }

  /** Where the PES packet begins that is open. */
  get openOffset(): number {
    return this.#packets.offset;
  }

  /** Says what it carries from now on; what is open of anything else is given first. */
  assign(
    content: PidContent,
    stream: ElementaryStream | undefined,
    timeline: Timeline,
  ): void {
    const isOther =
      content !== this.content ||
      stream?.streamType !== this.stream?.streamType;
    if (isOther && this.content !== "unlisted") this.end();
    this.content = content;
    this.stream = stream;
    this.timeline = timeline;
  }

  /** Takes a packet. */
  read(bytes: Uint8Array, header: PacketHeader, offset: number): void {
    if (!this.#isNext(header, offset) || !header.hasPayload) return;
    if (header.isScrambled) {
      this.#leave("scrambled", offset, header.end - header.start);
    } else if (this.content === "sections") {
      this.#readSections(bytes, header, offset);
    } else {
      this.#readPackets(bytes, header, offset);
    }
  }

  /** Gives what is open: nothing more will come. */
  end(): void {
    this.#finish();
    for (const { offset, bytes } of this.#sections?.drop() ?? []) {
      this.#lose("section", offset, bytes);
    }
    this.#tellLeft();
  }

  /** Whether a packet is the next by its counter, and none that is sent twice. */
  #isNext(header: PacketHeader, offset: number): boolean {
    const last = this.#continuity;
    this.#continuity = header.continuity;
    if (last < 0) return true;
    const step = (header.continuity - last) & 15;
    if (step === (header.hasPayload ? 1 : 0)) {
      this.#hasRepeated = false;
      return true;
    }
    if (step === 0 && !this.#hasRepeated && !header.isDiscontinuous) {
      this.#hasRepeated = true;
      return false;
    }
    this.#hasRepeated = false;
    this.#break(header, (step - 1) & 15, offset);
    return true;
  }

  /** The counter has made a jump: what is open lacks something, if nobody meant it. */
  #break(header: PacketHeader, packets: number, offset: number): void {
    const isMeant = header.isDiscontinuous;
    if (!isMeant) this.#lose("continuity", offset, 0, packets);
    if (!isMeant || !header.isUnitStart) this.#packets.damage();
    for (const lost of this.#sections?.drop() ?? []) {
      this.#lose("section", lost.offset, lost.bytes);
    }
  }

  #readSections(
    bytes: Uint8Array,
    { start, end, isUnitStart }: PacketHeader,
    offset: number,
  ): void {
    this.#sections ??= new SectionAssembler();
    const payload = bytes.subarray(start, end);
    for (const result of this.#sections.append(payload, isUnitStart, offset)) {
      if (result.section === undefined) {
        this.#lose("section", result.offset, result.bytes);
      } else {
        this.#output.giveSection(this, result.section, result.offset);
      }
    }
  }

  #readPackets(bytes: Uint8Array, header: PacketHeader, offset: number): void {
    const { start, end } = header;
    if (header.isUnitStart) this.#begin(bytes, header, offset);
    if (this.#packets.isOpen) {
      this.#packets.append(bytes, start, end);
      if (this.#packets.length > this.#output.maxPacketBytes) {
        this.#leave("size", this.#packets.offset, this.#packets.length);
        this.#packets.drop();
      } else if (this.#packets.isFull) this.#finish();
    } else if (!header.isUnitStart) {
      // What is too long goes on being so.
      const reason = this.#left.reason === "size" ? "size" : "start";
      this.#leave(reason, offset, end - start);
    }
  }

  #begin(bytes: Uint8Array, header: PacketHeader, offset: number): void {
    const { start, end, isRandomAccess, isDiscontinuous } = header;
    this.#finish();
    this.#tellLeft();
    if (startsPes(bytes.subarray(start, Math.min(start + 3, end)))) {
      this.#packets.begin({ offset, isRandomAccess, isDiscontinuous });
    } else {
      this.#leave("header", offset, end - start);
    }
  }

  #finish(): void {
    const result = this.#packets.finish();
    if (result === undefined) return;
    const { header, start, data, isComplete } = result;
    const { offset } = start;
    if (result.surplus > 0) this.#lose("length", offset, result.surplus);
    if (header === undefined) {
      this.#lose("header", offset, result.bytes);
      return;
    }
    const { streamId } = header;
    if (streamId === PADDING_STREAM) return;
    this.#output.give({
      kind: "packet",
      pid: this.pid,
      streamType: this.stream?.streamType,
      codec: this.stream?.codec,
      streamId,
      ...this.#unwrap(header),
      data,
      isRandomAccess: start.isRandomAccess,
      isDiscontinuous: start.isDiscontinuous,
      isComplete,
      offset,
    });
  }

  /** The order of decoding moves the clock on; presentation is near it. */
  #unwrap({ pts, dts }: PesHeader): Pick<PesHeader, "pts" | "dts"> {
    if (pts === undefined || dts === undefined) return { pts, dts };
    const decoded = this.timeline.unwrap(dts);
    return { pts: decoded + signedDistance(pts, dts), dts: decoded };
  }

  #leave(
    reason: TransportStreamLossReason,
    offset: number,
    bytes: number,
  ): void {
    if (this.#left.reason !== reason) this.#tellLeft();
    if (this.#left.bytes === 0) this.#left = { reason, offset, bytes };
    else this.#left.bytes += bytes;
  }

  /** Tells what was left out; of a PID that nobody listed it may be anything. */
  #tellLeft(): void {
    const { reason, offset, bytes } = this.#left;
    this.#left = { reason: "start", offset: 0, bytes: 0 };
    const isAnything =
      this.content === "unlisted" && ["start", "header"].includes(reason);
    if (bytes > 0 && !isAnything) this.#lose(reason, offset, bytes);
  }

  #lose(
    reason: TransportStreamLossReason,
    offset: number,
    bytes: number,
    packets = 0,
  ): void {
    const { pid } = this;
    this.#output.give({ kind: "loss", reason, offset, bytes, pid, packets });
  }
}
