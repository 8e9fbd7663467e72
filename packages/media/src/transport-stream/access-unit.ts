/** Begins an access unit of H.264: any kind of picture may follow. */
const H264_DELIMITER: Uint8Array = Uint8Array.of(0, 0, 0, 1, 0x09, 0xf0);
/** Begins an access unit of HEVC. */
const HEVC_DELIMITER: Uint8Array = Uint8Array.of(0, 0, 0, 1, 0x46, 1, 0x50);

/** How a codec's units are told apart. */
interface UnitKind {
  readonly delimiter: Uint8Array;
  /** Gives the type of a unit, by its first byte. */
  readonly getType: (byte: number) => number;
  readonly delimiterType: number;
  /** Whether a type is that of a coded picture, or a part of one. */
  readonly isPicture: (type: number) => boolean;
}

const KINDS: ReadonlyMap<string | undefined, UnitKind> = new Map([
  [
    "h264",
    {
      delimiter: H264_DELIMITER,
      getType: (byte) => byte & 0x1f,
      delimiterType: 9,
      isPicture: (type) => type >= 1 && type <= 5,
    },
  ],
  [
    "hevc",
    {
      delimiter: HEVC_DELIMITER,
      getType: (byte) => (byte >> 1) & 0x3f,
      delimiterType: 35,
      isPicture: (type) => type < 32,
    },
  ],
]);

const NOTHING = new Uint8Array(0);

/**
 * Gives the delimiter that an access unit lacks; nothing, if it has one, or needs none.
 *
 * Source: ISO/IEC 13818-1, 2.14.1 (H.264) and 2.17.1 (HEVC): each access unit in a
 * transport stream begins with one. Rec. ITU-T H.264, 7.4.2.4; H.265, 7.4.3.5.
 *
 * @throws {RangeError} If the unit does not begin with a start code.
 */
export function findDelimiter(
  codec: string | undefined,
  data: Uint8Array,
): Uint8Array {
  const kind = KINDS.get(codec);
  if (kind === undefined) return NOTHING;
  if (findUnit(data, 0) > 4) {
    throw new RangeError(
      `Cannot write an access unit of ${codec} that begins with ${[...data.subarray(0, 4)].join(", ")}: it takes start codes, as Annex B has it`,
    );
  }
  for (let at = findUnit(data, 0); at < data.length; at = findUnit(data, at)) {
    const type = kind.getType(data[at] ?? 0);
    if (type === kind.delimiterType) return NOTHING;
    if (kind.isPicture(type)) break;
  }
  return kind.delimiter;
}

/** Finds the first byte of the next unit, behind its start code. */
function findUnit(data: Uint8Array, from: number): number {
  for (let at = data.indexOf(1, from); at >= 0; at = data.indexOf(1, at + 1)) {
    if (at >= from + 2 && data[at - 1] === 0 && data[at - 2] === 0) {
      return at + 1;
    }
  }
  return Infinity;
}
