import { attempt, settle, withinGrace, type Closing } from "./closing.ts";
import type { Cursor } from "./cursor.ts";
import { adaptForeign } from "./foreign.ts";
import type { Settings } from "./settings.ts";
import {
  discard,
  openSource,
  type AnyIterator,
  type Candidate,
} from "./source.ts";
import type { Step } from "./step.ts";

/** How a frame is read. */
export type FrameKind = 0 | 1 | 2 | 3 | 4 | 5;

/** Not opened yet. */
export const UNOPENED = 0;
/** An array, by its indices. */
export const ARRAY = 1;
/** A sync iterator, whose items may be promises. */
export const SYNC = 2;
/** An async iterator. */
export const ASYNC = 3;
/** A cursor. */
export const CURSOR = 4;
/** To be closed, and read no more. */
export const ENDED = 5;

const ignoredItems: readonly unknown[] = [];
const NO_ITERATOR: AnyIterator = {
  next() {
    return { done: true, value: undefined };
  },
};

/** A source on the stack of a machine, and where its items go. */
export class Frame {
  kind: FrameKind = UNOPENED;
  /** What it was before it ended. */
  was: FrameKind = UNOPENED;
  items: readonly unknown[] = ignoredItems;
  index = 0;
  iterator: AnyIterator = NO_ITERATOR;
  next: () => unknown = NO_ITERATOR.next;
  cursor: Cursor | undefined;

  readonly source: unknown;
  /** The step that is given its items. */
  readonly sink: Step;
  /** What is read when this is at its end. */
  readonly parent: Frame | null;

  constructor(source: unknown, sink: Step, parent: Frame | null) {
    this.source = source;
    this.sink = sink;
    this.parent = parent;
  }

  /** Asks for the source's iterator; only now, as a generator does. */
  open(): void {
    const { source } = this;
    const candidate = Object(source) as Candidate;
    const asSync = candidate[Symbol.iterator];
    if (Array.isArray(source) && asSync === ignoredItems[Symbol.iterator]) {
      this.items = source;
      this.kind = ARRAY;
      return;
    }
    const own =
      candidate[openSource] === undefined ? adaptForeign(source) : candidate;
    const asAsync = candidate[Symbol.asyncIterator];
    if (own?.[openSource] !== undefined) {
      const opened = own[openSource]();
      if ("pull" in opened) this.#read(CURSOR, undefined, opened);
      else this.#read(ASYNC, opened);
    } else if (typeof asAsync === "function") {
      this.#read(ASYNC, asAsync.call(source));
    } else if (typeof asSync === "function") {
      this.#read(SYNC, asSync.call(source));
    } else {
      // It has been looked at before: without the others it is an iterator itself.
      this.#read(ASYNC, source as AnyIterator);
    }
  }

  #read(kind: FrameKind, iterator?: AnyIterator, cursor?: Cursor): void {
    if (iterator !== undefined) {
      this.iterator = iterator;
      // Read once, as the language does.
      this.next = iterator.next;
    }
    this.cursor = cursor;
    this.kind = kind;
  }

  /** Marks it as one to be closed once it is its turn. */
  end(): void {
    if (this.kind === ENDED) return;
    this.was = this.kind;
    this.kind = ENDED;
  }

  abort(cause: ErrorOptions | undefined): void {
    this.cursor?.abort(cause);
    this.iterator.abort?.(cause);
  }

  /**
   * Closes the source, of which nothing is read any more.
   *
   * @param inFlight What was asked of it and has not been answered.
   */
  close(settings: Settings, inFlight?: PromiseLike<unknown>): Closing {
    this.end();
    if (this.was === CURSOR) return this.cursor?.close();
    const closing = attempt(() =>
      this.was === UNOPENED ? discard(this.source) : this.iterator.return?.(),
    );
    const pending =
      inFlight === undefined
        ? closing
        : Promise.all([closing, settle(inFlight, settings)]);
    return pending && withinGrace(pending, settings);
  }
}
