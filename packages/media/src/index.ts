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
