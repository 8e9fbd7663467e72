import { findDelimiter } from "./access-unit.ts";
import { PacketBuilder } from "./packet-builder.ts";
import { encodePesHeader } from "./pes-header.ts";
import { encodeProgram, encodePrograms } from "./program-table-writer.ts";
import type { MuxerPlan, PlannedTrack } from "./muxer-plan.ts";
import type { TransportStreamInput } from "./transport-stream-input.ts";

/** Clocks are at most so far apart, in 1/90000 s: ISO/IEC 13818-1, 2.7.2. */
const CLOCK_INTERVAL = 9000;
/** What is longer is a gap, and is not filled with clocks. */
const GAP = 900_000;

const PROGRAMS_PID = 0;

/** Writes the packets of elementary streams into those of a transport stream. */
export class Muxer {
  readonly #plan: MuxerPlan;
  readonly #packets: PacketBuilder;
  readonly #tables: readonly (readonly [pid: number, section: Uint8Array])[];
  readonly #lastDts = new Map<number, number>();
  #lastTables: number | undefined;
  #lastClock: number | undefined;
  #hasTables = false;

  constructor(plan: MuxerPlan) {
    this.#plan = plan;
    const { transportStreamId, programNumber, mapPid, pcrPid } = plan;
    this.#packets = new PacketBuilder(plan.beginsAnew);
    this.#tables = [
      [PROGRAMS_PID, encodePrograms(transportStreamId, programNumber, mapPid)],
      [mapPid, encodeProgram(programNumber, pcrPid, [...plan.tracks.values()])],
    ];
  }

  /** Writes a packet, and before it what is due. */
  *write(input: TransportStreamInput): Generator<Uint8Array, void, undefined> {
    const track = this.#plan.tracks.get(input.pid);
    if (track === undefined) {
      throw new RangeError(
        `Cannot write a packet of PID ${input.pid}: it is not among the streams`,
      );
    }
    const dts = input.dts ?? input.pts;
    this.#check(input, dts);
    const unit = this.#encodeUnit(track, input);
    if (this.#needsTables(track, input, dts)) yield* this.#writeTables(dts);
    if (dts !== undefined) yield* this.#writeClocks(track, dts);
    yield this.#packets.build(track.pid, unit, {
      isRandomAccess: input.isRandomAccess ?? false,
      isDiscontinuous: input.isDiscontinuous ?? false,
      clock: this.#takeClock(track, dts),
    });
  }

  /** Writes the tables, if nothing was written before. */
  *end(): Generator<Uint8Array, void, undefined> {
    if (!this.#hasTables) yield* this.#writeTables(undefined);
  }

  #check(input: TransportStreamInput, dts: number | undefined): void {
    const { pid, pts } = input;
    checkTime(pts);
    checkTime(dts);
    if (dts === undefined) return;
    if (pts === undefined || dts > pts) {
      throw new RangeError(
        `Cannot write a packet that is decoded at ${dts} and presented at ${pts ?? "no time"}: it is presented before it is decoded`,
      );
    }
    const last = this.#lastDts.get(pid) ?? -Infinity;
    if (dts < last && input.isDiscontinuous !== true) {
      throw new RangeError(
        `Cannot write a packet of PID ${pid} that is decoded at ${dts}: the one before is decoded at ${last}`,
      );
    }
    this.#lastDts.set(pid, dts);
  }

  #encodeUnit(
    { codec, streamId }: PlannedTrack,
    input: TransportStreamInput,
  ): Uint8Array[] {
    const { data } = input;
    const delimiter = this.#plan.addsDelimiters
      ? findDelimiter(codec, data)
      : new Uint8Array(0);
    const bytes = delimiter.length + data.length;
    return [encodePesHeader(streamId, input, bytes), delimiter, data];
  }

  /** Gives the clock, if the packet carries it. */
  #takeClock(track: PlannedTrack, dts: number | undefined): number | undefined {
    if (track.pid !== this.#plan.pcrPid || dts === undefined) return undefined;
    this.#lastClock = dts;
    return dts - this.#plan.clockDelay;
  }

  #needsTables(
    track: PlannedTrack,
    input: TransportStreamInput,
    dts: number | undefined,
  ): boolean {
    if (!this.#hasTables) return true;
    if (track.isVideo && input.isRandomAccess === true) return true;
    if (dts === undefined) return false;
    const passed = Math.abs(dts - (this.#lastTables ?? -Infinity));
    return passed >= this.#plan.tableInterval;
  }

  *#writeTables(
    dts: number | undefined,
  ): Generator<Uint8Array, void, undefined> {
    this.#hasTables = true;
    this.#lastTables = dts ?? this.#lastTables;
    for (const [pid, section] of this.#tables) {
      yield this.#packets.buildSection(pid, section);
    }
  }

  /** Writes clocks where the packets that carry them are too far apart. */
  *#writeClocks(
    track: PlannedTrack,
    dts: number,
  ): Generator<Uint8Array, void, undefined> {
    const { pcrPid, clockDelay } = this.#plan;
    const last = this.#lastClock;
    if (last === undefined) return;
    const isGap = Math.abs(dts - last) > GAP;
    // Its own packets carry the clock from there on; for others it has to be there.
    if (isGap && track.pid === pcrPid) return;
    const first = isGap ? dts : last + CLOCK_INTERVAL;
    const end = isGap ? dts + 1 : dts;
    for (let at = first; at < end; at += CLOCK_INTERVAL) {
      yield this.#packets.buildClock(pcrPid, at - clockDelay);
      this.#lastClock = at;
    }
  }
}

function checkTime(time: number | undefined): void {
  if (time === undefined || Number.isSafeInteger(time)) return;
  throw new RangeError(
    `Cannot write ${time} as a timestamp: it is no safe integer`,
  );
}
