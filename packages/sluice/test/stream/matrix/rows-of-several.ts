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
    options: { gives: (items) => items.map((item) => [item, item]) },
  },
  {
    name: "borrow()",
    waits: "nothing",
    holds: "the item asked for last, once it is left",
    apply: (source) => source.borrow(),
    options: { borrows: true },
  },
  {
    name: "merge(…)",
    waits: "the first item of any source",
    holds: "an item of each source",
    apply: (source) => merge(source, from([])),
    options: { ordered: false },
    heap: { apply: (source) => merge(source, createSilence()) },
  },
  {
    name: "concat(…)",
    waits: "nothing",
    holds: "nothing",
    apply: (source) => concat([], source, []),
  },
  {
    name: "race(…)",
    waits: "the first source that answers",
    holds: "an item of each source",
    apply: (source) => race(source, createSilence()),
  },
  {
    name: "zip([…])",
    waits: "an item of each source",
    holds: "an item of each source",
    apply: (source) => zip([source, range(0, Infinity)]),
    options: { gives: (items) => items.map((item, index) => [item, index]) },
  },
  {
    name: 'zip([…], { mode: "longest" })',
    waits: "an item of each source that goes on",
    holds: "an item of each source",
    apply: (source) =>
      zip([source, from<number>([])], { mode: "longest", padding: [0, 0] }),
    options: { gives: (items) => items.map((item) => [item, 0]) },
  },
  {
    name: 'zip([…], { mode: "strict" })',
    waits: "an item of each source",
    holds: "an item of each source",
    apply: (source) => zip([source, range(12)], { mode: "strict" }),
    options: { gives: (items) => items.map((item, index) => [item, index]) },
    heap: {
      apply: (source) => zip([source, range(0, Infinity)], { mode: "strict" }),
    },
  },
  {
    name: "latest(…)",
    waits: "an item of each source, then of any",
    holds: "an item of each source",
    apply: (source) => latest(source, from([0])),
    options: { gives: (items) => items.map((item) => [item, 0]) },
  },
];
