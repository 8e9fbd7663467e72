import type { Close, Entry, PlainKind } from "../program.ts";
import {
  createAsyncGenerator,
  createGenerator,
  createGuardedGenerator,
  type Guard,
} from "./generators.ts";
import {
  createItem,
  createIterator,
  type HandMade,
  type Means,
} from "./iterators.ts";
import { SourceRecord, type Notes } from "./record.ts";

/** How a source behaves besides what it gives. */
export interface Behaviour {
  readonly open?: string;
  readonly close?: Close;
  readonly guarded?: true;
}

type MakeStream = (
  create: (scope: { readonly guard: Guard }) => AsyncGenerator<unknown, void>,
) => unknown;

/** Makes sources of all kinds, and watches them. */
export class Sources {
  readonly #notes: Notes;
  readonly #means: Means;
  readonly #stream: MakeStream;
  readonly #records: SourceRecord[] = [];
  readonly #counts = new Map<string, number>();

  constructor(notes: Notes, means: Means, stream: MakeStream) {
    this.#notes = notes;
    this.#means = means;
    this.#stream = stream;
  }

  create(
    kind: PlainKind,
    name: string,
    entries: readonly Entry[],
    behaviour: Behaviour = {},
  ): unknown {
    const { open, close } = behaviour;
    const means = this.#means;
    const watch = (isOpen: boolean): SourceRecord =>
      this.#watch(name, isOpen, close);
    const iterate = (isOpen: boolean): HandMade =>
      createIterator(entries, close, watch(isOpen), means);
    switch (kind) {
      case "array":
        return createArray(entries, means);
      case "generator":
        return createGenerator(entries, close, watch(true), means);
      case "asyncGenerator":
        return createAsyncGenerator(entries, close, watch(true), means);
      case "iterator":
        return iterate(true);
      case "iterable":
        return {
          [Symbol.iterator]: () => this.#open(name, open, entries, close),
        };
      case "asyncIterable":
        return {
          [Symbol.asyncIterator]: () => this.#open(name, open, entries, close),
        };
      case "iterableIterator":
        return Object.assign(iterate(true), { [Symbol.iterator]: returnThis });
      case "asyncIterableIterator":
        return Object.assign(iterate(true), {
          [Symbol.asyncIterator]: returnThis,
        });
      case "stream":
        return this.#stream(({ guard }) => {
          const record = watch(false);
          record.opened();
          return behaviour.guarded === true
            ? createGuardedGenerator(entries, close, record, means, guard)
            : createAsyncGenerator(entries, close, record, means);
        });
      case "web":
        return createWeb(entries, close, watch(true), means);
    }
  }

  /** Looks at all that were made, when all is over. */
  check(): void {
    for (const record of this.#records) record.check();
  }

  #open(
    name: string,
    open: string | undefined,
    entries: readonly Entry[],
    close: Close | undefined,
  ): unknown {
    if (open === undefined) {
      const record = this.#watch(name, false, close);
      record.opened();
      return createIterator(entries, close, record, this.#means);
    }
    this.#notes.note(`${name} open`);
    if (open === "odd") return undefined;
    throw this.#means.errors.get(open);
  }

  /** Each of several with one name has a number as well. */
  #watch(
    name: string,
    isOpen: boolean,
    close: Close | undefined,
  ): SourceRecord {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const full = count === 1 ? name : `${name}${count}`;
    const record = new SourceRecord(full, this.#notes, {
      isOpen,
      canClose: close?.missing !== true,
    });
    this.#records.push(record);
    return record;
  }
}

function returnThis(this: unknown): unknown {
  return this;
}

/** Makes an array whose items are made when they are read. */
function createArray(entries: readonly Entry[], means: Means): unknown[] {
  const array: unknown[] = [];
  for (const [index, entry] of entries.entries()) {
    Object.defineProperty(array, index, {
      enumerable: true,
      get: () => createItem(entry, means),
    });
  }
  return array;
}

function createWeb(
  entries: readonly Entry[],
  close: Close | undefined,
  record: SourceRecord,
  means: Means,
): ReadableStream<unknown> {
  let at = 0;
  let isCancelled = false;
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        record.asked();
        const entry = entries[at++];
        if (entry !== undefined && "wait" in entry)
          await means.waits.pass(entry.wait);
        if (isCancelled) return;
        if (entry === undefined) {
          record.ended();
          controller.close();
        } else if ("reject" in entry) {
          record.ended();
          throw means.errors.get(entry.reject);
        } else {
          record.answered();
          controller.enqueue(createItem(entry, means));
        }
      },
      async cancel() {
        isCancelled = true;
        record.closed();
        if (close?.wait !== undefined) {
          await means.waits.pass(close.wait);
          record.hasClosed();
        }
        if (close?.error !== undefined) throw means.errors.get(close.error);
      },
    },
    { highWaterMark: 0 },
  );
}
