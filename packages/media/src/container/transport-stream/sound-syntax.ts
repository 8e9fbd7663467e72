import { parseAc3Header } from "../../coding/ac3-frame.ts";
import { parseAdtsHeader, toAacConfig } from "../../coding/adts.ts";
import { findCodecParameter } from "../../coding/codec-parameter.ts";
import { parseMpegAudioHeader } from "../../coding/mpeg-audio-frame.ts";
import { parseOpusControl } from "../../coding/opus-control.ts";
import { encodeOpusHead } from "../../coding/opus-head.ts";
import type { AudioEssence } from "../../essence/essence.ts";
import type { CodedAudioFormat } from "../../grain/coded-audio-grain.ts";
import {
  findExtension,
  type TransportStreamCodec,
} from "../../transport-stream/stream-type.ts";
import type { ElementaryStream } from "../../transport-stream/transport-stream-item.ts";
import type { FrameParser } from "./frame-assembler.ts";

/** How the frames of a codec of sound are read. */
export interface SoundSyntax {
  /** Reads a frame's header. */
  readonly parse: FrameParser;
  /** Tells, by a frame, what all have in common. */
  readonly describe: (frame: Uint8Array) => SoundDescription;
}

/** What all frames of a stream have in common. */
export interface SoundDescription {
  /** What grains call the codec. */
  readonly format: CodedAudioFormat;
  /** What flows call it, and what a decoder is told. */
  readonly codec: Pick<
    AudioEssence,
    "codec" | "codecParameter" | "decoderConfig"
  >;
}

/** MPEG audio is spelled by its layer; that of III is what browsers know. */
const LAYERS: readonly string[] = ["", "mp4a.40.32", "mp4a.40.33", "mp3"];

const AC3: SoundSyntax = { parse: parseAc3Header, describe: describeAc3 };

const SYNTAXES: Partial<Record<TransportStreamCodec, SoundSyntax>> = {
  "aac-adts": { parse: parseAdtsHeader, describe: describeAac },
  "mpeg-audio": { parse: parseMpegAudioHeader, describe: describeMpegAudio },
  ac3: AC3,
  eac3: AC3,
};

/** Finds how the frames of a stream are read; nothing, if that is not known here. */
export function findSoundSyntax(
  stream: ElementaryStream,
): SoundSyntax | undefined {
  const { codec } = stream;
  if (codec === "opus") return findOpusSyntax(stream);
  return codec === undefined ? undefined : SYNTAXES[codec];
}

function describeAac(frame: Uint8Array): SoundDescription {
  const decoderConfig = toAacConfig(parseAdtsHeader(frame));
  const codecParameter = findCodecParameter("audio/aac", decoderConfig);
  return {
    format: "AAC",
    codec: { codec: "audio/aac", codecParameter, decoderConfig },
  };
}

function describeMpegAudio(frame: Uint8Array): SoundDescription {
  const { layer } = parseMpegAudioHeader(frame);
  return {
    format: layer === 3 ? "MP3" : "MP1",
    codec: { codec: "audio/mpeg", codecParameter: LAYERS[layer] },
  };
}

function describeAc3(frame: Uint8Array): SoundDescription {
  const { isEnhanced } = parseAc3Header(frame);
  return isEnhanced
    ? { format: "EAC3", codec: { codec: "audio/eac3", codecParameter: "ec-3" } }
    : { format: "AC3", codec: { codec: "audio/ac3", codecParameter: "ac-3" } };
}

/** Of the descriptors of a stream: how many channels of Opus there are. */
const OPUS_CHANNELS = 0x80;

function findOpusSyntax(stream: ElementaryStream): SoundSyntax | undefined {
  const channels = findExtension(stream.descriptors, OPUS_CHANNELS)?.[0];
  // Two channels apart (0) and other orders (above 8) are not told in these words.
  if (channels === undefined || channels < 1 || channels > 8) return undefined;
  const decoderConfig = encodeOpusHead({ channels });
  return {
    parse: (bytes, offset) => parseOpusControl(bytes, offset, channels),
    describe: () => ({
      format: "OPUS",
      codec: { codec: "audio/opus", codecParameter: "opus", decoderConfig },
    }),
  };
}
