// Errors
export {
  FormatError,
  type FormatErrorCode,
  type FormatErrorDetails,
} from "./error/format-error.ts";
export { ExportRangeError } from "./error/export-range-error.ts";
export { MediaError } from "./error/media-error.ts";
export {
  UnsupportedMediaError,
  type UnsupportedMediaErrorOptions,
} from "./error/unsupported-media-error.ts";

export {
  UnreadableMediaError,
  type UnreadableMediaDetails,
  type UnreadableReason,
} from "./error/unreadable-media-error.ts";

// Bytes
export type { ByteInput } from "./bytes/byte-input.ts";

// Grains
export type { Grain } from "./grain/grain.ts";
export type { GrainCommon, GrainInit } from "./grain/grain-common.ts";
export type { Rational } from "./grain/rational.ts";
export { toTimeCode, type GrainTimeLabel } from "./grain/time-label.ts";
export {
  createVideoGrain,
  type VideoGrain,
  type VideoGrainInit,
} from "./grain/video-grain.ts";
export {
  createCodedVideoGrain,
  type CodedVideoFormat,
  type CodedVideoGrain,
  type CodedVideoGrainInit,
} from "./grain/coded-video-grain.ts";
export {
  createAudioGrain,
  type AudioGrain,
  type AudioGrainInit,
} from "./grain/audio-grain.ts";
export {
  createCodedAudioGrain,
  type CodedAudioFormat,
  type CodedAudioGrain,
  type CodedAudioGrainInit,
} from "./grain/coded-audio-grain.ts";
export {
  createDataGrain,
  type DataFormat,
  type DataGrain,
  type DataGrainInit,
} from "./grain/data-grain.ts";
export { createEmptyGrain, type EmptyGrain } from "./grain/empty-grain.ts";
export {
  getMediaRate,
  getOriginTimeRange,
  getPresentationTimestamp,
} from "./grain/grain-times.ts";

// Grains: what is in the payload
export type {
  AudioFormat,
  SampleOrder,
  SampleType,
} from "./grain/audio-format.ts";
export { computeDataLength } from "./grain/data-length.ts";
export type { FrameLayout } from "./grain/frame-layout.ts";
export type { UnlistedFormat } from "./grain/unlisted-format.ts";
export {
  computeVideoComponents,
  type VideoComponent,
} from "./grain/video-components.ts";
export type {
  AlphaVideoFormat,
  PackedVideoFormat,
  PlanarVideoFormat,
  VideoFormat,
} from "./grain/video-format.ts";

// GSF
export {
  createGsfHead,
  type GsfFlow,
  type GsfHead,
  type GsfHeadInit,
  type GsfSegment,
  type GsfSegmentInit,
  type GsfTag,
} from "./gsf/gsf-head.ts";
export type { GsfBlock, GsfEnd, GsfGrain, GsfPart } from "./gsf/gsf-part.ts";
export type { GsfVersion } from "./gsf/gsf-version.ts";
export { openGsf, type GsfReader } from "./gsf/open-gsf.ts";
export { readGsf, readGsfParts, type GsfReadOptions } from "./gsf/read-gsf.ts";
export { writeGsf, writeGsfParts } from "./gsf/write-gsf.ts";

// Media objects
export { cmafAudioFormat, cmafVideoFormat } from "./object/cmaf-format.ts";
export { chooseObjectFormat } from "./object/choose-object-format.ts";
export { findObjectFormat } from "./object/find-object-format.ts";
export { gsfObjectFormat } from "./object/gsf-format.ts";
export { transportStreamObjectFormat } from "./object/transport-stream-format.ts";
export { waveObjectFormat } from "./object/wave-format.ts";
export type {
  EncodedObject,
  ObjectEncoder,
  ObjectEncoderOptions,
  ObjectFormat,
  ObjectToDecode,
} from "./object/object-format.ts";

// Export
export { exportMp4, type ExportOptions } from "./export/export-mp4.ts";
export type { ExportTrack } from "./export/export-track.ts";

// WAV
export { readWave, type WaveReaderOptions } from "./wave/read-wave.ts";
export { writeWave, type WaveWriterOptions } from "./wave/write-wave.ts";
export {
  encodeWaveHeader,
  type WaveChunkData,
  type WaveHeaderOptions,
} from "./wave/wave-header.ts";
export {
  getWaveFrameBytes,
  type WaveFormat,
  type WaveSampleFormat,
} from "./wave/wave-format.ts";
export type {
  WaveBlock,
  WaveChunk,
  WaveContainer,
  WaveHeader,
  WaveItem,
  WaveLoss,
} from "./wave/wave-item.ts";

