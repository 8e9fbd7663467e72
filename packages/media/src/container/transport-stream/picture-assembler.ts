import {
  AccessUnitGrouper,
  type AccessUnit,
} from "../../coding/access-unit-grouper.ts";
import { ByteList } from "../../coding/byte-list.ts";
import { findStartCode, splitStartCodes } from "../../coding/nal-units.ts";
import type { UnitSyntax } from "../../coding/unit-syntax.ts";
import { FormatError } from "../../error/format-error.ts";
import type { TransportStreamPacket } from "../../transport-stream/transport-stream-item.ts";
import type { LostPart } from "./lost-part.ts";

/** A coded picture. */
export interface CodedPicture {
  /** Tells it from what is lost. */
  readonly kind: "picture";
  /** Its units, with the zeros that follow. */
  readonly units: readonly Uint8Array[];
  /** When it is presented, in 1/90000 s, if its packet tells. */
  readonly pts: number | undefined;
  /** When it is decoded, in 1/90000 s, if its packet tells. */
  readonly dts: number | undefined;
  /** Whether decoding can begin with it. */
  readonly isKeyFrame: boolean;
  /** Where its packet begins in the file. */
  readonly offset: number;
}

/** A packet, as far as its pictures need to know of it. */
interface PictureOrigin {
  readonly packet: TransportStreamPacket;
  isTaken: boolean;
  isComplete: boolean;
}

/** No level of any codec has larger pictures. */
const MOST_BYTES = 2 ** 26;
const START_CODE: readonly number[] = [0, 0, 1];

/**
 * Makes pictures of the packets of a stream: a packet may have several, or a part of one.
 *
 * Times and the mark of random access are those of the first picture that begins in a
 * packet. Holds up to three pictures.
 */
export class PictureAssembler {
  readonly #grouper: AccessUnitGrouper<PictureOrigin>;
  /** The last unit, which may go on in the next packet. */
  #last:
    { readonly unit: Uint8Array; readonly origin: PictureOrigin } | undefined;
  /** How many bytes came since the last picture. */
  #bytes = 0;

  constructor(syntax: UnitSyntax) {
    this.#grouper = new AccessUnitGrouper(syntax);
  }

  /**
   * Takes a packet.
   *
   * @throws {FormatError} If a picture is larger than any can be.
   */
  push(packet: TransportStreamPacket): (CodedPicture | LostPart)[] {
    const { isComplete, data } = packet;
    const parts: (CodedPicture | LostPart)[] = [];
    const origin = { packet, isTaken: false, isComplete };
    const before = this.#last;
    if (before === undefined || startsWithCode(data)) {
      for (const unit of splitStartCodes(data)) {
        this.#flush(parts);
        this.#last = { unit, origin };
      }
    } else {
      // What is before the first start code belongs to the unit before.
      this.#last = undefined;
      before.origin.isComplete &&= isComplete;
      const joined = joinToUnit(before.unit, data);
      const border = joined.length - data.length + START_CODE.length;
      for (const unit of splitStartCodes(joined)) {
        this.#flush(parts);
        // A unit belongs to the packet that its start code begins in.
        const isBefore = unit.byteOffset - joined.byteOffset < border;
        this.#last = { unit, origin: isBefore ? before.origin : origin };
      }
    }
    this.#bytes = parts.length > 0 ? 0 : this.#bytes + data.length;
    if (this.#bytes > MOST_BYTES) throw createSizeError(packet);
    return parts;
  }

  /** Gives what is left: nothing more will come. */
  end(): (CodedPicture | LostPart)[] {
    const parts: (CodedPicture | LostPart)[] = [];
    this.#flush(parts);
    return [...parts, ...this.#grouper.end().map(toPart)];
  }

  #flush(parts: (CodedPicture | LostPart)[]): void {
    if (this.#last === undefined) return;
    const { unit, origin } = this.#last;
    this.#last = undefined;
    const whole = this.#grouper.push(unit, origin);
    if (whole !== undefined) parts.push(toPart(whole));
  }
}

/** Whether there is nothing but zeros before the first start code. */
function startsWithCode(data: Uint8Array): boolean {
  const start = findStartCode(data, 0);
  return (
    start < data.length && data.subarray(0, start).every((byte) => byte === 0)
  );
}

function joinToUnit(unit: Uint8Array, data: Uint8Array): Uint8Array {
  const list = new ByteList(START_CODE);
  list.append(unit);
  list.append(data);
  return list.toBytes();
}

function toPart(unit: AccessUnit<PictureOrigin>): CodedPicture | LostPart {
  const { units, mark, isFirst, isKey } = unit;
  const [first, ...others] = unit.origins;
  if (first === undefined)
    throw new TypeError("Cannot give a picture of no packet");
  const { packet } = first;
  const { offset } = packet;
  const isComplete = [first, ...others].every((origin) => origin.isComplete);
  if (!isComplete) return toLost(unit, offset, "a picture lacks bytes");
  if (mark === undefined) return toLost(unit, offset, "units have no picture");
  if (!isFirst) {
    const times = { pts: undefined, dts: undefined };
    return { kind: "picture", units, ...times, isKeyFrame: isKey, offset };
  }
  const { pts, dts, isRandomAccess } = packet;
  const isKeyFrame = isKey || isRandomAccess;
  return { kind: "picture", units, pts, dts, isKeyFrame, offset };
}

function toLost(
  { units }: AccessUnit<PictureOrigin>,
  offset: number,
  problem: string,
): LostPart {
  const bytes = units.reduce((sum, { length }) => sum + length, 0);
  return { kind: "lost", isStart: false, offset, bytes, problem };
}

function createSizeError({ pid, offset }: TransportStreamPacket): FormatError {
  return new FormatError({
    code: "MEDIA_MALFORMED",
    format: "MPEG-TS",
    offset,
    problem: `a picture of PID ${pid} has more than ${MOST_BYTES} bytes`,
  });
}
