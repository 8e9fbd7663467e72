/** A ratio of positive whole numbers, such as frames to seconds. */
export interface Ratio {
  /** The upper one. */
  readonly numerator: number;
  /** The lower one; 1 if it is absent. */
  readonly denominator?: number | undefined;
}
