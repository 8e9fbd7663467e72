import type { Colour } from "@sluice/media";
import type { VideoEssenceParameters } from "@sluice/tams";

type ColourNames = Pick<
  VideoEssenceParameters,
  "colorspace" | "transfer_characteristic"
>;

const HLG = 18;
const PQ = 16;
const SDR: ReadonlySet<number | undefined> = new Set([1, 6, 14, 15]);
const BT601: ReadonlySet<number | undefined> = new Set([5, 6]);
const BT2020 = 9;

/**
 * Gives TAMS's names for how numbers become colours, as far as it has any.
 *
 * Source: ITU-T H.273, tables 2 to 4; TAMS 8.2, `flow-video.json`. BT.2100 has the primaries
 * of BT.2020, with another transfer.
 */
export function toColourNames(colour: Colour | undefined): ColourNames {
  if (colour === undefined) return {};
  const transfer = toTransferName(colour.transfer);
  const isHigh = transfer === "HLG" || transfer === "PQ";
  const space = toSpaceName(colour.primaries, isHigh);
  return {
    ...(space === undefined ? {} : { colorspace: space }),
    ...(transfer === undefined ? {} : { transfer_characteristic: transfer }),
  };
}

/** Gives the code points that TAMS's names stand for; nothing, if there are no names. */
export function fromColourNames(names: ColourNames): Colour | undefined {
  const { colorspace, transfer_characteristic: transfer } = names;
  if (colorspace === undefined && transfer === undefined) return undefined;
  const code = findSpaceCode(colorspace);
  return {
    primaries: code,
    transfer: findTransferCode(transfer, code),
    matrix: code,
    isFullRange: undefined,
  };
}

function toSpaceName(
  primaries: number | undefined,
  isHigh: boolean,
): ColourNames["colorspace"] {
  if (primaries === 1) return "BT709";
  if (primaries === BT2020) return isHigh ? "BT2100" : "BT2020";
  return BT601.has(primaries) ? "BT601" : undefined;
}

function toTransferName(
  transfer: number | undefined,
): ColourNames["transfer_characteristic"] {
  if (transfer === HLG) return "HLG";
  if (transfer === PQ) return "PQ";
  return SDR.has(transfer) ? "SDR" : undefined;
}

function findSpaceCode(space: ColourNames["colorspace"]): number | undefined {
  if (space === undefined) return undefined;
  if (space === "BT709") return 1;
  return space === "BT601" ? 6 : BT2020;
}

function findTransferCode(
  transfer: ColourNames["transfer_characteristic"],
  space: number | undefined,
): number | undefined {
  if (transfer === "HLG") return HLG;
  if (transfer === "PQ") return PQ;
  return space === BT2020 ? 14 : space;
}
