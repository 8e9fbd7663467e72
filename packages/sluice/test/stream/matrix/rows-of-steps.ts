import { chain, type Row } from "./row.ts";

const NOTHING = "nothing";

/** The operators that look at one item after the other. */
export const stepRows: readonly Row[] = [
  {
    name: "map(fn)",
    waits: NOTHING,
    holds: NOTHING,
    apply: (source, callback) => source.map(callback),
  },
  {
    name: "filter(fn)",
    waits: NOTHING,
    holds: NOTHING,
    apply: (source, callback) =>
      source.filter((item, context) =>
        chain(callback(item, context), (value) => value % 2 === 0),
      ),
    options: { gives: (items) => items.filter((item) => item % 2 === 0) },
    heap: {
      // Long runs of items that nothing comes of.
      apply: (source) => source.filter((item) => item % 1000 === 0),
      perOutput: 1000,
    },
  },
  {
    name: "take(n)",
    waits: NOTHING,
    holds: NOTHING,
    apply: (source) => source.take(4),
    options: { gives: (items) => items.slice(0, 4) },
    heap: { apply: (source) => source.take(1e9) },
  },
  {
    name: "drop(n)",
    waits: NOTHING,
    holds: NOTHING,
    apply: (source) => source.drop(2),
    options: { gives: (items) => items.slice(2) },
  },
  {
    name: "takeWhile(fn)",
    waits: NOTHING,
    holds: NOTHING,
    apply: (source, callback) =>
      source.takeWhile((item, context) =>
        chain(callback(item, context), (value) => value < 6),
      ),
    options: { gives: (items) => items.filter((item) => item < 6) },
    heap: { apply: (source) => source.takeWhile(() => true) },
  },
  {
    name: "dropWhile(fn)",
    waits: NOTHING,
    holds: NOTHING,
    apply: (source, callback) =>
      source.dropWhile((item, context) =>
        chain(callback(item, context), (value) => value < 4),
      ),
    options: { gives: (items) => items.filter((item) => item >= 4) },
  },
  {
    name: "scan(fn)",
    waits: NOTHING,
    holds: "the accumulator",
    apply: (source, callback) =>
      source.scan((sum, item, context) =>
        chain(callback(item, context), (value) => sum + value),
      ),
    options: { gives: sumUp },
  },
  {
    name: "scan(fn, initial)",
    waits: NOTHING,
    holds: "the accumulator",
    apply: (source, callback) =>
      source.scan(
        (sum, item, context) =>
          chain(callback(item, context), (value) => sum + value),
        100,
      ),
    options: { gives: (items) => sumUp(items).map((sum) => sum + 100) },
  },
  {
    name: "indexed()",
    waits: NOTHING,
    holds: NOTHING,
    apply: (source) => source.indexed(),
    options: { gives: (items) => items.map((item, index) => [index, item]) },
  },
  {
    name: "tap(fn)",
    waits: NOTHING,
    holds: NOTHING,
    apply: (source, callback) => source.tap(callback),
  },
  {
    name: "chunks(size)",
    waits: "`size` items",
    holds: "`size` items",
    apply: (source) => source.chunks(3),
    options: { gives: (items) => group(items, 3) },
    heap: { perOutput: 3 },
  },
  {
    name: "windows(size)",
    waits: "`size` items, the first time",
    holds: "`size` items",
    apply: (source) => source.windows(3),
    options: {
      gives: (items) =>
        items.slice(2).map((_, index) => items.slice(index, index + 3)),
    },
  },
  {
    name: "flatMap(fn)",
    waits: NOTHING,
    holds: "one inner source",
    apply: (source, callback) =>
      source.flatMap((item, context) =>
        chain(callback(item, context), (value) => [value, -value]),
      ),
    options: { gives: (items) => items.flatMap((item) => [item, -item]) },
  },
];

function sumUp(items: readonly number[]): number[] {
  let sum = 0;
  return items.map((item) => (sum += item));
}

function group(items: readonly number[], size: number): number[][] {
  return items.flatMap((_, index) =>
    index % size === 0 ? [items.slice(index, index + size)] : [],
  );
}
