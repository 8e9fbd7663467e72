// Errors
export {
  FormatError,
  type FormatErrorCode,
  type FormatErrorDetails,
} from "./error/format-error.ts";
export { MediaError } from "./error/media-error.ts";

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
