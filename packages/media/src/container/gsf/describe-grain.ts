import { toAacConfig } from "../../coding/adts.ts";
import { isAnnexB, toLengthPrefixed } from "../../coding/annex-b.ts";
import { findCodecParameter } from "../../coding/codec-parameter.ts";
import { splitLengthPrefixed } from "../../coding/nal-units.ts";
import { findAudioCodec, findVideoCodec } from "../../essence/codec-names.ts";
import type {
  AudioEssence,
  Essence,
  VideoEssence,
} from "../../essence/essence.ts";
import type { CodedAudioGrain } from "../../grain/coded-audio-grain.ts";
import type { CodedVideoGrain } from "../../grain/coded-video-grain.ts";
import type { Grain } from "../../grain/grain.ts";
import { toVideoEssence } from "../transport-stream/picture-essence.ts";
import { findPictureSyntax } from "../transport-stream/picture-syntax.ts";
import { findAdtsFrame } from "./normal-grain.ts";

/** Tells what the grains of a flow have in common, by one of them. */
export function describeGrain(grain: Grain): Essence {
  switch (grain.kind) {
    case "video":
      return {
        kind: "video",
        codec: "video/raw",
        frameWidth: grain.width,
        frameHeight: grain.height,
        rate: grain.rate,
        pixelAspectRatio: grain.pixelAspectRatio,
      };
    case "coded-video":
      return describePicture(grain);
    case "audio":
      return {
        kind: "audio",
        codec: findAudioCodec(grain.format) ?? "audio/x-raw-int",
        sampleRate: grain.sampleRate,
        channels: grain.channels,
        format: grain.format,
      };
    case "coded-audio":
      return describeSound(grain);
    case "data":
      return { kind: "data", codec: toDataCodec(grain.format) };
    case "empty":
      return { kind: "data", codec: toDataCodec(undefined) };
  }
}

function toDataCodec(format: string | undefined): string {
  return format === "JSON" ? "application/json" : "application/octet-stream";
}

function describePicture(grain: CodedVideoGrain): VideoEssence {
  const { format, rate, originWidth, originHeight } = grain;
  const plain: VideoEssence = {
    kind: "video",
    codec: findVideoCodec(format) ?? "video/x-unknown",
    frameWidth: originWidth,
    frameHeight: originHeight,
    rate,
  };
  const told = describeUnits(grain);
  return told === undefined ? plain : toVideoEssence(told, rate);
}

function describeUnits({ format, data }: CodedVideoGrain) {
  if (format !== "H264" && format !== "H265") return undefined;
  const syntax = findPictureSyntax(format === "H264" ? "h264" : "hevc");
  const normal = isAnnexB(data) ? toLengthPrefixed(data) : data;
  return syntax?.describe(splitLengthPrefixed(normal));
}

function describeSound(grain: CodedAudioGrain): AudioEssence {
  const { format, sampleRate, channels, samples, data } = grain;
  const frame = format === "AAC" ? findAdtsFrame(data) : undefined;
  const decoderConfig = frame && toAacConfig(frame.header);
  return {
    kind: "audio",
    codec: findAudioCodec(format) ?? "audio/x-unknown",
    codecParameter:
      decoderConfig && findCodecParameter("audio/aac", decoderConfig),
    decoderConfig,
    sampleRate,
    channels,
    codedFrameSize: samples > 0 ? samples : undefined,
  };
}
