import type { Scheduler } from "fast-check";
import { errorContext } from "sluice";
import { expect } from "vitest";

/** How a source is, besides what it gives. */
export interface SourceOptions {
  /** What it fails with after its items. */
  readonly failure?: Error | undefined;
  /** What closing it fails with. */
  readonly closeFailure?: Error | undefined;
  /** Whether it is open before it is read, as an iterator is: then it is closed unread. */
  readonly isIterator?: boolean;
}

/** What became of one source. */
export interface Watched {
  readonly name: string;
  pulled: number;
  isOpen: boolean;
  hasEnded: boolean;
  closed: number;
}

/** Something that may be under way several times at a time. */
export interface Load {
  started: number;
  underWay: number;
  /** The most that were under way at a time. */
  most: number;
}

/**
 * A run of a stream in which a scheduler says what goes on next: each pull, each
 * callback and each closing waits until it is its turn. It watches what holds
 * whatever the order is.
 */
export class World {
  readonly scheduler: Scheduler;
  /** Failures that nobody could be given any more. */
  readonly late: unknown[] = [];
  readonly sources: Watched[] = [];
  /** What was thrown by a source or a callback. */
  readonly #raised = new Set<unknown>();
  /** What was thrown to whoever reads or closes, and what is reachable from that. */
  readonly #told = new Set<unknown>();
  readonly #breaches: string[] = [];
  readonly #loads: Load[] = [];
  /** How many turns are given before all that follows from them has gone on. */
  readonly #bursts: Iterator<number>;
  #isOver = false;

  constructor(scheduler: Scheduler, bursts: Iterator<number>) {
    this.scheduler = scheduler;
    this.#bursts = bursts;
  }

  /** Waits until it is its turn. */
  turn(label: string): Promise<void> {
    return this.scheduler.schedule(Promise.resolve(), label);
  }

  /** Makes a source that may be opened once. */
  source<T>(
    name: string,
    items: readonly T[],
    options: SourceOptions = {},
  ): AsyncIterable<T> {
    const watched: Watched = {
      name,
      pulled: 0,
      isOpen: options.isIterator === true,
      hasEnded: false,
      closed: 0,
    };
    this.sources.push(watched);
    if (watched.isOpen) return this.#iterate(watched, items, options);
    return {
      [Symbol.asyncIterator]: () => {
        watched.isOpen = true;
        return this.#iterate(watched, items, options);
      },
    };
  }

  /** Counts what is under way. */
  load(): Load {
    const load = { started: 0, underWay: 0, most: 0 };
    this.#loads.push(load);
    return load;
  }

  /** Makes a callback that answers when it is its turn. */
  callback<T, R>(
    name: string,
    load: Load,
    answer: (item: T) => R,
  ): (item: T) => Promise<R> {
    return async (item) => {
      if (this.#isOver) this.breach(`${name} is called after the end`);
      load.started++;
      load.most = Math.max(load.most, ++load.underWay);
      try {
        await this.turn(`${name}(${String(item)})`);
        return answer(item);
      } finally {
        load.underWay--;
      }
    };
  }

  /** Throws an error that somebody has to be told of. */
  raise(error: unknown): never {
    this.#raised.add(error);
    throw error;
  }

  /** Takes an error that somebody was told of. */
  tell(error: unknown): void {
    if (error === undefined || this.#told.has(error)) return;
    if (error instanceof AggregateError) {
      for (const each of error.errors) this.tell(each);
    } else this.#told.add(error);
    this.tell(errorContext(error));
  }

  breach(what: string): void {
    this.#breaches.push(what);
  }

  /** Gives turns, in the scheduler's order, until something has settled. */
  async settle<T>(work: Promise<T>): Promise<T> {
    const state = { isOver: false };
    const end = (): void => {
      state.isOver = true;
    };
    work.then(end, end);
    for (;;) {
      await nextTurn();
      if (state.isOver) return work;
      if (this.scheduler.count() === 0) throw new Error("It is stuck");
      await this.#giveTurns();
    }
  }

  /** Runs the body, and looks whether all that must hold whatever the order is does. */
  async run(body: () => Promise<void>): Promise<void> {
    const takeWarning = (warning: Error): void => {
      if (warning.name === "DetachedError") this.late.push(warning.cause);
    };
    const takeUnhandled = (error: unknown): void => {
      this.breach(`unhandled: ${String(error)}`);
    };
    process.on("warning", takeWarning).on("unhandledRejection", takeUnhandled);
    try {
      await body();
      this.#isOver = true;
      if (this.scheduler.count() > 0)
        this.breach("something is left under way");
      for (const load of this.#loads) {
        if (load.underWay > 0) this.breach("a callback is left running");
      }
      while (this.scheduler.count() > 0) await this.#giveTurns();
      await nextTurn();
    } finally {
      process.off("warning", takeWarning);
      process.off("unhandledRejection", takeUnhandled);
    }
    for (const source of this.sources) this.#checkClosed(source);
    this.#checkTold();
    expect(this.#breaches).toEqual([]);
  }

  async #giveTurns(): Promise<void> {
    const { value } = this.#bursts.next() as { value: number };
    for (let given = 0; given < value; given++) {
      if (this.scheduler.count() > 0) await this.scheduler.waitNext(1);
    }
  }

  #iterate<T>(
    watched: Watched,
    items: readonly T[],
    { failure, closeFailure }: SourceOptions,
  ): AsyncIterableIterator<T, undefined> {
    const { name } = watched;
    let isAsked = false;
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        if (isAsked) this.breach(`${name} is asked twice at a time`);
        if (watched.closed > 0) this.breach(`${name} is asked after closing`);
        isAsked = true;
        const index = watched.pulled++;
        await this.turn(`${name}.next()`);
        isAsked = false;
        if (index < items.length) {
          return { done: false, value: items[index] as T };
        }
        watched.hasEnded = true;
        if (failure !== undefined) this.raise(failure);
        return { done: true, value: undefined };
      },
      return: async () => {
        watched.closed++;
        await this.turn(`${name}.return()`);
        if (closeFailure !== undefined) this.raise(closeFailure);
        return { done: true, value: undefined };
      },
    };
  }

  /** Each error is told to somebody, thrown or reported, and nothing is both. */
  #checkTold(): void {
    const thrown = new Set(this.#told);
    for (const late of this.late) {
      if (thrown.has(late)) this.breach(`${String(late)} is reported, too`);
      this.tell(late);
    }
    for (const error of this.#raised) {
      if (!this.#told.has(error)) this.breach(`${String(error)} is lost`);
    }
  }

  #checkClosed({ name, isOpen, hasEnded, closed }: Watched): void {
    if (closed > 1) this.breach(`${name} is closed ${closed} times`);
    if (isOpen && !hasEnded && closed === 0)
      this.breach(`${name} is left open`);
  }
}

/** Lets all go on that needs no turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