// MPEG-TS
export { interleavePackets } from "./transport-stream/interleave-packets.ts";
export {
  readTransportStream,
  type TransportStreamReaderOptions,
} from "./transport-stream/read-transport-stream.ts";
export { writeTransportStream } from "./transport-stream/write-transport-stream.ts";
export type {
  TransportStreamInput,
  TransportStreamTrack,
  TransportStreamWriterOptions,
} from "./transport-stream/transport-stream-input.ts";
export type { TransportStreamCodec } from "./transport-stream/stream-type.ts";
export type {
  ElementaryStream,
  TransportStreamClock,
  TransportStreamItem,
  TransportStreamLoss,
  TransportStreamLossReason,
  TransportStreamPacket,
  TransportStreamProgram,
  TransportStreamPrograms,
  TransportStreamSection,
} from "./transport-stream/transport-stream-item.ts";

// Containers
export type {
  AudioEssence,
  Colour,
  DataEssence,
  Essence,
  EssenceCommon,
  InterlaceMode,
  VideoEssence,
} from "./essence/essence.ts";
export type {
  Container,
  ContainerManager,
  GrainIds,
  GrainOrder,
  MediaSource,
  Track,
  TrackGrainsOptions,
} from "./container/container.ts";
export {
  inspect,
  type MediaReport,
  type TrackReport,
} from "./container/inspect.ts";
export {
  openContainer,
  type OpenContainerOptions,
} from "./container/open-container.ts";

// Codecs: their names
export {
  findAudioCodec,
  findCodedAudioFormat,
  findCodedVideoFormat,
  findVideoCodec,
} from "./essence/codec-names.ts";
export { findCodecParameter } from "./coding/codec-parameter.ts";

// Codecs: access units of H.264 and HEVC
export {
  toAnnexB,
  toLengthPrefixed,
  type AnnexBOptions,
} from "./coding/annex-b.ts";
export {
  decodeAvcConfig,
  encodeAvcConfig,
  type AvcConfig,
} from "./coding/avc-config.ts";
export { parseAvcSequence, type AvcSequence } from "./coding/avc-sequence.ts";
export {
  decodeHevcConfig,
  encodeHevcConfig,
  type HevcConfig,
  type HevcParameterSets,
} from "./coding/hevc-config.ts";
export {
  parseHevcSequence,
  type HevcProfile,
  type HevcSequence,
} from "./coding/hevc-sequence.ts";
export { getNalKind, type NalFormat, type NalKind } from "./coding/nal-type.ts";
export {
  joinAnnexB,
  joinLengthPrefixed,
  splitAnnexB,
  splitLengthPrefixed,
} from "./coding/nal-units.ts";
export type { PictureFormat } from "./coding/picture-format.ts";

// Codecs: frames of sound
export {
  decodeAacConfig,
  encodeAacConfig,
  type AacConfig,
  type AacConfigInit,
} from "./coding/aac-config.ts";
export {
  parseAc3Header,
  splitAc3,
  type Ac3Header,
} from "./coding/ac3-frame.ts";
export {
  joinAdts,
  parseAdtsHeader,
  splitAdts,
  toAacConfig,
  toAdts,
  type AdtsFrame,
  type AdtsHeader,
} from "./coding/adts.ts";
export type { AudioFrame, AudioFrameHeader } from "./coding/audio-frame.ts";
export {
  parseMpegAudioHeader,
  splitMpegAudio,
  type MpegAudioHeader,
} from "./coding/mpeg-audio-frame.ts";
export {
  decodeOpusHead,
  encodeOpusHead,
  type OpusHead,
} from "./coding/opus-head.ts";
export { getOpusSamples } from "./coding/opus-packet.ts";

// Containers of our own formats
export {
  openGsfContainer,
  type GsfContainerOptions,
} from "./container/gsf-container.ts";
export {
  openTransportStreamContainer,
  type TransportStreamContainer,
  type TransportStreamContainerOptions,
} from "./container/transport-stream-container.ts";
export type {
  LossOptions,
  TrackLoss,
} from "./container/transport-stream/grain-reader.ts";
export type { UnreadStream } from "./container/transport-stream/probe-tracks.ts";
export {
  openWaveContainer,
  type WaveContainerOptions,
} from "./container/wave-container.ts";
