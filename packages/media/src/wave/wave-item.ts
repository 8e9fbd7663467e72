import type { WaveFormat } from "./wave-format.ts";

/** How a file says its sizes: in 32 bits, or, above 4 GiB, in 64 (EBU or ITU-R). */
export type WaveContainer = "RIFF" | "RF64" | "BW64";

/** A chunk that is neither the format nor the samples: `LIST`, `bext`, `iXML` and so on. */
export interface WaveChunk {
  /** Tells it from the other items. */
  readonly kind: "chunk";
  /** Four characters. */
  readonly id: string;
  /** Where its body begins in the file. */
  readonly offset: number;
  /** The length of its body, in bytes. */
  readonly sizeBytes: number;
  /** Its body; absent if that is longer than `maxChunkBytes`. */
  readonly data: Uint8Array | undefined;
}

/** What is known before the first sample. */
export interface WaveHeader {
  /** Tells it from the other items. */
  readonly kind: "header";
  /** How it says its sizes. */
  readonly container: WaveContainer;
  /** What it says of its sound. */
  readonly format: WaveFormat;
  /** Where the first frame is in the file; frame n is n times the frame's bytes behind. */
  readonly dataOffset: number;
  /** How many frames it promises; absent if it was written to a pipe, and does not know. */
  readonly numberOfFrames: number | undefined;
  /** The other chunks before the samples, but what only fills space. */
  readonly chunks: readonly WaveChunk[];
}

/** A run of frames. */
export interface WaveBlock {
  /** Tells it from the other items. */
  readonly kind: "block";
  /** How many frames are before it. */
  readonly position: number;
  /** How many frames it has; at least 1. */
  readonly numberOfFrames: number;
  /** The frames, channels interleaved. Mostly a view of what the source gave. */
  readonly data: Uint8Array;
}

/** Bytes that are missing, or that are there and belong to nothing; the last item. */
export interface WaveLoss {
  /** Tells it from the other items. */
  readonly kind: "loss";
  /** `truncated`: the file ends too early. `malformed`: what is there cannot be read. */
  readonly reason: "truncated" | "malformed";
  /** The first byte at fault; the file's end, if that is too early. */
  readonly offset: number;
  /** How many bytes are missing, or are left over; absent if nobody can tell. */
  readonly bytes: number | undefined;
  /** What was found, in words. */
  readonly problem: string;
}

/** What a WAV file has, in the order of the file: one header, blocks, chunks behind them. */
export type WaveItem = WaveHeader | WaveBlock | WaveChunk | WaveLoss;
