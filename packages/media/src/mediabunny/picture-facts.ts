import type { VideoCodec } from "mediabunny";
import { decodeAvcConfig } from "../coding/avc-config.ts";
import { parseAvcSequence } from "../coding/avc-sequence.ts";
import { decodeHevcConfig } from "../coding/hevc-config.ts";
import { parseHevcSequence } from "../coding/hevc-sequence.ts";
import { getNalKind } from "../coding/nal-type.ts";
import type { PictureFormat } from "../coding/picture-format.ts";
import type { VideoEssence } from "../essence/essence.ts";

/** What of an essence is told by the codec, and not by the container. */
export type PictureFacts = Pick<
  VideoEssence,
  | "bitDepth"
  | "componentType"
  | "horizontalChromaSubsampling"
  | "verticalChromaSubsampling"
  | "interlaceMode"
  | "colour"
>;

/** How many columns, and lines, there are for one of colour: by chroma format. */
const subsamplings: readonly (readonly [number, number])[] = [
  [1, 1],
  [2, 2],
  [2, 1],
  [1, 1],
];

/**
 * Tells what a codec says of its pictures.
 *
 * @param codec Mediabunny's name of it.
 * @param config What a decoder is told.
 * @param parameter The codec in detail, as RFC 6381 spells it.
 * @throws {FormatError} If the configuration cannot be read.
 */
export function readPictureFacts(
  codec: VideoCodec | null,
  config: Uint8Array | undefined,
  parameter: string | undefined,
): PictureFacts {
  const sequence = config && parseSequence(codec, config);
  if (sequence !== undefined) return describeSequence(sequence);
  const [name = "", ...words] = (parameter ?? "").split(".");
  if (name === "av01") return describeAv1(words);
  if (name === "vp09") return describeVp9(words);
  return codec === "prores" ? describeProRes(name) : {};
}

function parseSequence(
  codec: VideoCodec | null,
  config: Uint8Array,
): PictureFormat | undefined {
  if (codec === "avc") {
    const [unit] = decodeAvcConfig(config).sequenceParameterSets;
    return unit && parseAvcSequence(unit);
  }
  if (codec !== "hevc") return undefined;
  const unit = decodeHevcConfig(config).parameterSets.find(
    (set) => getNalKind(set, "H265") === "sequence-parameters",
  );
  return unit && parseHevcSequence(unit);
}

function describeSequence(sequence: PictureFormat): PictureFacts {
  const { chromaFormat, lumaBits, isInterlaced, colour } = sequence;
  return {
    ...describeSamples(lumaBits, chromaFormat),
    componentType: colour?.matrix === 0 ? "RGB" : "YCbCr",
    // Which field comes first, only the pictures tell.
    interlaceMode: isInterlaced ? undefined : "progressive",
    colour,
  };
}

/** Source: AV1 in ISOBMFF, 5: `av01.P.LLT.DD.M.CCC`. */
function describeAv1(words: readonly string[]): PictureFacts {
  const [, , bits = "", isMono, colour = ""] = words;
  if (isMono === "1" || colour === "") return { bitDepth: toNumber(bits) };
  const across = colour.startsWith("1") ? 2 : 1;
  return {
    bitDepth: toNumber(bits),
    horizontalChromaSubsampling: across,
    verticalChromaSubsampling: colour[1] === "1" ? 2 : 1,
  };
}

/** Source: VP Codec ISO Media File Format Binding: `vp09.PP.LL.DD.CC`. */
function describeVp9(words: readonly string[]): PictureFacts {
  const [, , bits = "", chroma = "01"] = words;
  const format = [1, 1, 2, 3][Number(chroma)] ?? 0;
  return describeSamples(toNumber(bits), format);
}

/** Source: Apple ProRes white paper: 4444 keeps up to 12 bits, 422 has 10. */
function describeProRes(name: string): PictureFacts {
  const isFull = name.startsWith("ap4");
  return describeSamples(isFull ? 12 : 10, isFull ? 3 : 2);
}

function describeSamples(
  bitDepth: number | undefined,
  chromaFormat: number,
): PictureFacts {
  const [across, down] = subsamplings[chromaFormat] ?? [];
  if (chromaFormat === 0) return { bitDepth };
  return {
    bitDepth,
    horizontalChromaSubsampling: across,
    verticalChromaSubsampling: down,
  };
}

function toNumber(digits: string): number | undefined {
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}
