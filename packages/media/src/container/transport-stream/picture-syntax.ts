import { encodeAvcConfig } from "../../coding/avc-config.ts";
import { parseAvcSequence } from "../../coding/avc-sequence.ts";
import { AvcSyntax } from "../../coding/avc-syntax.ts";
import { findCodecParameter } from "../../coding/codec-parameter.ts";
import { encodeHevcConfig } from "../../coding/hevc-config.ts";
import { parseHevcSequence } from "../../coding/hevc-sequence.ts";
import { HevcSyntax } from "../../coding/hevc-syntax.ts";
import { findMpeg2Sequence } from "../../coding/mpeg2-sequence.ts";
import { Mpeg2Syntax } from "../../coding/mpeg2-syntax.ts";
import { withoutZeros } from "../../coding/nal-units.ts";
import {
  getNalKind,
  type NalFormat,
  type NalKind,
} from "../../coding/nal-type.ts";
import type { PictureFormat } from "../../coding/picture-format.ts";
import type { UnitSyntax } from "../../coding/unit-syntax.ts";
import type { VideoEssence } from "../../essence/essence.ts";
import type { CodedVideoFormat } from "../../grain/coded-video-grain.ts";
import type { TransportStreamCodec } from "../../transport-stream/stream-type.ts";

/** How the pictures of a codec are read. */
export interface PictureSyntax {
  /** What grains call the codec. */
  readonly format: CodedVideoFormat;
  /** Tells, by the units of a picture, what all have in common; nothing if they do not. */
  readonly describe: (
    units: readonly Uint8Array[],
  ) => PictureDescription | undefined;
  /** Makes what tells units apart, for one pass over a stream. */
  readonly createUnits: () => UnitSyntax;
}

/** What the pictures of a stream have in common. */
export interface PictureDescription {
  /** What the stream says of them. */
  readonly pictures: PictureFormat;
  /** What flows call the codec, and what a decoder is told. */
  readonly codec: Pick<
    VideoEssence,
    "codec" | "codecParameter" | "decoderConfig"
  >;
}

const SYNTAXES: Partial<Record<TransportStreamCodec, PictureSyntax>> = {
  h264: {
    format: "H264",
    describe: describeAvc,
    createUnits: () => new AvcSyntax(),
  },
  hevc: {
    format: "H265",
    describe: describeHevc,
    createUnits: () => new HevcSyntax(),
  },
  "mpeg2-video": {
    format: "MPEG2",
    describe: describeMpeg2,
    createUnits: () => new Mpeg2Syntax(),
  },
};

/** Finds how the pictures of a codec are read; nothing, if that is not known here. */
export function findPictureSyntax(
  codec: TransportStreamCodec | undefined,
): PictureSyntax | undefined {
  return codec === undefined ? undefined : SYNTAXES[codec];
}

function describeAvc(
  units: readonly Uint8Array[],
): PictureDescription | undefined {
  const sequence = list(units, "H264", "sequence-parameters");
  const picture = list(units, "H264", "picture-parameters");
  const [first] = sequence;
  if (first === undefined || picture.length === 0) return undefined;
  const decoderConfig = encodeAvcConfig(sequence, picture);
  return {
    pictures: parseAvcSequence(first),
    codec: toCodec("video/h264", decoderConfig),
  };
}

function describeHevc(
  units: readonly Uint8Array[],
): PictureDescription | undefined {
  const sets = {
    video: list(units, "H265", "video-parameters"),
    sequence: list(units, "H265", "sequence-parameters"),
    picture: list(units, "H265", "picture-parameters"),
  };
  const [first] = sets.sequence;
  if (first === undefined || sets.picture.length === 0) return undefined;
  return {
    pictures: parseHevcSequence(first),
    codec: toCodec("video/h265", encodeHevcConfig(sets)),
  };
}

function describeMpeg2(
  units: readonly Uint8Array[],
): PictureDescription | undefined {
  const pictures = findMpeg2Sequence(units);
  return pictures && { pictures, codec: { codec: "video/mpeg" } };
}

function list(
  units: readonly Uint8Array[],
  format: NalFormat,
  kind: NalKind,
): Uint8Array[] {
  return units
    .filter((unit) => getNalKind(unit, format) === kind)
    .map(withoutZeros);
}

function toCodec(
  codec: string,
  decoderConfig: Uint8Array,
): PictureDescription["codec"] {
  const codecParameter = findCodecParameter(codec, decoderConfig);
  return { codec, codecParameter, decoderConfig };
}
