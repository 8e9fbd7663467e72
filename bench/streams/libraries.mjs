/**
 * Runs a case for `n` items.
 *
 * @typedef {(n: number) => number | Promise<number>} Run
 */

/** @typedef {Record<string, Run>} Cases Those that a library has, by their ids. */

/**
 * @template T
 * @typedef {AsyncIterable<T> | Iterable<T>} Source
 */

/** @typedef {"array" | "sync" | "async"} SourceKind */

/** @typedef {"map" | "mapAsync" | "filter" | "tap" | "take" | "scan" | "flatMap"} StepKind */

/**
 * How a library puts any pipeline together: so are those made that run before a
 * case, to have a process like that of a varied program.
 *
 * @typedef {object} Family
 * @property {SourceKind[]} sources
 * @property {Partial<Record<StepKind, (argument: any) => unknown>>} steps
 * @property {(source: Source<unknown>, steps: any[]) => number | Promise<number>} sum
 */

/**
 * Somebody's way of writing the cases.
 *
 * @typedef {object} Library
 * @property {string} id
 * @property {string} title Markdown.
 * @property {string[]} packages Whose versions are told.
 * @property {true} [isNew] Whether it is the platform's, and only of a Node with `using`.
 * @property {() => Promise<{ cases: Cases, families?: Family[] }>} load
 */

/** @type {Library} What the others are held against. */
export const hand = {
  id: "hand",
  title: "by hand",
  packages: [],
  load: () => import("./libraries/hand.mjs"),
};

/** @type {Library} */
export const ours = {
  id: "ours",
  title: "**Sluice**",
  packages: [],
  load: () => import("./libraries/ours.mjs"),
};

/** @type {Library[]} */
export const peers = [
  {
    id: "native",
    title: "generator functions",
    packages: [],
    load: () => import("./libraries/native.mjs"),
  },
  {
    id: "helpers",
    title: "iterator helpers",
    packages: [],
    isNew: true,
    load: () => import("./libraries/helpers.mjs"),
  },
  {
    id: "rxjs",
    title: "RxJS",
    packages: ["rxjs"],
    load: () => import("./libraries/rxjs.mjs"),
  },
  {
    id: "effect",
    title: "Effect",
    packages: ["effect"],
    load: () => import("./libraries/effect.mjs"),
  },
  {
    id: "streaming-iterables",
    title: "streaming-iterables",
    packages: ["streaming-iterables"],
    load: () => import("./libraries/streaming-iterables.mjs"),
  },
  {
    id: "it",
    title: "it-*",
    packages: [
      "it-batch",
      "it-filter",
      "it-foreach",
      "it-map",
      "it-merge",
      "it-parallel",
      "it-pushable",
      "it-take",
    ],
    load: () => import("./libraries/it.mjs"),
  },
  {
    id: "ix",
    title: "IxJS",
    packages: ["ix"],
    load: () => import("./libraries/ix.mjs"),
  },
  {
    id: "iter-tools",
    title: "iter-tools",
    packages: ["iter-tools"],
    load: () => import("./libraries/iter-tools.mjs"),
  },
  {
    id: "readable",
    title: "Node `Readable`",
    packages: [],
    load: () => import("./libraries/readable.mjs"),
  },
  {
    id: "repeater",
    title: "repeater",
    packages: ["@repeaterjs/repeater"],
    load: () => import("./libraries/repeater.mjs"),
  },
  {
    id: "p-map",
    title: "p-map",
    packages: ["p-map"],
    load: () => import("./libraries/p-map.mjs"),
  },
  {
    id: "events",
    title: "Node `events.on`",
    packages: [],
    load: () => import("./libraries/events.mjs"),
  },
];

export const libraries = [hand, ours, ...peers];
