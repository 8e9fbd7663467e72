import type { Rate } from "@sluice/time";
import type { Colour } from "../essence/essence.ts";
import type { Rational } from "../grain/rational.ts";

/** What a coded sequence of pictures tells of them. */
export interface PictureFormat {
  /** Pixels in a line, as they are shown. */
  readonly width: number;
  /** Lines of a frame, as they are shown. */
  readonly height: number;
  /** Pixels in a line with the padding that the coding needs. */
  readonly codedWidth: number;
  /** Lines of a frame with that padding. */
  readonly codedHeight: number;
  /** How often there is colour: 0 never, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4. */
  readonly chromaFormat: number;
  /** Significant bits of a value of brightness. */
  readonly lumaBits: number;
  /** Significant bits of a value of colour. */
  readonly chromaBits: number;
  /** Width of a pixel to its height, if it is told. */
  readonly pixelAspectRatio: Rational | undefined;
  /** How numbers become colours, if it is told. */
  readonly colour: Colour | undefined;
  /** Frames in a second, if it is told; that it is so in truth, nobody promises. */
  readonly rate: Rate | undefined;
  /** Whether pictures may be fields. */
  readonly isInterlaced: boolean;
}
