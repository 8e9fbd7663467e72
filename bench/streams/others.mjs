import { asyncNumbers, numberArray, numbers } from "./sources.mjs";

/** @import { Family, SourceKind, StepKind } from "./libraries.mjs" */

/** How many pipelines are run. */
const pipelines = 80;

/** How many items each has, and how long it is run at least. */
const [items, leastMs] = [100, 1];

/** @typedef {{ [kind in StepKind]: unknown[] }} Arguments */

/**
 * Each function here has code of its own: no call of a callback knows any more
 * what it calls.
 *
 * @type {Arguments}
 */
const choices = {
  map: [
    (value) => value + 2,
    (value) => value * 3,
    (value) => value ^ 5,
    (value) => value - 1,
    (value) => (value >> 1) + 7,
    (value) => Math.min(value, 500),
    (value) => (value & 1 ? value : value + 1),
    (value) => value + 0.5,
  ],
  mapAsync: [
    async (value) => value + 3,
    async (value) => value * 2,
    (value) => Promise.resolve(value - 1),
  ],
  filter: [
    (value) => value > 3,
    (value) => value % 2 < 1,
    (value) => value !== 7,
    (value) => (value & 4) === 0,
    (value) => value < 900,
    (value) => value % 5 !== 1,
  ],
  tap: [
    (value) => {
      seen += value;
    },
    () => {
      seen++;
    },
    (value) => {
      seen = Math.max(seen, value);
    },
  ],
  take: [10, 50, 90],
  scan: [
    (state, value) => state + value,
    (state, value) => Math.max(state, value),
    (state, value) => (state ^ value) & 255,
  ],
  flatMap: [
    (value) => [value, value],
    (value) => [value, value + 1, value + 2],
    (value) => [value],
  ],
};

/** Objects of several shapes: made, looked at, and given up again. */
const shapes = [
  [(value) => ({ a: value }), ({ a }) => a > 1, ({ a }) => a],
  [(value) => ({ b: value, c: 1 }), ({ c }) => c === 1, ({ b }) => b],
  [(value) => [value], (row) => row.length > 0, (row) => row[0]],
  [(value) => `${value}`, (text) => text !== "", (text) => Number(text)],
  [(d) => ({ d, e: { d } }), ({ e }) => e.d !== 2, ({ d }) => d],
];

let seen = 0;
let state = 1;

/**
 * Runs pipelines of all kinds, the same ones every time, until they are hot.
 *
 * @param {readonly Family[]} families
 */
export async function runOthers(families) {
  for (let i = 0; i < pipelines; i++) {
    const { sources, steps, sum } = families[i % families.length];
    const source = sources[Math.floor(i / families.length) % sources.length];
    const made = makeSteps(steps);
    const start = performance.now();
    do {
      await sum(
        openSource(source),
        made.map((make) => make()),
      );
    } while (performance.now() - start < leastMs);
  }
}

/**
 * @param {Family["steps"]} steps
 * @returns {(() => unknown)[]} Each makes a step.
 */
function makeSteps(steps) {
  const kinds = Object.keys(steps);
  const made = Array.from({ length: 1 + chooseBelow(5) }, () => {
    const kind = kinds[chooseBelow(kinds.length)];
    const argument = choose(choices[kind]);
    return () => steps[kind](argument);
  });
  if (chooseBelow(3) > 0) return made;
  const [make, test, give] = choose(shapes);
  return [
    ...made,
    () => steps.map(make),
    () => steps.filter(test),
    () => steps.map(give),
  ];
}

/** @param {SourceKind} kind */
function openSource(kind) {
  if (kind === "array") return numberArray(items);
  return kind === "sync" ? numbers(items) : asyncNumbers(items);
}

/**
 * @template T
 * @param {readonly T[]} all
 */
function choose(all) {
  return all[chooseBelow(all.length)];
}

/**
 * As by chance, but the same in every process.
 *
 * @param {number} limit
 */
function chooseBelow(limit) {
  state = (state * 48_271) % 2_147_483_647;
  return state % limit;
}
