import { joinLengthPrefixed, splitAnnexB } from "../coding/nal-units.ts";
import { decodeAacConfig } from "../coding/aac-config.ts";
import { splitAc3 } from "../coding/ac3-frame.ts";
import { splitAdts, toAdts } from "../coding/adts.ts";
import { toAnnexB } from "../coding/annex-b.ts";
import { decodeAvcConfig } from "../coding/avc-config.ts";
import { decodeHevcConfig } from "../coding/hevc-config.ts";
import { splitMpegAudio } from "../coding/mpeg-audio-frame.ts";
import { getNalKind, type NalFormat } from "../coding/nal-type.ts";
import {
  findCodedAudioFormat,
  findCodedVideoFormat,
} from "../essence/codec-names.ts";
import type { Essence } from "../essence/essence.ts";
import type { CodedAudioFormat } from "../grain/coded-audio-grain.ts";
import type { TransportStreamCodec } from "../transport-stream/stream-type.ts";

/** A payload in its normal form. */
export interface NormalPayload {
  readonly data: Uint8Array;
  /** How many samples it decodes to; of pictures, 0. */
  readonly samples: number;
  /** How many samples there are in a second as it is coded; of pictures, 1. */
  readonly codedSampleRate: number;
  /** Whether decoding can begin with it, where its bytes tell. */
  readonly isKeyFrame: boolean | undefined;
}

/** How payloads of one essence are written into MPEG-TS, and read again. */
export interface PayloadForms {
  /** What the map of the stream says of them. */
  readonly codec: TransportStreamCodec;
  /** Whether delimiters are added where they lack. */
  readonly addsDelimiters: boolean;
  /** Makes what is in the stream. */
  encode(data: Uint8Array, isKeyFrame: boolean): Uint8Array;
  /** Makes payloads of what is in the stream: of sound it may be several frames. */
  decode(data: Uint8Array): readonly NormalPayload[];
}

/** Finds the forms of an essence; nothing if MPEG-TS cannot hold it. */
export function findPayloadForms(essence: Essence): PayloadForms | undefined {
  if (essence.kind === "data") return undefined;
  const { codec, codecParameter, decoderConfig } = essence;
  if (essence.kind === "audio") {
    const format = findCodedAudioFormat(codec, codecParameter);
    return format === "AAC"
      ? findAacForms(decoderConfig)
      : soundForms[format ?? "0x0"];
  }
  const format = findCodedVideoFormat(codec);
  if (format === "H264" || format === "H265") {
    return createNalForms(format, decoderConfig);
  }
  return format === "MPEG2" ? asTheyAre : undefined;
}

const asTheyAre: PayloadForms = {
  codec: "mpeg2-video",
  addsDelimiters: false,
  encode: (data) => data,
  decode: (data) => [
    { data, samples: 0, codedSampleRate: 1, isKeyFrame: undefined },
  ],
};

/** Frames of sound, as a function cuts them. */
type Split = (data: Uint8Array) => readonly {
  readonly data: Uint8Array;
  readonly header: { readonly samples: number; readonly sampleRate: number };
}[];

/** Those are their own normal form. */
function frames(codec: TransportStreamCodec, split: Split): PayloadForms {
  return {
    codec,
    addsDelimiters: false,
    encode: (data) => data,
    decode: (data) => split(data).map(toNormal),
  };
}

function toNormal({ data, header }: ReturnType<Split>[number]): NormalPayload {
  const { samples, sampleRate: codedSampleRate } = header;
  return { data, samples, codedSampleRate, isKeyFrame: true };
}

const soundForms: Readonly<Partial<Record<CodedAudioFormat, PayloadForms>>> = {
  AC3: frames("ac3", splitAc3),
  EAC3: frames("eac3", splitDependent),
  MP3: frames("mpeg-audio", splitMpegAudio),
  MP1: frames("mpeg-audio", splitMpegAudio),
};

/** Joins the frames of E-AC-3 with those that only add to them. */
function splitDependent(data: Uint8Array): ReturnType<Split> {
  const joined: {
    data: Uint8Array;
    readonly header: { readonly samples: number; readonly sampleRate: number };
  }[] = [];
  for (const frame of splitAc3(data)) {
    const last = joined.at(-1);
    if (last === undefined || !frame.header.isDependent) {
      joined.push({ data: frame.data, header: frame.header });
      continue;
    }
    // They follow each other in the same bytes.
    const { buffer, byteOffset, length } = last.data;
    last.data = new Uint8Array(buffer, byteOffset, length + frame.data.length);
  }
  return joined;
}

function findAacForms(
  config: Uint8Array | undefined,
): PayloadForms | undefined {
  if (config === undefined || !fitsAdts(config)) return undefined;
  return {
    codec: "aac-adts",
    addsDelimiters: false,
    encode: (data) => toAdts(data, config),
    decode: (data) => splitAdts(data).map(toNormal),
  };
}

/** ADTS names the loudspeakers by a number, and has only the first kinds of AAC. */
function fitsAdts(config: Uint8Array): boolean {
  try {
    const { coreObjectType, channelConfiguration } = decodeAacConfig(config);
    const hasNumber = channelConfiguration >= 1 && channelConfiguration <= 7;
    return coreObjectType <= 4 && hasNumber;
  } catch {
    // What cannot be read cannot be written: whoever asks is told that there is no stream.
    return false;
  }
}

function createNalForms(
  format: NalFormat,
  decoderConfig: Uint8Array | undefined,
): PayloadForms {
  const isOurs = createSetFinder(format, decoderConfig);
  return {
    codec: format === "H264" ? "h264" : "hevc",
    // Without a configuration, nothing could tell afterwards that they were added.
    addsDelimiters: decoderConfig !== undefined,
    encode: (data, isKeyFrame) =>
      toAnnexB(data, { format, decoderConfig, isKeyFrame }),
    decode: (data) => {
      const units = splitAnnexB(data);
      const isKeyFrame = units.some(
        (unit) => getNalKind(unit, format) === "key-picture",
      );
      const kept = units.filter((unit) => !isOurs(unit));
      const normal = joinLengthPrefixed(kept);
      return [{ data: normal, samples: 0, codedSampleRate: 1, isKeyFrame }];
    },
  };
}

/** Makes what tells the units that a stream has besides: delimiters, and known sets. */
function createSetFinder(
  format: NalFormat,
  decoderConfig: Uint8Array | undefined,
): (unit: Uint8Array) => boolean {
  if (decoderConfig === undefined) return () => false;
  const sets = listSets(format, decoderConfig);
  return (unit) =>
    getNalKind(unit, format) === "delimiter" ||
    sets.some((set) => isSame(set, unit));
}

function listSets(format: NalFormat, config: Uint8Array): Uint8Array[] {
  if (format === "H265") return [...decodeHevcConfig(config).parameterSets];
  const avc = decodeAvcConfig(config);
  return [
    ...avc.sequenceParameterSets,
    ...avc.sequenceExtensions,
    ...avc.pictureParameterSets,
  ];
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
