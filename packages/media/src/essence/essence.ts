import type { Rate } from "@sluice/time";
import type { AudioFormat } from "../grain/audio-format.ts";
import type { Rational } from "../grain/rational.ts";

/**
 * What all grains of a flow have in common: what a decoder has to know once, and what a
 * reader of a catalogue wants to know.
 *
 * Source: the formats of TAMS flows; `kind` is the last word of their URN.
 */
export type Essence = VideoEssence | AudioEssence | DataEssence;

/** What the essences of all kinds have. */
export interface EssenceCommon {
  /** How it is coded: a MIME type as TAMS flows have it, `video/h264` or `audio/aac`. */
  readonly codec: string;
  /** The same in detail, as RFC 6381 spells it: `avc1.64001f`; absent if there is none. */
  readonly codecParameter?: string | undefined;
  /**
   * What a decoder is told before the first grain, in the form that belongs to the codec:
   * see `docs/guides/coded-payloads.md`. Absent if the codec needs nothing.
   */
  readonly decoderConfig?: Uint8Array | undefined;
}

/** How the lines of pictures were scanned, in TAMS's words. */
export type InterlaceMode =
  "progressive" | "interlaced_tff" | "interlaced_bff" | "interlaced_psf";

/**
 * How numbers become colours.
 *
 * Source: ITU-T H.273, whose code points `primaries`, `transfer` and `matrix` are.
 */
export interface Colour {
  /** The code point of the primaries: 1 for BT.709, 9 for BT.2020. */
  readonly primaries: number | undefined;
  /** The code point of the transfer: 1 for BT.709, 16 for PQ, 18 for HLG. */
  readonly transfer: number | undefined;
  /** The code point of the matrix: 1 for BT.709, 9 for BT.2020. */
  readonly matrix: number | undefined;
  /** Whether black is 0 and white the highest value. */
  readonly isFullRange: boolean | undefined;
}

/** What pictures of a flow have in common. */
export interface VideoEssence extends EssenceCommon {
  /** Tells it from the other kinds. */
  readonly kind: "video";
  /** Pixels in a line, as they are shown. */
  readonly frameWidth: number;
  /** Lines, as they are shown. */
  readonly frameHeight: number;
  /** Pictures in a second, exactly; absent if that varies. */
  readonly rate?: Rate | undefined;
  /** Width of a pixel to its height; absent if it is not told. */
  readonly pixelAspectRatio?: Rational | undefined;
  /** By how many degrees they are turned clockwise to be shown; absent if they are not. */
  readonly rotation?: 90 | 180 | 270 | undefined;
  /** How lines were scanned; absent if it is not told. */
  readonly interlaceMode?: InterlaceMode | undefined;
  /** Significant bits of a value; absent if it is not known. */
  readonly bitDepth?: number | undefined;
  /** What the values are; absent if it is not known. */
  readonly componentType?: "YCbCr" | "RGB" | undefined;
  /** Of how many columns one has colour; absent if it is not known. */
  readonly horizontalChromaSubsampling?: number | undefined;
  /** Of how many lines one has colour; absent if it is not known. */
  readonly verticalChromaSubsampling?: number | undefined;
  /** How numbers become colours; absent if nothing is told of it. */
  readonly colour?: Colour | undefined;
}

/** What runs of sound of a flow have in common. */
export interface AudioEssence extends EssenceCommon {
  /** Tells it from the other kinds. */
  readonly kind: "audio";
  /** Samples in a second. */
  readonly sampleRate: number;
  /** How many channels there are. */
  readonly channels: number;
  /** How samples lie in the payload, if they are not coded. */
  readonly format?: AudioFormat | undefined;
  /** Significant bits of a sample, if it is known. */
  readonly bitDepth?: number | undefined;
  /** How many samples a coded grain has, if all have as many. */
  readonly codedFrameSize?: number | undefined;
}

/** What events of a flow have in common. */
export interface DataEssence extends EssenceCommon {
  /** Tells it from the other kinds. */
  readonly kind: "data";
  /** What they are about: a URN, if they have one. */
  readonly dataType?: string | undefined;
}
