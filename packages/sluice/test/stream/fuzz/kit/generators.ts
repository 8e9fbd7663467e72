import type { Close, Entry, Wait } from "../program.ts";
import { createItem, type Means } from "./iterators.ts";
import type { SourceRecord } from "./record.ts";

/** Makes a generator that yields what a list says. */
export function createGenerator(
  entries: readonly Entry[],
  close: Close | undefined,
  record: SourceRecord,
  means: Means,
): Generator<unknown, void> {
  return watch(run(), record);

  function* run(): Generator<unknown, void> {
    try {
      for (const entry of entries) {
        if ("throw" in entry) throw means.errors.get(entry.throw);
        yield createItem(entry, means);
      }
    } finally {
      if (close?.error !== undefined) failWith(close.error, means);
    }
  }
}

/** Waits, like `guard` of `stream()`. */
export type Guard = <T>(promise: Promise<T>) => Promise<T>;

/** Makes an async generator that yields what a list says. */
export function createAsyncGenerator(
  entries: readonly Entry[],
  close: Close | undefined,
  record: SourceRecord,
  means: Means,
): AsyncGenerator<unknown, void> {
  const wait = (length: Wait): Promise<void> => means.waits.pass(length);
  return watchAsync(yieldAll(entries, close, wait, means), record);
}

/**
 * The same with a guard. It ends by itself when the stream is left, so that it is the
 * same whether it is told to return before that, after that or not at all.
 */
export async function* createGuardedGenerator(
  entries: readonly Entry[],
  close: Close | undefined,
  record: SourceRecord,
  means: Means,
  guard: Guard,
): AsyncGenerator<unknown, void> {
  const wait = (length: Wait): Promise<void> => guard(means.waits.pass(length));
  try {
    yield* yieldAll(entries, close, wait, means);
  } finally {
    record.finished();
  }
}

async function* yieldAll(
  entries: readonly Entry[],
  close: Close | undefined,
  wait: (length: Wait) => Promise<void>,
  means: Means,
): AsyncGenerator<unknown, void> {
  try {
    for (const entry of entries) {
      if ("wait" in entry) await wait(entry.wait);
      if ("throw" in entry) throw means.errors.get(entry.throw);
      if ("reject" in entry) throw means.errors.get(entry.reject);
      yield createItem(entry, means);
    }
  } finally {
    if (close?.wait !== undefined) await means.waits.pass(close.wait);
    if (close?.error !== undefined) failWith(close.error, means);
  }
}

function failWith(name: string, { errors }: Means): never {
  throw errors.get(name);
}

function watch(
  generator: Generator<unknown, void>,
  record: SourceRecord,
): Generator<unknown, void> {
  const next = generator.next.bind(generator);
  const end = generator.return.bind(generator);
  return Object.assign(generator, {
    next() {
      record.asked();
      try {
        const result = next();
        if (result.done === true) record.ended();
        else record.answered();
        return result;
      } catch (error) {
        record.ended();
        throw error;
      }
    },
    return() {
      record.closed();
      return end();
    },
  });
}

function watchAsync(
  generator: AsyncGenerator<unknown, void>,
  record: SourceRecord,
): AsyncGenerator<unknown, void> {
  const next = generator.next.bind(generator);
  const end = generator.return.bind(generator);
  return Object.assign(generator, {
    next() {
      record.asked();
      return settle(next());
    },
    async return() {
      record.closed();
      try {
        return await end();
      } finally {
        record.hasClosed();
      }
    },
  });

  async function settle(
    asked: Promise<IteratorResult<unknown, void>>,
  ): Promise<IteratorResult<unknown, void>> {
    try {
      const result = await asked;
      if (result.done === true) record.ended();
      else record.answered();
      return result;
    } catch (error) {
      record.ended();
      throw error;
    }
  }
}
