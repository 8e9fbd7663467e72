import type { Colour } from "../essence/essence.ts";

/** How WebCodecs tells how numbers become colours. */
interface ColourNames {
  readonly primaries?: string | null | undefined;
  readonly transfer?: string | null | undefined;
  readonly matrix?: string | null | undefined;
  readonly fullRange?: boolean | null | undefined;
}

type CodePoints = Partial<Record<string, number>>;

const primaries: CodePoints = {
  bt709: 1,
  bt470bg: 5,
  smpte170m: 6,
  bt2020: 9,
  smpte432: 12,
};

const transfers: CodePoints = {
  bt709: 1,
  smpte170m: 6,
  linear: 8,
  "iec61966-2-1": 13,
  pq: 16,
  hlg: 18,
};

const matrices: CodePoints = {
  rgb: 0,
  bt709: 1,
  bt470bg: 5,
  smpte170m: 6,
  "bt2020-ncl": 9,
};

/**
 * Makes code points of the names that WebCodecs has for them.
 *
 * Source: W3C WebCodecs, VideoColorSpace; ITU-T H.273, tables 2, 3 and 4.
 *
 * @returns Nothing if nothing is told.
 */
export function toColour(names: ColourNames): Colour | undefined {
  const colour = {
    primaries: primaries[names.primaries ?? ""],
    transfer: transfers[names.transfer ?? ""],
    matrix: matrices[names.matrix ?? ""],
    isFullRange: names.fullRange ?? undefined,
  };
  const isTold = Object.values(colour).some((value) => value !== undefined);
  return isTold ? Object.freeze(colour) : undefined;
}

/** Fills in from the stream what the container does not tell. */
export function mergeColours(
  told: Colour | undefined,
  other: Colour | undefined,
): Colour | undefined {
  if (told === undefined || other === undefined) return told ?? other;
  return Object.freeze({
    primaries: told.primaries ?? other.primaries,
    transfer: told.transfer ?? other.transfer,
    matrix: told.matrix ?? other.matrix,
    isFullRange: told.isFullRange ?? other.isFullRange,
  });
}
