import type { LawfulOperator, OperatorLawsOptions } from "sluice/testing";

/** One operator, with all that its laws and its row of the matrix are made of. */
export interface Row {
  /** How it is called. */
  readonly name: string;
  /** What it waits for, besides its callback and the next item of its source. */
  readonly waits: string;
  /** What it holds, besides the item at hand. */
  readonly holds: string;
  /** How the laws call it; one with a second parameter has a callback. */
  readonly apply: LawfulOperator;
  readonly options?: OperatorLawsOptions;
  /** What becomes of the cells in which it is not as the others are. */
  readonly cells?: Readonly<Record<string, Cell>>;
  readonly heap?: Heap;
}

/** A cell that differs: what it says, and, if it does not apply, why. */
type Cell = { readonly says: string } | { readonly appliesNot: string };

/** How the memory of an operator is measured. */
export interface Heap {
  /** How it is called then; as the laws call it if absent. */
  readonly apply?: LawfulOperator;
  /** How many items of its source it goes through; a million if absent. */
  readonly count?: number;
  /** How many of them become one that it gives; 1 if absent. */
  readonly perOutput?: number;
  /** How its source comes: as fast as it can, if absent. */
  readonly pace?: "turns" | "bursts";
}

/** Goes on with what a callback gave; at once, if it is there. */
export function chain<T>(
  value: number | Promise<number>,
  goOn: (value: number) => T,
): T | Promise<T> {
  return typeof value === "number" ? goOn(value) : value.then(goOn);
}
