import { computeCrc } from "./crc.ts";
import { PacketFramer } from "./packet-framer.ts";
import { NULL_PID, PacketHeader } from "./packet-header.ts";
import { PidReader, type PidOutput } from "./pid-reader.ts";
import {
  decodeProgram,
  decodePrograms,
  isCurrent,
  PROGRAM_TABLE,
  PROGRAMS_TABLE,
  type ProgramsSection,
} from "./program-tables.ts";
import { hasSections } from "./stream-type.ts";
import { Timeline } from "./timeline.ts";
import type {
  TransportStreamItem,
  TransportStreamProgram,
} from "./transport-stream-item.ts";

/** The PID of the program association table. */
const PROGRAMS_PID = 0;
/** PIDs up to this one are those of tables: ISO/IEC 13818-1, table 2-3; DVB; ATSC. */
const LAST_TABLE_PID = 0x1f;

/** What is read. */
export interface DemuxerOptions {
  readonly maxPacketBytes: number;
  /** Whether readings of clocks are items. */
  readonly clocks: boolean;
}

/** Reads all PIDs of a transport stream in one pass. */
export class Demuxer implements PidOutput {
  readonly maxPacketBytes: number;
  readonly #clocks: boolean;
  readonly #framer = new PacketFramer((loss) => {
    this.give(loss);
  });
  readonly #header = new PacketHeader();
  readonly #readers: (PidReader | undefined)[] = [];
  /** That of streams which no map has listed. */
  readonly #timeline = new Timeline();
  /** The clock of each program, and what its map was. */
  readonly #programs = new Map<number, ProgramState>();
  #programsParts: ProgramsSection[] = [];
  #programsText = "";
  #items: TransportStreamItem[] = [];

  constructor({ maxPacketBytes, clocks }: DemuxerOptions) {
    this.maxPacketBytes = maxPacketBytes;
    this.#clocks = clocks;
  }

  /** Gives what the next chunk completes, while it is asked for. */
  *push(chunk: unknown): Generator<TransportStreamItem, void, undefined> {
    if (!(chunk instanceof Uint8Array)) {
      throw new TypeError(
        "Cannot read a transport stream: the source gave something that is no Uint8Array",
      );
    }
    this.#framer.push(chunk);
    yield* this.#drain();
    this.#framer.release();
  }

  /** Gives what is left. */
  *end(): Generator<TransportStreamItem, void, undefined> {
    this.#framer.end();
    yield* this.#drain();
    const readers = this.#readers.filter((reader) => reader !== undefined);
    readers.sort((one, other) => one.openOffset - other.openOffset);
    for (const reader of readers) {
      reader.end();
      yield* this.#take();
    }
  }

  give(item: TransportStreamItem): void {
    this.#items.push(item);
  }

  giveSection(reader: PidReader, section: Uint8Array, offset: number): void {
    const tableId = section[0] ?? 0;
    if (reader.pid === PROGRAMS_PID && tableId === PROGRAMS_TABLE) {
      this.#readPrograms(section, offset);
    } else if (tableId === PROGRAM_TABLE && this.#isMap(reader.pid)) {
      this.#readProgram(reader.pid, section, offset);
    } else {
      const { pid, stream } = reader;
      const streamType = stream?.streamType;
      this.give({
        kind: "section",
        pid,
        streamType,
        tableId,
        data: section,
        offset,
      });
    }
  }

  *#drain(): Generator<TransportStreamItem, void, undefined> {
    while (this.#framer.next()) {
      this.#readPacket();
      if (this.#items.length > 0) yield* this.#take();
    }
    yield* this.#take();
  }

  #take(): TransportStreamItem[] {
    const items = this.#items;
    if (items.length > 0) this.#items = [];
    return items;
  }

  #readPacket(): void {
    const { bytes, at, offset } = this.#framer;
    const header = this.#header;
    const isRight = header.read(bytes, at);
    const { pid } = header;
    if (header.isFlagged || (!isRight && pid !== NULL_PID)) {
      const reason = header.isFlagged ? "flagged" : "packet";
      const length = header.end - at;
      this.give({
        kind: "loss",
        reason,
        offset,
        bytes: length,
        pid,
        packets: 0,
      });
      return;
    }
    if (pid === NULL_PID) return;
    const reader = this.#readers[pid] ?? this.#open(pid);
    if (header.pcrAt > 0) this.#readClock(reader, bytes, offset);
    reader.read(bytes, header, offset);
  }

  #open(pid: number): PidReader {
    const reader = new PidReader(pid, this.#timeline, this);
    if (pid <= LAST_TABLE_PID) reader.content = "sections";
    this.#readers[pid] = reader;
    return reader;
  }

  #readClock(reader: PidReader, bytes: Uint8Array, offset: number): void {
    const { pcrAt, pid, isDiscontinuous } = this.#header;
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes.subarray(
      pcrAt,
      pcrAt + 6,
    );
    const base = (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) * 2 + (e >> 7);
    const time = reader.timeline.unwrap(base);
    if (!this.#clocks) return;
    const pcr = time * 300 + (((e & 1) << 8) | f);
    this.give({ kind: "clock", pid, pcr, isDiscontinuous, offset });
  }

  #readPrograms(section: Uint8Array, offset: number): void {
    if (!isCurrent(section)) return;
    const part = decodePrograms(section);
    if (part === undefined) {
      this.#loseSection(PROGRAMS_PID, section, offset);
      return;
    }
    const parts = this.#programsParts.filter(
      (other) =>
        other.section !== part.section &&
        other.version === part.version &&
        other.lastSection === part.lastSection,
    );
    parts.push(part);
    parts.sort((one, other) => one.section - other.section);
    this.#programsParts = parts;
    if (parts.length > part.lastSection) this.#setPrograms(part);
  }

  #setPrograms({ transportStreamId, version }: ProgramsSection): void {
    const programs = this.#programsParts.flatMap((part) => part.programs);
    const text = JSON.stringify([transportStreamId, version, programs]);
    if (text === this.#programsText) return;
    this.#programsText = text;
    this.give({ kind: "programs", transportStreamId, version, programs });
    const pids = new Set(programs.map(({ pid }) => pid));
    for (const [number, state] of this.#programs) {
      if (pids.has(state.pid)) continue;
      this.#release(state.map, []);
      this.#programs.delete(number);
    }
    for (const { number, pid } of programs) {
      const timeline = new Timeline(this.#timeline);
      const state = this.#programs.get(number);
      if (state?.pid === pid) continue;
      this.#programs.set(number, { pid, timeline, map: undefined, crc: -1 });
      const reader = this.#readers[pid] ?? this.#open(pid);
      reader.assign("sections", undefined, timeline);
    }
  }

  #isMap(pid: number): boolean {
    for (const state of this.#programs.values()) {
      if (state.pid === pid) return true;
    }
    return false;
  }

  #readProgram(pid: number, section: Uint8Array, offset: number): void {
    if (!isCurrent(section)) return;
    const map = decodeProgram(section, pid);
    if (map === undefined) {
      this.#loseSection(pid, section, offset);
      return;
    }
    const state = this.#programs.get(map.number);
    const crc = computeCrc(section.subarray(0, -4));
    // A map of a program that is not among the programs, or that is there already.
    if (state?.pid !== pid || state.crc === crc) return;
    state.crc = crc;
    this.#setProgram(state, map);
    this.give(map);
  }

  #setProgram(state: ProgramState, map: TransportStreamProgram): void {
    const kept = map.streams.map((stream) => stream.pid);
    this.#release(state.map, kept);
    state.map = map;
    for (const stream of map.streams) {
      const reader = this.#readers[stream.pid] ?? this.#open(stream.pid);
      const content = hasSections(stream.streamType) ? "sections" : "packets";
      reader.assign(content, stream, state.timeline);
    }
    const clock = this.#readers[map.pcrPid] ?? this.#open(map.pcrPid);
    clock.timeline = state.timeline;
  }

  /** Lets go of the streams of a map that are not in the next. */
  #release(
    map: TransportStreamProgram | undefined,
    kept: readonly number[],
  ): void {
    for (const { pid } of map?.streams ?? []) {
      if (kept.includes(pid)) continue;
      this.#readers[pid]?.assign("unlisted", undefined, this.#timeline);
    }
  }

  #loseSection(pid: number, section: Uint8Array, offset: number): void {
    const bytes = section.length;
    const reason = "section";
    this.give({ kind: "loss", reason, offset, bytes, pid, packets: 0 });
  }
}

interface ProgramState {
  readonly pid: number;
  readonly timeline: Timeline;
  map: TransportStreamProgram | undefined;
  /** The checksum of the map. */
  crc: number;
}
