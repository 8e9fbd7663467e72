/**
 * What a unit of a stream of pictures is, where access units are to be told apart:
 *
 * - `delimiter`: one begins here.
 * - `before`: what can only be before the picture of one.
 * - `picture`: the first part of a picture, or of a field.
 * - `other`: what belongs to what is before it.
 */
export type UnitRole = "delimiter" | "before" | "picture" | "other";

/** What tells a picture from another. */
export interface PictureMark {
  /** Its number in the stream's own count. */
  readonly number: number;
  /** Which field it is; nothing, if it is a whole frame. */
  readonly field: "top" | "bottom" | undefined;
  /** Whether decoding can begin with it. */
  readonly isKey: boolean;
}

/** How the units of a codec are told apart. */
export interface UnitSyntax {
  /** Takes a unit, as it is in the stream; units are taken in order. */
  getRole(unit: Uint8Array): UnitRole;
  /** Tells of a unit whose role is `picture` which one it begins. */
  getMark(unit: Uint8Array): PictureMark;
  /** Whether a unit says that decoding can begin with the picture behind it. */
  isRecoveryPoint(unit: Uint8Array): boolean;
  /** Makes the payload of an access unit of its units, in the normal form. */
  join(units: readonly Uint8Array[]): Uint8Array;
}
