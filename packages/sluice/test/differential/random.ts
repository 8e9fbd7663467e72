/** A small generator of pseudo-random numbers: mulberry32. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** Gives a number from 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Gives an integer from 0 up to the limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Picks a key, each as often as its weight says. */
  pick<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let rest = this.next() * entries.reduce((sum, [, each]) => sum + each, 0);
    const found = entries.find(([, weight]) => (rest -= weight) < 0);
    const chosen = found ?? entries.at(-1);
    if (chosen === undefined) throw new RangeError("Cannot pick from nothing");
    return chosen[0];
  }

  /** Makes an array of what is made for each place. */
  list<T>(length: number, create: (index: number) => T): T[] {
    return Array.from({ length }, (_, index) => create(index));
  }
}
