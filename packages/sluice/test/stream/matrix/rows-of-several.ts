import {
  concat,
  from,
  latest,
  merge,
  race,
  range,
  stream,
  zip,
  type Stream,
} from "sluice";
import type { Row } from "./row.ts";

/** Makes a source that never gives anything, and can be closed. */
function createSilence(): Stream<never> {
  return stream(async function* ({ guard }) {
    await guard(new Promise(() => {}));
    yield* [];
  });
}

/** What a signal of one of several sources does: it fails, and is closed first. */
const COMBINES = { combines: true };
const CELLS = { "signal aborted": { says: "its reason, once closed" } };

/** The operators that read several sources, or serve several readers, or hand things on. */
export const otherRows: readonly Row[] = [
  {
    name: "catch(fn)",
    waits: "nothing",
    holds: "nothing",
    apply: (source) =>
      source.catch((error) => {
        throw error;
      }),
  },
  {
    name: "onClose(fn)",
    waits: "the hook, at the end",
    holds: "nothing",
    apply: (source) => source.onClose(() => {}),
  },
  {
    name: 'onClose(fn, { when: "before" })',
    waits: "the hook, before closing",
    holds: "nothing",
    apply: (source) => source.onClose(() => {}, { when: "before" }),
  },
  {
    name: "tee(n, { capacity })",
    waits: "the slowest branch",
    holds: "`capacity` items",
    apply: (source) => zip(source.tee(2, { capacity: 2 })),
    options: {
      ...COMBINES,
      gives: (items) => items.map((item) => [item, item]),
    },
    heap: { count: 200_000 },
    cells: { "signal aborted": { says: "its reason, to each branch" } },
  },
  {
    name: "borrow()",
    waits: "nothing",
    holds: "the item asked for last, once it is left",
    apply: (source) => source.borrow(),
    options: { borrows: true },
    heap: { count: 500_000 },
    cells: {
      "break after k": { says: "left open" },
      "return before next": { says: "left open" },
      "reader and closing": { appliesNot: "its source stays open" },
      "two closings": { appliesNot: "its source stays open" },
      "failing read-ahead abandoned": {
        appliesNot: "goes to whoever reads next",
      },
    },
  },
  {
    name: "merge(…)",
    waits: "the first item of any source",
    holds: "an item of each source",
    apply: (source) => merge(source, from([])),
    options: { ...COMBINES, ordered: false },
    heap: { apply: (source) => merge(source, createSilence()) },
    cells: CELLS,
  },
  {
    name: "concat(…)",
    waits: "nothing",
    holds: "nothing",
    apply: (source) => concat([], source, []),
    options: COMBINES,
    cells: CELLS,
  },
  {
    name: "race(…)",
    waits: "the first source that answers",
    holds: "an item of each source",
    apply: (source) => race(source, createSilence()),
    options: COMBINES,
    cells: CELLS,
  },
  {
    name: "zip([…])",
    waits: "an item of each source",
    holds: "an item of each source",
    apply: (source) => zip([source, range(0, Infinity)]),
    options: {
      ...COMBINES,
      gives: (items) => items.map((item, index) => [item, index]),
    },
    cells: CELLS,
  },
  {
    name: 'zip([…], { mode: "longest" })',
    waits: "an item of each source that goes on",
    holds: "an item of each source",
    apply: (source) =>
      zip([source, from<number>([])], { mode: "longest", padding: [0, 0] }),
    options: { ...COMBINES, gives: (items) => items.map((item) => [item, 0]) },
    cells: CELLS,
  },
  {
    name: 'zip([…], { mode: "strict" })',
    waits: "an item of each source",
    holds: "an item of each source",
    apply: (source) => zip([source, range(12)], { mode: "strict" }),
    options: {
      ...COMBINES,
      gives: (items) => items.map((item, index) => [item, index]),
    },
    heap: {
      apply: (source) => zip([source, range(0, Infinity)], { mode: "strict" }),
    },
    cells: CELLS,
  },
  {
    name: "latest(…)",
    waits: "an item of each source, then of any",
    holds: "an item of each source",
    apply: (source) => latest(source, from([0])),
    options: { ...COMBINES, gives: (items) => items.map((item) => [item, 0]) },
    cells: CELLS,
  },
];
