import type {
  AudioEssence,
  Essence,
  Rational,
  VideoEssence,
} from "@sluice/media";
import type { Flow, Ratio } from "@sluice/tams";
import { Rate } from "@sluice/time";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { fromColourNames } from "./colour-names.ts";

type FlowOf<F extends Flow["format"]> = Extract<Flow, { readonly format: F }>;

/**
 * Tells what a flow's document says of its essence. What a decoder is told before the first
 * grain is not in it: that comes with the objects.
 *
 * Source: TAMS 8.2, `flow-video.json`, `flow-audio.json`, `flow-data.json`,
 * `flow-image.json`.
 *
 * @param flow The flow.
 * @returns Its essence.
 * @throws {InvalidRequestError} If it is a flow of flows, which has none of its own.
 *
 * @example What a flow of video is
 * ```ts
 * import { essenceOfFlow } from "@sluice/store";
 * import assert from "node:assert/strict";
 *
 * const essence = essenceOfFlow({
 *   id: "b6b05efb-6067-4ff8-afac-ec735a85674e",
 *   source_id: "49578552-fb9e-4d3e-a197-3e3c437a895d",
 *   format: "urn:x-nmos:format:video",
 *   codec: "video/h264",
 *   essence_parameters: {
 *     frame_width: 1920,
 *     frame_height: 1080,
 *     frame_rate: { numerator: 25 },
 *     avc_parameters: { profile: 100, flags: 0, level: 31 },
 *   },
 * });
 * assert.equal(essence.codecParameter, "avc1.64001f");
 * ```
 */
export function essenceOfFlow(flow: Flow): Essence {
  switch (flow.format) {
    case "urn:x-nmos:format:video":
      return toVideoEssence(flow);
    case "urn:x-nmos:format:audio":
      return toAudioEssence(flow);
    case "urn:x-nmos:format:data":
      return {
        kind: "data",
        codec: flow.codec,
        dataType: flow.essence_parameters.data_type,
      };
    case "urn:x-tam:format:image":
      return {
        kind: "video",
        codec: flow.codec,
        frameWidth: flow.essence_parameters.frame_width,
        frameHeight: flow.essence_parameters.frame_height,
      };
    case "urn:x-nmos:format:multi":
      throw new InvalidRequestError(
        `Flow '${flow.id}' is one of flows, and has no essence of its own: use those that it collects`,
      );
  }
}

function toVideoEssence({
  codec,
  essence_parameters: parameters,
}: FlowOf<"urn:x-nmos:format:video">): VideoEssence {
  const { frame_rate: rate, avc_parameters: avc } = parameters;
  const { pixel_aspect_ratio: pixel } = parameters;
  return {
    kind: "video",
    codec,
    codecParameter: avc && `avc1.${toHex(avc.profile, avc.flags, avc.level)}`,
    frameWidth: parameters.frame_width,
    frameHeight: parameters.frame_height,
    rate: rate && Rate.of(rate.numerator, rate.denominator),
    pixelAspectRatio: pixel && toRational(pixel),
    interlaceMode: parameters.interlace_mode,
    bitDepth: parameters.bit_depth,
    componentType: parameters.component_type,
    horizontalChromaSubsampling: parameters.horiz_chroma_subs,
    verticalChromaSubsampling: parameters.vert_chroma_subs,
    colour: fromColourNames(parameters),
  };
}

function toAudioEssence({
  codec,
  essence_parameters: parameters,
}: FlowOf<"urn:x-nmos:format:audio">): AudioEssence {
  const { codec_parameters: coded } = parameters;
  const type = coded?.mp4_oti;
  return {
    kind: "audio",
    codec,
    codecParameter: type === undefined ? undefined : `mp4a.40.${type}`,
    sampleRate: parameters.sample_rate,
    channels: parameters.channels,
    format: findSampleFormat(codec, parameters),
    bitDepth: parameters.bit_depth,
    codedFrameSize: coded?.coded_frame_size,
  };
}

/** How samples that are not coded lie, by TAMS's codec, bit depth and representation. */
function findSampleFormat(
  codec: string,
  { bit_depth: bits = 16, unc_parameters: lie }: AudioParameters,
): AudioEssence["format"] {
  const order = ORDERS[lie?.unc_type ?? "interleaved"];
  if (codec === "audio/x-raw-float") {
    return bits > 32 ? `DOUBLE_${order}` : `FLOAT_${order}`;
  }
  if (codec !== "audio/x-raw-int") return undefined;
  if (bits <= 8) return `U8_${order}`;
  if (bits <= 16) return `S16_${order}`;
  return bits <= 24 ? `S24_${order}` : `S32_${order}`;
}

type AudioParameters = FlowOf<"urn:x-nmos:format:audio">["essence_parameters"];

const ORDERS = {
  interleaved: "INTERLEAVED",
  planar: "PLANES",
  pairs: "PAIRS",
} as const;

function toHex(...bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toRational({ numerator, denominator = 1 }: Ratio): Rational {
  return { numerator, denominator };
}
