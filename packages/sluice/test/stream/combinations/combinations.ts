import { concat, latest, merge, race, zip } from "sluice";
import type { OperatorLawsOptions } from "sluice/testing";
import {
  ENDED,
  HOUR_MS,
  SILENT,
  type Lawful,
  type Combination,
  type Other,
} from "./variant.ts";

const QUICK: Other = { items: [-1] };
const LATE: Other = { items: [-2], delay: HOUR_MS };
/** How far apart the items of the tested source come, where others are to come between. */
const INTERVAL_MS = 10;
/** Where another source's item comes first. */
const SIGNAL_BEFORE =
  "fails with the reason of a signal that aborted before its first next()";

const silent = (says: string): Lawful => ({
  says,
  others: (count) => repeat(count, SILENT),
});
const ended = (says: string): Lawful => ({
  says,
  others: (count) => repeat(count, ENDED),
});

/** All operators of several sources. */
export const combinations: readonly Combination[] = [
  {
    name: "merge(…)",
    combine: (sources) => merge(...sources),
    asksAll: true,
    beside: {
      silent: silent("does not wait for them"),
      ended: ended("goes on without them"),
      items: {
        says: "gives all",
        others: (count) => [QUICK, LATE].slice(0, count),
        options: (_, { length }) => ({
          interval: INTERVAL_MS,
          // It has asked for an item before another source's comes.
          readsAhead: 1,
          gives: (items) => [-1, ...items, ...(length > 1 ? [-2] : [])],
        }),
        unbound: () => [SIGNAL_BEFORE],
      },
    },
    whenOneFails: () => "fails",
  },
  {
    name: "concat(…)",
    combine: (sources) => concat(...sources),
    asksAll: false,
    beside: {
      silent: silent("waits for those before it"),
      ended: ended("goes on without them"),
      items: {
        says: "gives all",
        others: (count) => [QUICK, ENDED].slice(0, count),
        options: (place) => ({
          gives: (items) => (place === 0 ? [...items, -1] : [-1, ...items]),
        }),
        // It is opened with the second item.
        unbound: (place) =>
          place === 0
            ? []
            : [
                "opens its source with the first next(), and not before",
                SIGNAL_BEFORE,
              ],
      },
    },
    whenOneFails: (others, place) =>
      others === "silent" && place > 0 ? "waits" : "fails",
  },
  {
    name: "race(…)",
    combine: (sources) => race(...sources),
    asksAll: true,
    beside: {
      silent: silent("does not wait for them"),
      ended: {
        says: "ends, if they were asked first",
        gives: (place) => (place === 0 ? "an item" : "the end"),
      },
      items: {
        says: "closes those that are later",
        others: (count) => repeat(count, LATE),
      },
    },
    whenOneFails: (others, place) =>
      others !== "silent" && place > 0 ? "ends" : "fails",
  },
  {
    name: "zip([…])",
    combine: (sources) => zip(sources),
    asksAll: true,
    beside: {
      silent: { says: "waits for them", gives: () => "nothing" },
      ended: { says: "ends", gives: () => "the end" },
      items: {
        says: "gives rows",
        others: (count) =>
          [
            { items: range(40) },
            { items: range(40), delay: INTERVAL_MS },
          ].slice(0, count),
        options: givesRows,
      },
    },
    whenOneFails: (others, place) =>
      others === "ended" && place > 0 ? "ends" : "fails",
  },
  {
    name: 'zip([…], { mode: "longest" })',
    combine: (sources) => zip(sources, { mode: "longest", padding: [0, 0, 0] }),
    asksAll: true,
    beside: {
      silent: { says: "waits for them", gives: () => "nothing" },
      ended: { ...ended("fills in for them"), options: givesRows },
      items: {
        says: "gives rows",
        others: (count) =>
          [{ items: range(14) }, { items: range(3) }].slice(0, count),
        options: givesRows,
      },
    },
    whenOneFails: () => "fails",
  },
  {
    name: 'zip([…], { mode: "strict" })',
    combine: (sources) => zip(sources, { mode: "strict" }),
    asksAll: true,
    beside: {
      silent: { says: "waits for them", gives: () => "nothing" },
      ended: { says: "fails with a `TypeError`", gives: () => "an error" },
      items: {
        says: "gives rows",
        others: (count) =>
          [
            { items: range(12) },
            { items: range(12), delay: INTERVAL_MS },
          ].slice(0, count),
        options: givesRows,
      },
    },
    whenOneFails: () => "fails",
  },
  {
    name: "latest(…)",
    combine: (sources) => latest(...sources),
    asksAll: true,
    beside: {
      silent: { says: "waits for their first items", gives: () => "nothing" },
      ended: { says: "ends, if they gave nothing", gives: () => "the end" },
      items: {
        says: "goes on with their last items",
        others: (count) =>
          [QUICK, { items: [-1, -2], delay: 3 }].slice(0, count),
        options: (place, others) => ({
          interval: INTERVAL_MS,
          gives: (items) =>
            items.map((item) =>
              others
                .map(({ items }) => [...items].at(-1))
                .toSpliced(place, 0, item),
            ),
        }),
      },
    },
    whenOneFails: (others, place) =>
      others === "ended" && place > 0 ? "ends" : "fails",
  },
];

/** The rows of the items with those of the others, and 0 where one has no more. */
function givesRows(
  place: number,
  others: readonly Other[],
): OperatorLawsOptions {
  const columns = others.map(({ items }) => [...items]);
  const isShortest = columns.every(({ length }) => length === 40);
  return {
    gives: (items) => {
      const all = columns.toSpliced(place, 0, [...items]);
      const lengths = all.map(({ length }) => length);
      const count = isShortest ? items.length : Math.max(...lengths);
      return range(count).map((index) =>
        all.map((column) => column[index] ?? 0),
      );
    },
  };
}

function repeat(count: number, other: Other): Other[] {
  return Array.from({ length: count }, () => other);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
