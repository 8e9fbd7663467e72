import { checkDuration } from "../../core/check-duration.ts";
import { checkFunction } from "../../core/check-function.ts";
import type { Stream } from "../../stream/stream.ts";
import { claimSame, claimSameItems, isSame } from "./claim.ts";

/**
 * What an operator with a callback is to call for each item, if it wants it to pass:
 * it gives the item back, at once or later, or fails.
 */
export type LawCallback = (
  value: number,
  context?: { readonly signal?: AbortSignal },
) => number | Promise<number>;

/** An operator, as {@linkcode operatorLaws} calls it. */
export type LawfulOperator = (
  source: Stream<number>,
  callback: LawCallback,
) => AsyncIterable<unknown> | AsyncIterator<unknown>;

/** Options of {@linkcode operatorLaws}: what is to be expected of the operator. */
export interface OperatorLawsOptions {
  /**
   * Tells what it gives for a source that gives these items and ends; the items
   * themselves if absent. An item is compared as it is, or, if it is an array or a
   * record, by what is in it.
   */
  readonly gives?: (items: readonly number[]) => readonly unknown[];
  /** Whether it gives that in this order; it does if absent. */
  readonly ordered?: boolean;
  /**
   * How many items it may have asked for beyond those that what was read of it is
   * made of; none if absent. `Infinity`, if it reads on whether or not it is read.
   */
  readonly readsAhead?: number;
  /** How far apart the source's items come, in milliseconds; at once if absent. */
  readonly interval?: number;
  /** Whether it begins to read before it is read itself. */
  readonly eager?: boolean;
  /** Whether it leaves its source open, as `borrow()` does. */
  readonly borrows?: boolean;
  /**
   * Whether what it gives is of several sources, as that of `merge` is: the signal of one
   * is then its own. That it aborts is a failure, which is told once all is closed.
   */
  readonly combines?: boolean;
  /**
   * Whether it is an async generator. That of the platform cannot be closed before
   * it has started, nor left while it waits: these laws are left out.
   */
  readonly isGenerator?: boolean;
  /** See {@linkcode VirtualClockOptions.patience}: for what waits in real time. */
  readonly patience?: number;
}

/** What the sources give that end: enough for every operator to give something. */
export const ITEMS: readonly number[] = Array.from(
  { length: 12 },
  (_, index) => index + 1,
);

/** How many items are read before something happens to the operator. */
const ENOUGH = 2;

/** An operator, and what it gives for which items. */
export class Subject {
  readonly operator: LawfulOperator;
  readonly options: OperatorLawsOptions;
  /** What it gives for all items. */
  readonly outputs: readonly unknown[];
  /** How many items it must have had to give enough, and more is to come. */
  readonly inputCount: number;
  /** How many it has given by then. */
  readonly outputCount: number;

  constructor(operator: LawfulOperator, options: OperatorLawsOptions) {
    checkFunction(operator, "check the laws of");
    checkDuration(options.interval ?? 0);
    this.operator = operator;
    this.options = options;
    this.outputs = this.#give(ITEMS.length);
    this.inputCount = this.countNeeded(ENOUGH);
    this.outputCount = this.countCertain(this.inputCount);
    if (
      this.inputCount >= ITEMS.length ||
      this.outputCount >= this.outputs.length
    ) {
      throw new RangeError(
        `Cannot check the laws of an operator that gives ${this.outputs.length} items for ${ITEMS.length}: after ${ENOUGH} more must be to come`,
      );
    }
  }

  get takesCallback(): boolean {
    return this.operator.length > 1;
  }

  get interval(): number {
    return this.options.interval ?? 0;
  }

  get readsAhead(): number {
    return this.options.readsAhead ?? 0;
  }

  /** How much it gives for the first items whatever follows them. */
  countCertain(inputCount: number): number {
    const counts = ITEMS.slice(inputCount).map((_, index) =>
      this.#countCommon(this.#give(inputCount + index)),
    );
    return Math.min(this.outputs.length, ...counts);
  }

  /** How many items it must have had to give so much. */
  countNeeded(outputCount: number): number {
    const index = ITEMS.findIndex(
      (_, index) => this.countCertain(index) >= outputCount,
    );
    return index === -1 ? ITEMS.length : index;
  }

  /** Claims that it gave what it was to give first. */
  claimGiven(given: readonly unknown[], count: number): void {
    const expected = this.outputs.slice(0, count);
    if (this.options.ordered !== false) {
      claimSame(given, expected, "what it gave");
    } else if (count === this.outputs.length) {
      claimSameItems(given, expected, "what it gave");
    } else {
      claimSame(given.length, count, "how many items it gave");
    }
  }

  #give(inputCount: number): readonly unknown[] {
    const items = ITEMS.slice(0, inputCount);
    return this.options.gives?.(items) ?? items;
  }

  #countCommon(given: readonly unknown[]): number {
    const index = given.findIndex(
      (item, index) =>
        index >= this.outputs.length || !isSame(item, this.outputs[index]),
    );
    return index === -1 ? given.length : index;
  }
}
