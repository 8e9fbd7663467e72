/** @import { Mode } from "./cases.mjs" */

/**
 * What we mean to reach: a ratio to what is by hand that no case exceeds.
 *
 * @typedef {object} Goal
 * @property {string} text Markdown.
 * @property {string[]} cases
 * @property {Mode} mode
 * @property {number} limit
 */

const syncCases = ["sync2", "sync5", "array2", "ho1sync", "ho2sync", "ho3sync"];
const asyncCases = [
  "async2",
  "async5",
  "obj3",
  "ho2",
  "ho3",
  "asyncCb",
  "batch",
];

/** @type {Goal[]} */
export const goals = [
  {
    text: "An asynchronous source into a sink, up to five steps",
    cases: asyncCases,
    mode: "mono",
    limit: 1,
  },
  {
    text: "The same after 80 other pipelines",
    cases: asyncCases,
    mode: "mega",
    limit: 1.4,
  },
  {
    text: "A stream consumed by `for await`",
    cases: ["forawaitSync", "forawaitAsync", "forawaitAll"],
    mode: "mono",
    limit: 1.25,
  },
  {
    text: "A synchronous source, beside the plain `for` loop",
    cases: syncCases,
    mode: "mono",
    limit: 1.5,
  },
  {
    text: "The same after 80 other pipelines",
    cases: syncCases,
    mode: "mega",
    limit: 2.7,
  },
  {
    text: "`merge`",
    cases: ["merge", "mergeImm"],
    mode: "mono",
    limit: 1.2,
  },
  {
    text: "`map` with many calls at once that wait",
    cases: ["mapImm16", "mapImm16Unordered", "mapImm256", "mapImm256Unordered"],
    mode: "mono",
    limit: 1.35,
  },
  {
    text: "A channel with ten items a turn, beside a bare callback",
    cases: ["channelTen"],
    mode: "mono",
    limit: 2,
  },
];
