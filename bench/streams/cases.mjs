import { burstSize } from "./channels.mjs";
import {
  expectAll,
  expectAllPlusOne,
  expectBatches,
  expectBursts,
  expectChunked,
  expectFive,
  expectFlatArrays,
  expectFlatAsync,
  expectHeldOutOne,
  expectHeldOutThree,
  expectHeldOutTwo,
  expectRecords,
  expectTen,
  expectTwo,
} from "./expectations.mjs";
import { chunkSize } from "./sources.mjs";

/**
 * A pipeline that every library writes in its own way.
 *
 * @typedef {object} Case
 * @property {string} id
 * @property {string} text What it does; Markdown.
 * @property {number} [unit] It is run for a multiple of so many items; 1 by default.
 * @property {"wall"} [clock] What is counted if it waits for the event loop; by default the
 * processor's time.
 * @property {(n: number) => number} expect What `n` items add up to.
 */

/** @typedef {"mono" | "mega"} Mode Whether 80 other pipelines ran before in the same process. */

/**
 * Cases that are shown in one table.
 *
 * @typedef {object} Group
 * @property {string} id
 * @property {string} title
 * @property {string} text What the table's reader has to know besides.
 * @property {Mode[]} modes
 * @property {Case[]} cases
 */

const two = "`map`, `filter` (a third passes), sum";
const five = "`map`, `filter`, `map`, `tap`, `map`, sum";
const heldOutOne = "`filter`, `filter`, `map`, `scan`, `tap`, `map`, sum";
const heldOutTwo = "`scan`, `map`, `take`, `filter`, `map`, sum";
const heldOutThree = "`tap`, `tap`, `tap`, `filter`, sum";

