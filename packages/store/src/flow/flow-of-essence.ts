import type {
  AudioEssence,
  DataEssence,
  Essence,
  VideoEssence,
} from "@sluice/media";
import type {
  AudioTechnical,
  DataTechnical,
  FlowCommon,
  VideoTechnical,
} from "@sluice/tams";
import { toColourNames } from "./colour-names.ts";

/** A flow of one format, of which grains can be: what `flowOfEssence` makes. */
export type EssenceFlow = FlowCommon &
  (VideoTechnical | AudioTechnical | DataTechnical);

/** What a flow has whatever its essence is: its ids, at least. */
export type FlowIdentity = FlowCommon & {
  /** What its segments' objects are: a MIME type; chosen by who writes it, if absent. */
  readonly container?: string | undefined;
};

/**
 * Makes a flow's document of what its grains have in common.
 *
 * TAMS has no place for what a decoder is told (which the initialisation objects have), for
 * a turned picture, and for colours beyond its names: that is left out.
 *
 * Source: TAMS 8.2, `flow-video.json`, `flow-audio.json`, `flow-data.json`.
 *
 * @param essence What the grains have in common.
 * @param identity The ids, and what else is not of the essence.
 * @returns The document, for `putFlow` or `openWrite`.
 *
 * @example A flow of sound
 * ```ts
 * import { flowOfEssence } from "@sluice/store";
 * import assert from "node:assert/strict";
 *
 * const flow = flowOfEssence(
 *   {
 *     kind: "audio",
 *     codec: "audio/x-raw-int",
 *     sampleRate: 48_000,
 *     channels: 2,
 *     format: "S24_INTERLEAVED",
 *   },
 *   {
 *     id: "f1c8c095-5739-46f4-9bbc-3d7050c9ba23",
 *     source_id: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
 *   },
 * );
 * assert.equal(flow.format, "urn:x-nmos:format:audio");
 * ```
 */
export function flowOfEssence(
  essence: Essence,
  identity: FlowIdentity,
): EssenceFlow {
  switch (essence.kind) {
    case "video":
      return { ...identity, ...toVideoFlow(essence) };
    case "audio":
      return { ...identity, ...toAudioFlow(essence) };
    case "data":
      return { ...identity, ...toDataFlow(essence) };
  }
}

function toVideoFlow(essence: VideoEssence): Part<VideoTechnical> {
  const { rate, pixelAspectRatio: pixel } = essence;
  const parameters = {
    frame_width: essence.frameWidth,
    frame_height: essence.frameHeight,
    ...(rate === undefined ? { vfr: true } : { frame_rate: toRatio(rate) }),
    bit_depth: essence.bitDepth,
    interlace_mode: essence.interlaceMode,
    ...toColourNames(essence.colour),
    pixel_aspect_ratio: pixel && toRatio(pixel),
    component_type: essence.componentType,
    horiz_chroma_subs: essence.horizontalChromaSubsampling,
    vert_chroma_subs: essence.verticalChromaSubsampling,
    avc_parameters: findAvcParameters(essence.codecParameter),
  };
  return {
    format: "urn:x-nmos:format:video",
    codec: essence.codec,
    essence_parameters: omitAbsent(parameters),
  };
}

type Part<T extends VideoTechnical | AudioTechnical | DataTechnical> = Pick<
  T,
  "format" | "codec" | "essence_parameters"
>;

function toAudioFlow(essence: AudioEssence): Part<AudioTechnical> {
  const { codedFrameSize, codecParameter } = essence;
  const type = /^mp4a\.40\.(\d+)$/.exec(codecParameter ?? "")?.[1];
  const coded = omitAbsent({
    coded_frame_size: codedFrameSize,
    mp4_oti: type === undefined ? undefined : Number(type),
  });
  const isCoded = Object.keys(coded).length > 0;
  const parameters = {
    sample_rate: essence.sampleRate,
    channels: essence.channels,
    bit_depth: essence.bitDepth,
    codec_parameters: isCoded ? coded : undefined,
    ...findSampleParameters(essence),
  };
  return {
    format: "urn:x-nmos:format:audio",
    codec: essence.codec,
    essence_parameters: omitAbsent(parameters),
  };
}

/** The representation and the depth of samples that are not coded; TAMS wants both. */
function findSampleParameters({
  format,
}: AudioEssence): Pick<
  AudioTechnical["essence_parameters"],
  "bit_depth" | "unc_parameters"
> {
  const [type = "", order = ""] = format?.split("_") ?? [];
  const unc_type = ORDERS[order];
  const bit_depth = DEPTHS[type];
  if (unc_type === undefined || bit_depth === undefined) return {};
  return { bit_depth, unc_parameters: { unc_type } };
}

const ORDERS: Partial<Record<string, "interleaved" | "planar" | "pairs">> = {
  INTERLEAVED: "interleaved",
  PLANES: "planar",
  PAIRS: "pairs",
};

const DEPTHS: Partial<Record<string, number>> = {
  U8: 8,
  S16: 16,
  S24: 24,
  S32: 32,
  FLOAT: 32,
  DOUBLE: 64,
};

function toDataFlow({ codec, dataType }: DataEssence): Part<DataTechnical> {
  return {
    format: "urn:x-nmos:format:data",
    codec,
    essence_parameters: omitAbsent({ data_type: dataType }),
  };
}

/** The profile, the constraints and the level: RFC 6381, section 3.3. */
function findAvcParameters(
  codecParameter: string | undefined,
):
  | { readonly profile: number; readonly level: number; readonly flags: number }
  | undefined {
  const digits = /^avc[13]\.([0-9a-f]{6})$/i.exec(codecParameter ?? "")?.[1];
  if (digits === undefined) return undefined;
  const [profile = 0, flags = 0, level = 0] = (digits.match(/../g) ?? []).map(
    (byte) => Number.parseInt(byte, 16),
  );
  return { profile, level, flags };
}

function toRatio({
  numerator,
  denominator,
}: {
  readonly numerator: number;
  readonly denominator: number;
}): { readonly numerator: number; readonly denominator: number } {
  return { numerator, denominator };
}

/** Leaves out what is absent, so that a document says what it has, and nothing else. */
function omitAbsent<T extends object>(value: T): T {
  const present = Object.entries(value).filter(
    ([, item]) => item !== undefined,
  );
  // What was absent may be absent.
  return Object.fromEntries(present) as T;
}
