import { compareKeys, OrderedMap } from "./ordered-map.ts";

type Pair = readonly [first: string, second: string];

/** Which ids belong to which. */
export class PairTable {
  readonly #pairs: OrderedMap<Pair, true>;

  /** @param original What this is a copy of. */
  constructor(original?: PairTable) {
    this.#pairs = original
      ? original.#pairs.copy()
      : new OrderedMap<Pair, true>(compareKeys);
  }

  /** Makes a copy, which changes by itself. */
  copy(): PairTable {
    return new PairTable(this);
  }

  add(first: string, second: string): void {
    this.#pairs.set([first, second], true);
  }

  remove(first: string, second: string): void {
    this.#pairs.delete([first, second]);
  }

  has(first: string, second: string): boolean {
    return this.#pairs.has([first, second]);
  }

  /** All that belong to the first, by id. */
  *of(first: string): Iterable<string> {
    for (const [[one, other]] of this.#pairs.from([first, ""])) {
      if (one !== first) return;
      yield other;
    }
  }
}