/** @type {Group[]} */
export const groups = [
  {
    id: "sync",
    title: "A synchronous source into a sink",
    text: "By hand this is a plain `for` loop, which calls nothing and waits for nothing.",
    modes: ["mono", "mega"],
    cases: [
      { id: "sync2", text: `a generator; ${two}`, expect: expectTwo },
      { id: "sync5", text: `a generator; ${five}`, expect: expectFive },
      { id: "array2", text: `an array; ${two}`, expect: expectTwo },
      {
        id: "ho1sync",
        text: `a generator; ${heldOutOne}`,
        expect: expectHeldOutOne,
      },
      {
        id: "ho2sync",
        text: `a generator; ${heldOutTwo}`,
        expect: expectHeldOutTwo,
      },
      {
        id: "ho3sync",
        text: `a generator; ${heldOutThree}`,
        expect: expectHeldOutThree,
      },
    ],
  },
  {
    id: "async",
    title: "An asynchronous source into a sink",
    text: "By hand this is a `for await` loop. The shapes `ho1` to `ho3` are held out: nothing was tuned on them.",
    modes: ["mono", "mega"],
    cases: [
      { id: "async2", text: `an async generator; ${two}`, expect: expectTwo },
      { id: "async5", text: `an async generator; ${five}`, expect: expectFive },
      {
        id: "async10",
        text: "an async generator; `map`, `filter`, `map`, `tap`, `map`, `scan`, `filter`, `map`, `take`, `map`, sum",
        expect: expectTen,
      },
      {
        id: "obj3",
        text: "an async generator of objects; `map`, `filter`, `map`, sum",
        expect: expectRecords,
      },
      {
        id: "chunked",
        text: `an async generator of arrays of ${chunkSize}, which are flattened; ${two}`,
        unit: chunkSize,
        expect: expectChunked,
      },
      {
        id: "ho1",
        text: `an async generator; ${heldOutOne}`,
        expect: expectHeldOutOne,
      },
      {
        id: "ho2",
        text: `an async generator; ${heldOutTwo}`,
        expect: expectHeldOutTwo,
      },
      {
        id: "ho3",
        text: `an async generator; ${heldOutThree}`,
        expect: expectHeldOutThree,
      },
    ],
  },
  {
    id: "steps",
    title: "Steps that wait, open, group or end",
    text: "One of `short` and `takeInf` is a whole pipeline, made and run; one of `flatArr` is an item of the source, and one of `flatAsync` an item of what it opens.",
    modes: ["mono", "mega"],
    cases: [
      {
        id: "asyncCb",
        text: "an async generator; `map` with an async function, `filter` (a third passes), sum",
        expect: expectTwo,
      },
      {
        id: "asyncCbArray",
        text: "an array; `map` with an async function, `filter` (a third passes), sum",
        expect: expectTwo,
      },
      {
        id: "flatArr",
        text: "an async generator; `flatMap` to arrays of 4, `filter` (a third passes), sum",
        expect: expectFlatArrays,
      },
      {
        id: "flatAsync",
        text: "an async generator; `flatMap` to async generators of 10, sum",
        unit: 10,
        expect: expectFlatAsync,
      },
      {
        id: "batch",
        text: "an async generator; `map`, groups of 10, sum of their first and their length",
        unit: 10,
        expect: expectBatches,
      },
      {
        id: "short",
        text: `an async generator of 10 items; ${two}`,
        expect: (n) => n * expectTwo(10),
      },
      {
        id: "takeInf",
        text: "an endless async generator; `map`, `take` of 10, sum",
        expect: (n) => n * expectAllPlusOne(10),
      },
    ],
  },
  {
    id: "for-await",
    title: "A stream consumed by `for await`",
    text: "By hand this is a `for await` loop over the source, also where the source is synchronous.",
    modes: ["mono", "mega"],
    cases: [
      {
        id: "forawaitSync",
        text: "a generator; `map`, `filter` (a third passes)",
        expect: expectTwo,
      },
      {
        id: "forawaitAsync",
        text: "an async generator; `map`, `filter` (a third passes)",
        expect: expectTwo,
      },
      {
        id: "forawaitAll",
        text: "an async generator; `map`, `filter` (all pass)",
        expect: expectAllPlusOne,
      },
    ],
  },
  {
    id: "map",
    title: "`map` with many calls at once",
    text: "The source is a generator. By hand these are 16 or 256 loops over one iterator, which add to one sum, in order or not.",
    modes: ["mono"],
    cases: [
      {
        id: "mapNow",
        text: "16 at once, each an immediate promise; in order",
        expect: expectAllPlusOne,
      },
      {
        id: "mapNowUnordered",
        text: "the same, as they come",
        expect: expectAllPlusOne,
      },
      {
        id: "mapImm16",
        text: "16 at once, each a turn of the event loop (`setImmediate`); in order",
        clock: "wall",
        expect: expectAllPlusOne,
      },
      {
        id: "mapImm16Unordered",
        text: "the same, as they come",
        clock: "wall",
        expect: expectAllPlusOne,
      },
      {
        id: "mapImm256",
        text: "256 at once, each a turn of the event loop; in order",
        clock: "wall",
        expect: expectAllPlusOne,
      },
      {
        id: "mapImm256Unordered",
        text: "the same, as they come",
        clock: "wall",
        expect: expectAllPlusOne,
      },
    ],
  },
  {
    id: "combine",
    title: "Several streams, and reading ahead",
    text: "By hand `merge` is four loops at once that add to one sum, `prefetch` one loop without reading ahead, `zip` a loop that calls every `next()` and then awaits each, and `tee` one loop with two sums.",
    modes: ["mono"],
    cases: [
      {
        id: "merge",
        text: "four async generators",
        unit: 4,
        expect: (n) => 4 * expectAll(n / 4),
      },
      {
        id: "mergeImm",
        text: "four async generators, a turn of the event loop before each item",
        unit: 4,
        clock: "wall",
        expect: (n) => 4 * expectAll(n / 4),
      },
      {
        id: "prefetch",
        text: "an async generator, up to 16 items ahead",
        expect: expectAll,
      },
      {
        id: "prefetchImm",
        text: "the same, a turn of the event loop before each item, and another after it",
        clock: "wall",
        expect: expectAll,
      },
      {
        id: "zip2",
        text: "two async generators, by row",
        expect: (n) => 2 * expectAll(n),
      },
      {
        id: "zip4",
        text: "four async generators, by row",
        expect: (n) => 4 * expectAll(n),
      },
      {
        id: "tee",
        text: "an async generator, read twice at once, one item apart at most where that can be said",
        expect: (n) => 2 * expectAll(n),
      },
    ],
  },
  {
    id: "channels",
    title: "Channels",
    text: "By hand this is a callback that is called with each item: no channel at all.",
    modes: ["mono"],
    cases: ["", "ForAwait"].flatMap((consumer) => {
      const how =
        consumer === "" ? "into a sink of the library" : "into `for await`";
      return [
        {
          id: `channelBurst${consumer}`,
          text: `${burstSize} items pushed at once, ${how}`,
          unit: burstSize,
          expect: expectBursts,
        },
        {
          id: `channelTen${consumer}`,
          text: `ten items pushed with each turn of the event loop, ${how}`,
          clock: "wall",
          expect: expectAll,
        },
        {
          id: `channelOne${consumer}`,
          text: `one item pushed with each turn of the event loop, ${how}`,
          clock: "wall",
          expect: expectAll,
        },
      ];
    }),
  },
];

/** @param {string} id */
export function findCase(id) {
  return groups.flatMap(({ cases }) => cases).find((one) => one.id === id);
}
