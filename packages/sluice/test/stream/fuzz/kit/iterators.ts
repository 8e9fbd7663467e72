import type { Close, Entry, OddResult } from "../program.ts";
import type { Errors } from "./errors.ts";
import type { SourceRecord } from "./record.ts";
import type { Waits } from "./waits.ts";

/** What sources are made with. */
export interface Means {
  readonly errors: Errors;
  readonly waits: Waits;
}

/** An iterator that is written by hand, of either kind. */
export interface HandMade {
  next(): unknown;
  return?(): unknown;
}

/** Makes an iterator that does what a list says, one entry a call. */
export function createIterator(
  entries: readonly Entry[],
  close: Close | undefined,
  record: SourceRecord,
  means: Means,
): HandMade {
  let at = 0;
  const iterator: HandMade = {
    next() {
      record.asked();
      return answer(entries[at++] ?? { end: null }, record, means);
    },
  };
  if (close?.missing !== true) {
    iterator.return = () => {
      record.closed();
      return finish(close ?? {}, record, means);
    };
  }
  return iterator;
}

/** Gives what `next()` gives for an entry. */
function answer(entry: Entry, record: SourceRecord, means: Means): unknown {
  const { errors, waits } = means;
  if ("throw" in entry) {
    record.ended();
    throw errors.get(entry.throw);
  }
  if ("odd" in entry) {
    record.ended();
    return createOddResult(entry.odd, errors);
  }
  if ("reject" in entry) {
    return waits.later(
      entry.wait,
      () => {
        record.ended();
        throw errors.get(entry.reject);
      },
      false,
    );
  }
  if ("end" in entry) {
    if (entry.end === null) {
      record.ended();
      return { done: true, value: undefined };
    }
    return waits.later(
      entry.end,
      () => {
        record.ended();
        return { done: true, value: undefined };
      },
      false,
    );
  }
  if ("give" in entry && entry.wait !== undefined) {
    return waits.later(
      entry.wait,
      () => {
        record.answered();
        return createResult(entry.give ?? undefined);
      },
      entry.thenable,
    );
  }
  record.answered();
  return createResult(createItem(entry, means));
}

/** Gives the item of an entry, which may be a promise if the source is synchronous. */
export function createItem(entry: Entry, { errors, waits }: Means): unknown {
  if ("give" in entry) return entry.give ?? undefined;
  if ("item" in entry) {
    return waits.later(
      entry.wait,
      () => entry.item ?? undefined,
      entry.thenable,
    );
  }
  if ("badItem" in entry) {
    return waits.later(
      entry.wait,
      () => {
        throw errors.get(entry.badItem);
      },
      false,
    );
  }
  throw new RangeError(`Cannot make an item of ${JSON.stringify(entry)}`);
}

/** One that has no `done` is one that is not. */
function createResult(value: unknown): unknown {
  return value === 1 ? { value } : { done: false, value };
}

function createOddResult(kind: OddResult, errors: Errors): unknown {
  if (kind === "result") return 5;
  if (kind === "truthy") return { done: 1, value: 5 };
  const fail = (): never => {
    throw errors.get(`${kind} getter`);
  };
  return kind === "done"
    ? {
        get done() {
          return fail();
        },
        value: 0,
      }
    : {
        done: false,
        get value() {
          return fail();
        },
      };
}

/** Does what `return()` does. */
function finish(
  { wait, error }: Close,
  record: SourceRecord,
  { errors, waits }: Means,
): unknown {
  const end = (): undefined => {
    if (wait !== undefined) record.hasClosed();
    if (error !== undefined) throw errors.get(error);
  };
  if (wait !== undefined) return waits.later(wait, end, false);
  end();
  return undefined;
}
