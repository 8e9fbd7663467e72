import type { PictureMark, UnitSyntax } from "./unit-syntax.ts";

/** What is to be known of where a unit came from. */
export interface UnitOrigin {
  /** Whether an access unit has begun with it. */
  isTaken: boolean;
}

/** Units that are decoded, and presented, together. */
export interface AccessUnit<Origin extends UnitOrigin> {
  /** What is behind the start codes, in order, with the zeros that follow. */
  readonly units: Uint8Array[];
  /** Where its units came from; the first is where it begins. */
  readonly origins: Set<Origin>;
  /** Whether no other began at the same origin before it. */
  readonly isFirst: boolean;
  /** Its picture, if it has one yet. */
  mark: PictureMark | undefined;
  /** Whether it has both fields of its picture. */
  isPair: boolean;
  /** Whether it says itself that decoding can begin with it. */
  isKey: boolean;
}

/**
 * Puts the units of a stream of pictures together into access units. The second field of
 * a picture is with the first.
 *
 * Holds two of them: whether one is whole is known when the picture of the next begins.
 */
export class AccessUnitGrouper<Origin extends UnitOrigin> {
  readonly #syntax: UnitSyntax;
  #held: AccessUnit<Origin> | undefined;
  #open: AccessUnit<Origin> | undefined;

  constructor(syntax: UnitSyntax) {
    this.#syntax = syntax;
  }

  /**
   * Takes the next unit.
   *
   * @param unit What is behind a start code.
   * @param origin Where it came from.
   * @returns An access unit, if one is whole by that.
   */
  push(unit: Uint8Array, origin: Origin): AccessUnit<Origin> | undefined {
    const role = this.#syntax.getRole(unit);
    const open = this.#open;
    const isNext =
      open === undefined ||
      role === "delimiter" ||
      (role !== "other" && open.mark !== undefined);
    if (!isNext) {
      open.units.push(unit);
      open.origins.add(origin);
      return this.#note(open, unit, role === "picture");
    }
    const next: AccessUnit<Origin> = {
      units: [unit],
      origins: new Set([origin]),
      isFirst: !origin.isTaken,
      mark: undefined,
      isPair: false,
      isKey: false,
    };
    origin.isTaken = true;
    const whole = this.#begin(next);
    return this.#note(next, unit, role === "picture") ?? whole;
  }

  /** Gives what is left: nothing more will come. */
  end(): AccessUnit<Origin>[] {
    const left = [this.#held, this.#open];
    this.#held = undefined;
    this.#open = undefined;
    return left.filter((unit) => unit !== undefined);
  }

  /** One that had no picture is given as it is, for nothing can be joined with it. */
  #begin(next: AccessUnit<Origin>): AccessUnit<Origin> | undefined {
    const whole = this.#open;
    this.#open = next;
    if (whole === undefined) return undefined;
    const before = this.#held;
    this.#held = whole;
    return before;
  }

  #note(
    open: AccessUnit<Origin>,
    unit: Uint8Array,
    isPicture: boolean,
  ): AccessUnit<Origin> | undefined {
    if (this.#syntax.isRecoveryPoint(unit)) open.isKey = true;
    if (!isPicture) return undefined;
    const mark = this.#syntax.getMark(unit);
    open.mark = mark;
    open.isKey ||= mark.isKey;
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined || !isSecondField(held, mark)) return held;
    held.units.push(...open.units);
    for (const origin of open.origins) held.origins.add(origin);
    held.isPair = true;
    this.#open = held;
    return undefined;
  }
}

function isSecondField(
  first: Pick<AccessUnit<UnitOrigin>, "mark" | "isPair">,
  { number, field }: PictureMark,
): boolean {
  const { mark, isPair } = first;
  if (mark?.field === undefined || field === undefined || isPair) return false;
  return mark.number === number && mark.field !== field;
}
