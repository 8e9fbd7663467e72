import { z } from "zod";
/** A ratio of positive whole numbers, such as frames to seconds. */
export interface Ratio {
  /** The upper one. */
  readonly numerator: number;
  /** The lower one; 1 if it is absent. */
  readonly denominator?: number | undefined;
}

/** A ratio with both numbers, such as width to height. */
export interface FullRatio {
  /** The upper one. */
  readonly numerator: number;
  /** The lower one. */
  readonly denominator: number;
}

const positive = z.int().min(1);

/** A ratio whose denominator is 1 if it is absent. */
export const ratioSchema: z.ZodType<Ratio> = z.looseObject({
  numerator: positive,
  denominator: positive.optional(),
});

/** A ratio with both numbers. */
export const fullRatioSchema: z.ZodType<FullRatio> = z.looseObject({
  numerator: positive,
  denominator: positive,
});
