import { Semaphore } from "sluice";
import { chain, type Row } from "./row.ts";

/** What takes longer is measured with fewer items. */
const HALF = { count: 500_000 };

const SLOTS = "`n` items, under way or ready";

/** The operators that work on several items at a time, or ahead, or by time. */
export const paceRows: readonly Row[] = [
  {
    name: "map(fn, { concurrency })",
    waits: "results in the order of the items",
    holds: SLOTS,
    apply: (source, callback) => source.map(callback, { concurrency: 3 }),
    options: { readsAhead: 3 },
    heap: HALF,
  },
  {
    name: "map(fn, { concurrency, ordered: false })",
    waits: "the first result",
    holds: SLOTS,
    apply: (source, callback) =>
      source.map(callback, { concurrency: 3, ordered: false }),
    options: { readsAhead: 3, ordered: false },
    heap: HALF,
  },
  {
    name: "map(fn, { concurrency: semaphore })",
    waits: "a permit for each item",
    holds: SLOTS,
    apply: (source, callback) =>
      source.map(callback, { concurrency: new Semaphore(3) }),
    options: { readsAhead: 3 },
    heap: HALF,
  },
  {
    name: "filter(fn, { concurrency })",
    waits: "answers in the order of the items",
    holds: SLOTS,
    apply: (source, callback) =>
      source.filter(
        (item, context) =>
          chain(callback(item, context), (value) => value % 2 === 0),
        { concurrency: 3 },
      ),
    options: {
      readsAhead: 3,
      gives: (items) => items.filter((item) => item % 2 === 0),
    },
    heap: { ...HALF, perOutput: 2 },
  },
  {
    name: "filter(fn, { concurrency, ordered: false })",
    waits: "the first answer",
    holds: SLOTS,
    apply: (source, callback) =>
      source.filter(callback, { concurrency: 3, ordered: false }),
    options: { readsAhead: 3, ordered: false },
    heap: HALF,
  },
  {
    name: "flatMap(fn, { concurrency })",
    waits: "items in the order of the inner sources",
    holds: "`n` inner sources, an item of each",
    apply: (source, callback) =>
      source.flatMap(
        (item, context) =>
          chain(callback(item, context), (value) => [value, -value]),
        { concurrency: 3 },
      ),
    options: {
      readsAhead: 3,
      gives: (items) => items.flatMap((item) => [item, -item]),
    },
    heap: { count: 100_000 },
  },
  {
    name: "flatMap(fn, { concurrency, ordered: false })",
    cells: {},
    waits: "the first item of any inner source",
    holds: "`n` inner sources, an item of each",
    apply: (source, callback) =>
      source.flatMap(
        (item, context) => chain(callback(item, context), (value) => [value]),
        { concurrency: 3, ordered: false },
      ),
    options: { readsAhead: 3, ordered: false },
    heap: { count: 100_000 },
  },
  {
    name: "switchMap(fn)",
    waits: "the newest inner source, or the next item",
    holds: "one inner source, one item",
    apply: (source, callback) =>
      source.switchMap((item, context) =>
        chain(callback(item, context), (value) => [value, -value]),
      ),
    options: {
      interval: 10,
      readsAhead: Infinity,
      gives: (items) => items.flatMap((item) => [item, -item]),
    },
    heap: { count: 100_000, pace: "turns" },
  },
  {
    name: "buffered(n)",
    waits: "the next item, if it is not loaded",
    holds: SLOTS,
    apply: (source) => source.buffered(3),
    options: { readsAhead: 3 },
    heap: HALF,
  },
  {
    name: "buffered(n, { maxBytes })",
    waits: "the next item, if it is not loaded",
    holds: "`n` items, or `maxBytes` and one item",
    apply: (source) => source.buffered(8, { maxBytes: 3 }),
    options: { readsAhead: 3 },
    heap: HALF,
  },
  {
    name: "buffered(n, { eager: true })",
    waits: "the next item, if it is not loaded",
    holds: SLOTS,
    apply: (source) => source.buffered(3, { eager: true }),
    options: { readsAhead: 3, eager: true },
    heap: HALF,
  },
  {
    name: "map(fn).buffered(n)",
    waits: "results in the order of the items",
    holds: SLOTS,
    apply: (source, callback) => source.map(callback).buffered(3),
    options: { readsAhead: 3 },
    heap: HALF,
  },
  {
    name: "map(fn).limit(n)",
    waits: "the result before",
    holds: "one item",
    apply: (source, callback) => source.map(callback).limit(2),
    options: { readsAhead: 2 },
    heap: HALF,
  },
  {
    name: "map(fn).limit(m).buffered(n)",
    waits: "results in the order of the items",
    holds: "`n` items, `m` of them under way",
    apply: (source, callback) => source.map(callback).limit(2).buffered(4),
    options: { readsAhead: 4 },
    heap: HALF,
  },
  {
    name: "map(fn).unordered().buffered(n)",
    waits: "the first result",
    holds: SLOTS,
    apply: (source, callback) => source.map(callback).unordered().buffered(3),
    options: { readsAhead: 3, ordered: false },
    heap: HALF,
  },
  {
    name: "chunks(size, { within })",
    waits: "`size` items, or `within` ms from the first",
    holds: "`size` items",
    apply: (source) => source.chunks(2, { within: 25 }),
    options: {
      interval: 10,
      gives: (items) =>
        items.flatMap((_, index) =>
          index % 2 === 0 ? [items.slice(index, index + 2)] : [],
        ),
    },
    heap: { count: 200_000, perOutput: 2 },
  },
  {
    name: "timeout(ms)",
    waits: "the next item, `ms` at most",
    holds: "nothing",
    apply: (source) => source.timeout(60_000),
    heap: { count: 200_000 },
  },
  {
    name: "debounce(ms)",
    waits: "`ms` without another item",
    holds: "two items",
    apply: (source) => source.debounce(5),
    options: { interval: 10, readsAhead: 2 },
    heap: { count: 100_000, perOutput: 10, pace: "bursts" },
  },
  {
    name: "throttle(ms)",
    waits: "an item that comes `ms` after the one before",
    holds: "nothing",
    apply: (source) => source.throttle(5),
    options: { interval: 10 },
    heap: { apply: (source) => source.throttle(0) },
  },
];
