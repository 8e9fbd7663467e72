import type { Random } from "../../../differential/random.ts";
import type { Callback, ErrorName, Kind, Wait } from "../program.ts";

/** What a part of a program must keep to. */
export interface Restrictions {
  /** Nothing in it has to be waited for, so that it is read within one call. */
  readonly isSynchronous?: true;
  /** Nothing in it fails. */
  readonly isSound?: true;
}

/**
 * What a program is made with: its random numbers, its names, and how much may go
 * wrong in it.
 */
export class Frame {
  readonly random: Random;
  readonly kind: Kind;
  /** Faults that may still be put in. */
  #faults: number;
  readonly #hasGates: boolean;
  readonly #isSlow: boolean;
  #restrictions: Restrictions = {};
  #names = 0;
  #errors = 0;

  constructor(random: Random, kind: Kind) {
    this.random = random;
    this.kind = kind;
    // In which order several sources fail is not said.
    this.#faults = kind === "merge" ? 0 : random.below(6);
    // Where the order is not said, it is not always the same thing that waits.
    this.#hasGates = kind === "linear" && random.chance(0.5);
    this.#isSlow = random.chance(0.7);
  }

  /** Whether the program is compared event by event. */
  get isLinear(): boolean {
    return this.kind === "linear";
  }

  get isSynchronous(): boolean {
    return this.#restrictions.isSynchronous === true;
  }

  /** Makes a part that keeps to more than the rest does. */
  within<T>(restrictions: Restrictions, make: () => T): T {
    const before = this.#restrictions;
    this.#restrictions = { ...before, ...restrictions };
    const part = make();
    this.#restrictions = before;
    return part;
  }

  /** Gives a new name: a, b, c, and so on. */
  name(): string {
    const index = this.#names++;
    const letter = String.fromCharCode(97 + (index % 26));
    return letter.repeat(1 + Math.floor(index / 26));
  }

  /** Whether a fault is put in here. */
  faults(probability: number): boolean {
    if (this.#faults === 0 || this.#restrictions.isSound === true) return false;
    if (!this.random.chance(probability)) return false;
    this.#faults--;
    return true;
  }

  /** Gives the name of something to throw: an error of its own, or some other value. */
  error(): ErrorName {
    if (this.random.chance(0.7)) return `E${++this.#errors}`;
    return this.random.pick({
      undefined: 3,
      null: 1,
      zero: 1,
      nan: 1,
      false: 1,
      text: 2,
      symbol: 1,
      object: 1,
      frozen: 2,
      function: 1,
      thenable: 1,
    });
  }

  /** How long something takes that takes time. */
  wait(): Wait {
    if (this.#hasGates && this.random.chance(0.35)) return "gate";
    return this.random.below(this.#isSlow ? 6 : 2);
  }

  /** How long calls take; all of them nothing at all, or some of them something. */
  waits(): (Wait | null)[] {
    const { random } = this;
    if (this.isSynchronous || random.chance(0.45)) return [];
    return random.list(1 + random.below(3), () =>
      random.chance(0.3) ? null : this.wait(),
    );
  }

  callback(): Callback {
    const { random } = this;
    const fault = this.faults(0.15)
      ? {
          fault: {
            at: random.below(4),
            error: this.error(),
            // Which call is which is not said where several run at a time.
            ...(this.isLinear ? {} : { byItem: true as const }),
          },
        }
      : {};
    const leaves =
      this.kind === "inside" && random.chance(0.2)
        ? { leaves: random.below(3) }
        : {};
    return {
      name: this.name(),
      waits: this.waits(),
      ...leaves,
      ...(random.chance(0.1) ? { thenable: true as const } : {}),
      ...fault,
      rule: random.below(7),
    };
  }
}
