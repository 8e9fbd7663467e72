/**
 * How what falls between two whole numbers is rounded: `nearest` (halves away from
 * zero), `up` (towards the later) or `down` (towards the earlier).
 */
export type Rounding = "nearest" | "up" | "down";

/** What an operation that rounds can be told. */
export interface RoundingOptions {
  /** How it rounds; `nearest` unless said otherwise. */
  readonly rounding?: Rounding;
}
