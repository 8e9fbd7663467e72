import sorted from "sorted-btree";
import { compareText } from "../listing/text-order.ts";

/**
 * Node gives all that a CommonJS module exports as its default; bundlers, and Vitest, what it
 * exports by that name.
 */
const BTree = "default" in sorted ? sorted.default : sorted;

/** A part of a key. */
export type KeyPart = string | bigint;

/** How two keys are ordered: below 0, if the first comes first. */
export type KeyOrder<K> = (a: K, b: K) => number;

/**
 * Entries in the order of their keys, found in steps that grow with the logarithm of how
 * many there are. A copy costs nothing: it and the original share what neither changes.
 */
export class OrderedMap<K, V> {
  #tree: sorted.default<K, V>;
  /** Whether a copy has the same tree. */
  #isShared = false;

  /** @param order How keys are ordered; or what this is a copy of. */
  constructor(order: KeyOrder<K> | OrderedMap<K, V>) {
    if (typeof order === "function") {
      this.#tree = new BTree<K, V>(undefined, order);
    } else {
      this.#tree = order.#tree;
      this.#isShared = order.#isShared = true;
    }
  }

  /** Makes a copy, which changes by itself. */
  copy(): OrderedMap<K, V> {
    return new OrderedMap(this);
  }

  has(key: K): boolean {
    return this.#tree.has(key);
  }

  get(key: K): V | undefined {
    return this.#tree.get(key);
  }

  set(key: K, value: V): void {
    this.#own().set(key, value);
  }

  delete(key: K): void {
    this.#own().delete(key);
  }

  /** The entries at a key and behind it; all of them, without one. */
  from(key?: K): IterableIterator<[K, V]> {
    return this.#tree.entries(key);
  }

  /** The entries before a key, backwards; all of them, without one. */
  before(key?: K): IterableIterator<[K, V]> {
    return this.#tree.entriesReversed(key, undefined, key !== undefined);
  }

  /** The last value whose key is this one, or before it. */
  floor(key: K): V | undefined {
    return this.#tree.getPairOrNextLower(key)?.[1];
  }

  /** The tree, which nobody else sees; its nodes are shared until they change. */
  #own(): sorted.default<K, V> {
    if (this.#isShared) this.#tree = this.#tree.clone();
    this.#isShared = false;
    return this.#tree;
  }
}

/**
 * Orders texts by their code points, as databases do, and whole numbers.
 *
 * @param a One.
 * @param b Another of the same type.
 * @returns Below 0, if `a` comes first; above 0, if `b` does.
 */
export function compareParts(a: KeyPart, b: KeyPart): number {
  if (a === b) return 0;
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  return a < b ? -1 : 1;
}

/**
 * Orders lists of such parts by the first that differs; a list that ends comes first.
 *
 * @param a One.
 * @param b Another, whose parts are of the same types.
 * @returns Below 0, if `a` comes first; above 0, if `b` does.
 */
export function compareKeys(
  a: readonly KeyPart[],
  b: readonly KeyPart[],
): number {
  for (let index = 0; index < a.length; index++) {
    const [part, other] = [a[index], b[index]];
    if (part === undefined || other === undefined) break;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
