import { checkDataLength } from "./check-data-length.ts";
import { checkInteger } from "./check-integer.ts";
import type { FrameLayout } from "./frame-layout.ts";
import { toCommon, type GrainCommon, type GrainInit } from "./grain-common.ts";
import { toRational, type Rational } from "./rational.ts";
import {
  computeVideoComponents,
  computeVideoLength,
  type VideoComponent,
} from "./video-components.ts";
import type { VideoFormat } from "./video-format.ts";

/** A picture, as it comes from a camera or out of a decoder. */
export interface VideoGrain extends GrainCommon {
  /** Tells it from the other kinds. */
  readonly kind: "video";
  /** How the pixels lie in the payload. */
  readonly format: VideoFormat;
  /** How the lines lie. */
  readonly layout: FrameLayout;
  /** Pixels in a line. */
  readonly width: number;
  /** Lines. */
  readonly height: number;
  /** By how many pixels the picture goes on beyond its edges. */
  readonly extension: number;
  /** Of the picture on a screen, such as 16/9, if that is known. */
  readonly aspectRatio: Rational | undefined;
  /** Of one pixel, such as 12/11, if that is known. */
  readonly pixelAspectRatio: Rational | undefined;
  /** The planes, which follow each other in the payload; none if that is not known. */
  readonly components: readonly VideoComponent[];
}

/** What a picture is made of. */
export interface VideoGrainInit extends GrainInit {
  /** How the pixels lie in the payload. */
  readonly format: VideoFormat;
  /** How the lines lie; `FULL_FRAME` unless said otherwise. */
  readonly layout?: FrameLayout;
  /** Pixels in a line. */
  readonly width: number;
  /** Lines. */
  readonly height: number;
  /** By how many pixels the picture goes on beyond its edges; 0 unless said otherwise. */
  readonly extension?: number;
  /** Of the picture on a screen, such as 16/9; unknown unless said otherwise. */
  readonly aspectRatio?: Rational | undefined;
  /** Of one pixel, such as 12/11; unknown unless said otherwise. */
  readonly pixelAspectRatio?: Rational | undefined;
  /** The planes; those that the format has, without padding, unless said otherwise. */
  readonly components?: readonly VideoComponent[];
}

/**
 * Makes a grain of a picture. It never changes; its payload is not copied.
 *
 * @param init What it is made of.
 * @returns The grain.
 * @throws {SyntaxError} If an id is no UUID.
 * @throws {TypeError} If a time, the rate or the payload is of another type.
 * @throws {RangeError} If a number is out of bounds, or the payload, where there is
 * one, is not as long as its planes.
 *
 * @example A grey picture
 * ```ts
 * import { createVideoGrain } from "@sluice/media";
 * import { Rate, Timestamp } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const grain = createVideoGrain({
 *   sourceId: "49578552-fb9e-4d3e-a197-3e3c437a895d",
 *   flowId: "6e55f251-f75a-4d56-b3af-edb8b7993c3c",
 *   originTimestamp: Timestamp.parse("1420102800:0"),
 *   rate: Rate.of(50),
 *   duration: { numerator: 1, denominator: 50 },
 *   format: "U8_420",
 *   width: 480,
 *   height: 270,
 *   data: new Uint8Array(480 * 270 * 1.5).fill(128),
 * });
 * assert.deepEqual(grain.components[1], {
 *   width: 240,
 *   height: 135,
 *   stride: 240,
 *   length: 32_400,
 * });
 * ```
 */
export function createVideoGrain(init: VideoGrainInit): VideoGrain {
  const { format, width, height } = init;
  const { components = computeVideoComponents(format, width, height) } = init;
  const grain = toVideoGrain({ ...init, components: components ?? [] });
  checkDataLength(grain, computeVideoLength(grain.components));
  return grain;
}

/** Makes a grain whose payload is what it is. */
export function toVideoGrain(init: VideoGrainInit): VideoGrain {
  const { format, layout = "FULL_FRAME", width, height } = init;
  const { extension = 0, components = [] } = init;
  checkInteger("width", width);
  checkInteger("height", height);
  checkInteger("extension", extension);
  return Object.freeze({
    kind: "video",
    ...toCommon(init),
    format,
    layout,
    width,
    height,
    extension,
    aspectRatio: toRational("aspectRatio", init.aspectRatio),
    pixelAspectRatio: toRational("pixelAspectRatio", init.pixelAspectRatio),
    components: Object.freeze(components.map(toComponent)),
  });
}

function toComponent(component: VideoComponent): VideoComponent {
  const { width, height, stride, length } = component;
  checkInteger("the width of a component", width);
  checkInteger("the height of a component", height);
  checkInteger("the stride of a component", stride);
  checkInteger("the length of a component", length);
  return Object.freeze({ width, height, stride, length });
}
