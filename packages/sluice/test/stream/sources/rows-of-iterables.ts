import { from, iterable, range, stream, type StreamOptions } from "sluice";
import {
  countUp,
  createTracked,
  FAILURE,
  NEVER,
  type Nature,
  type SourceRow,
  type Specimen,
} from "./specimen.ts";

const NOTHING = "nothing";
const SYNC = "a promise in it";
const NO_SILENCE =
  "It never waits, but for a promise in it, which cannot be told to stop";

const cannotClose = { closing: "There is nothing to close" };

/** The sources that are read by iteration. */
export const iterableRows: readonly SourceRow[] = [
  {
    name: "from(array)",
    waits: SYNC,
    holds: NOTHING,
    create: (nature, options) => ({
      stream: from(listItems(nature), options),
    }),
    cannot: { ...cannotClose, silent: NO_SILENCE },
    heap: {
      create: () => ({
        stream: from(Array.from({ length: 1_250_000 }, (_, index) => index)),
      }),
    },
  },
  {
    name: "from(string)",
    waits: NOTHING,
    holds: NOTHING,
    create: (nature, options) => ({
      stream: from("ab".repeat(nature === "endless" ? 100 : 1), options),
    }),
    cannot: {
      ...cannotClose,
      silent: "It never waits",
      stuck: "It never waits",
      failing: "It cannot fail",
    },
    heap: { create: () => ({ stream: from("a".repeat(1_250_000)) }) },
  },
  {
    name: "from(iterable)",
    waits: SYNC,
    holds: NOTHING,
    create: (nature, options) =>
      nature === "stuck"
        ? { stream: from(new Set(listItems(nature)), options) }
        : createTracked("iterable", nature, (source) => from(source, options)),
    cannot: { silent: NO_SILENCE },
    unread: "not opened",
    heap: {
      create: () => ({
        stream: from({ [Symbol.iterator]: () => countUp() }),
      }),
    },
  },
  {
    name: "from(iterator)",
    waits: SYNC,
    holds: NOTHING,
    create: (nature, options) =>
      nature === "stuck"
        ? { stream: from(listItems(nature).values(), options) }
        : createTracked("iterator", nature, (source) => from(source, options)),
    cannot: { silent: NO_SILENCE },
    unread: "closed",
    heap: { create: () => ({ stream: from(countUp()) }) },
  },
  {
    name: "from(asyncIterable)",
    waits: NOTHING,
    holds: NOTHING,
    create: (nature, options) =>
      createTracked("async-iterable", nature, (source) =>
        from(source, options),
      ),
    unread: "not opened",
    heap: {
      create: () => ({
        stream: from({ [Symbol.asyncIterator]: () => countUpLater() }),
      }),
    },
  },
  {
    name: "from(asyncIterator)",
    waits: NOTHING,
    holds: NOTHING,
    create: (nature, options) =>
      createTracked("async-iterator", nature, (source) =>
        from(source, options),
      ),
    unread: "closed",
    heap: { create: () => ({ stream: from(countUpLater()) }) },
  },
  {
    name: "stream(generator)",
    waits: NOTHING,
    holds: NOTHING,
    create: createGenerated,
    unread: "not opened",
    heap: {
      create: () => ({
        stream: stream(async function* () {
          for (const item of countUp()) yield item;
        }),
      }),
    },
  },
  {
    name: "iterable(create)",
    waits: NOTHING,
    holds: NOTHING,
    create: (nature, options) =>
      createTracked("async-iterable", nature, (source) =>
        iterable(() => source, options)[Symbol.asyncIterator](),
      ),
    unread: "not opened",
    heap: {
      create: () => ({
        stream: iterable(countUpLater)[Symbol.asyncIterator](),
      }),
    },
  },
  {
    name: "range(start, end)",
    waits: NOTHING,
    holds: NOTHING,
    create: (nature, options) => ({
      stream: from(range(1, nature === "endless" ? Infinity : 3), options),
    }),
    cannot: {
      ...cannotClose,
      silent: "It never waits",
      stuck: "It never waits",
      failing: "It cannot fail",
    },
    heap: { create: () => ({ stream: range(0, Infinity) }) },
  },
];

/** Items for a source that cannot be told to stop: what it waits for is among them. */
function listItems(nature: Nature): unknown[] {
  switch (nature) {
    case "endless":
      return Array.from({ length: 100 }, (_, index) => index + 1);
    case "failing": {
      const failing = Promise.reject(FAILURE);
      // It may be left before it comes to it.
      failing.catch(() => {});
      return [1, 2, failing];
    }
    case "stuck":
      return [1, 2, NEVER];
    case "finite":
    case "silent":
      return [1, 2];
  }
}

function createGenerated(nature: Nature, options: StreamOptions): Specimen {
  let opened = 0;
  let closed = 0;
  return {
    stream: stream(async function* ({ guard }) {
      opened++;
      try {
        yield* [1, 2];
        if (nature === "failing") throw FAILURE;
        if (nature === "silent") await guard(NEVER);
        if (nature === "stuck") await NEVER;
        if (nature === "endless") yield* countUp();
      } finally {
        // What ends or fails by itself is not closed.
        if (nature === "endless" || nature === "silent") closed++;
      }
    }, options),
    opened: () => opened,
    closed: () => closed,
  };
}

async function* countUpLater(): AsyncGenerator<number, undefined> {
  for (let item = 1; ; item++) yield Promise.resolve(item);
}
