import { Timestamp } from "@sluice/time";
import { checkInteger } from "../bytes/check-integer.ts";
import type { FrameLayout } from "./frame-layout.ts";
import {
  checkInstance,
  toCommon,
  type GrainCommon,
  type GrainInit,
} from "./grain-common.ts";
import type { UnlistedFormat } from "./unlisted-format.ts";

/** Below this a temporal offset would mean that it is unknown. */
const highestOffset = 0x7fff_fffe;

/**
 * How a picture is coded.
 *
 * Source: the compressed ones of `CogFrameFormat` of the BBC's GSF specification, whose
 * names these are; VP9, AV1 and PRORES are beside them, and GSF has no number for them.
 */
export type CodedVideoFormat =
  | "MJPEG"
  | "DNxHD"
  | "MPEG2"
  | "AVCI"
  | "H264"
  | "DV"
  | "D10"
  | "VC2"
  | "VP8"
  | "H265"
  | "VP9"
  | "AV1"
  | "PRORES"
  | "UNKNOWN"
  | UnlistedFormat;

/** A coded picture. */
export interface CodedVideoGrain extends GrainCommon {
  /** Tells it from the other kinds. */
  readonly kind: "coded-video";
  /** How it is coded. */
  readonly format: CodedVideoFormat;
  /** How the lines lie. */
  readonly layout: FrameLayout;
  /** Pixels in a line of the picture that was coded, and that comes out again. */
  readonly originWidth: number;
  /** Its lines. */
  readonly originHeight: number;
  /** Pixels in a line with the padding that the coding needs; 0 if that is not known. */
  readonly codedWidth: number;
  /** Lines with that padding; 0 if that is not known. */
  readonly codedHeight: number;
  /** Whether decoding can begin with it, if that is known. */
  readonly isKeyFrame: boolean | undefined;
  /**
   * How many grains later in the order of presentation it is than in the order of
   * storage, if that is known.
   */
  readonly temporalOffset: number | undefined;
  /**
   * When it is decoded, on its flow's timeline, not after it is presented; absent if that
   * is not known. GSF has no place for it: there the order tells.
   */
  readonly decodeTimestamp: Timestamp | undefined;
  /** Where in the payload its coded units start; none if that is not known. */
  readonly unitOffsets: readonly number[];
}

/** What a coded picture is made of. */
export interface CodedVideoGrainInit extends GrainInit {
  /** How it is coded. */
  readonly format: CodedVideoFormat;
  /** How the lines lie; `FULL_FRAME` unless said otherwise. */
  readonly layout?: FrameLayout;
  /** Pixels in a line of the picture that was coded, and that comes out again. */
  readonly originWidth: number;
  /** Its lines. */
  readonly originHeight: number;
  /** Pixels in a line with the padding that the coding needs; 0 unless said otherwise. */
  readonly codedWidth?: number;
  /** Lines with that padding; 0 unless said otherwise. */
  readonly codedHeight?: number;
  /** Whether decoding can begin with it; unknown unless said otherwise. */
  readonly isKeyFrame?: boolean | undefined;
  /** Its place in presentation less that in storage; unknown unless said otherwise. */
  readonly temporalOffset?: number | undefined;
  /** When it is decoded, on its flow's timeline; unknown unless said otherwise. */
  readonly decodeTimestamp?: Timestamp | undefined;
  /** Where in the payload its coded units start; unknown unless said otherwise. */
  readonly unitOffsets?: readonly number[];
}

/**
 * Makes a grain of a coded picture. It never changes; its payload is not copied.
 *
 * @param init What it is made of.
 * @returns The grain.
 * @throws {SyntaxError} If an id is no UUID.
 * @throws {TypeError} If a time, the rate or the payload is of another type.
 * @throws {RangeError} If a number is out of bounds.
 *
 * @example A key frame
 * ```ts
 * import { createCodedVideoGrain } from "@sluice/media";
 * import { Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createCodedVideoGrain({
 *   sourceId: "49578552-fb9e-4d3e-a197-3e3c437a895d",
 *   flowId: "b6b05efb-6067-4ff8-afac-ec735a85674e",
 *   originTimestamp: Timestamp.parse("1420102800:0"),
 *   format: "H264",
 *   originWidth: 1920,
 *   originHeight: 1080,
 *   isKeyFrame: true,
 *   temporalOffset: 0,
 *   data: Uint8Array.of(0, 0, 0, 1, 9, 16),
 *   unitOffsets: [0],
 * });
 * assert.equal(grain.kind, "coded-video");
 * ```
 */
export function createCodedVideoGrain(
  init: CodedVideoGrainInit,
): CodedVideoGrain {
  const { format, layout = "FULL_FRAME", originWidth, originHeight } = init;
  const { codedWidth = 0, codedHeight = 0, unitOffsets = [] } = init;
  const { isKeyFrame, temporalOffset, decodeTimestamp } = init;
  checkInteger("originWidth", originWidth);
  checkInteger("originHeight", originHeight);
  checkInteger("codedWidth", codedWidth);
  checkInteger("codedHeight", codedHeight);
  if (temporalOffset !== undefined) {
    checkInteger("temporalOffset", temporalOffset, highestOffset, -0x8000_0000);
  }
  if (decodeTimestamp !== undefined) {
    checkInstance("decodeTimestamp", decodeTimestamp, Timestamp);
  }
  for (const offset of unitOffsets) checkInteger("a unit offset", offset);
  return Object.freeze({
    kind: "coded-video",
    ...toCommon(init),
    format,
    layout,
    originWidth,
    originHeight,
    codedWidth,
    codedHeight,
    isKeyFrame,
    temporalOffset,
    decodeTimestamp,
    unitOffsets: Object.freeze([...unitOffsets]),
  });
}
