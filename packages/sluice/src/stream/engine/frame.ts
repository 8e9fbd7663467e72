import { attempt } from "./closing.ts";
import type { Closing, Cursor } from "./cursor.ts";
import { adaptForeign } from "./foreign.ts";
import type { Settings } from "./settings.ts";
import { discard } from "./discard.ts";
import type { Grace } from "./grace.ts";
import {
  abortSource,
  openSource,
  type AnyIterator,
  type Candidate,
} from "./source.ts";
import type { Step } from "./step.ts";

/** How a frame is read. */
export type FrameKind = 0 | 1 | 2 | 3 | 4;
/** Not opened yet, or to be closed. */
const NOT_READ = 0;
/** An array, by its indices. */
export const ARRAY = 1;
/** A sync iterator, whose items may be promises. */
export const SYNC = 2;
/** An async iterator. */
export const ASYNC = 3;
/** A cursor. */
export const CURSOR = 4;

const nothing: readonly unknown[] = [];
const noIterator: AnyIterator = nothing.values();

/** A source on the stack of a machine, and where its items go. */
export class Frame {
  readonly source: unknown;
  /** The step that is given its items. */
  readonly sink: Step;
  /** What is read when this is at its end. */
  readonly parent: Frame | null;
  kind: FrameKind = NOT_READ;
  isOpen = false;
  /** Whether it is to be closed, and read no more. */
  hasEnded = false;
  items: readonly unknown[] = nothing;
  index = 0;
  iterator: AnyIterator = noIterator;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its iterator
  next: () => unknown = noIterator.next;
  #cursor: Cursor | undefined;

  constructor(source: unknown, sink: Step, parent: Frame | null) {
    this.source = source;
    this.sink = sink;
    this.parent = parent;
  }

  /** What is read where the source is one of our own. */
  get cursor(): Cursor {
    if (this.#cursor !== undefined) return this.#cursor;
    throw new TypeError("Cannot read a cursor: the source has none");
  }

  /** Asks for the source's iterator; only now, as a generator does. */
  open(settings: Settings): void {
    const { source } = this;
    const candidate = Object(source) as Candidate;
    const asSync = candidate[Symbol.iterator];
    const asAsync = candidate[Symbol.asyncIterator];
    const own = openSource in candidate ? candidate : adaptForeign(source);
    this.isOpen = true;
    if (Array.isArray(source) && asSync === nothing[Symbol.iterator]) {
      this.items = source;
      this.kind = ARRAY;
    } else if (own?.[openSource] !== undefined) {
      const opened = own[openSource](settings);
      if ("pull" in opened) {
        this.#cursor = opened;
        this.kind = CURSOR;
      } else this.#iterate(ASYNC, opened);
    } else if (typeof asAsync === "function") {
      this.#iterate(ASYNC, asAsync.call(source));
    } else if (typeof asSync === "function") {
      this.#iterate(SYNC, asSync.call(source));
    } else {
      // It was looked at when it was given: it can only be an iterator itself.
      this.#iterate(ASYNC, source as AnyIterator);
    }
  }

  #iterate(kind: FrameKind, iterator: AnyIterator): void {
    // Read once, as the language does.
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its iterator
    this.next = iterator.next;
    this.iterator = iterator;
    this.kind = kind;
  }

  /** Marks it as one to be closed once it is its turn. */
  end(): void {
    this.kind = NOT_READ;
    this.hasEnded = true;
  }

  abort(cause?: ErrorOptions): void {
    this.#cursor?.abort(cause);
    this.iterator[abortSource]?.(cause);
  }

  /**
   * Closes the source, of which nothing is read any more.
   *
   * @param inFlight What was asked of it and has not been answered.
   */
  close(
    grace: Grace,
    settings: Settings,
    inFlight?: PromiseLike<unknown>,
  ): Closing {
    if (this.#cursor !== undefined) return this.#cursor.close(grace);
    if (this.items === this.source) return undefined;
    if (!this.isOpen) return discard(this.source, settings, grace);
    const closing = attempt(() => this.iterator.return?.());
    const late = inFlight && grace.settle(inFlight);
    if (late === undefined) return closing && grace.wait(closing);
    // It is waited for after what is late.
    closing?.catch(ignore);
    return grace.wait(late.then(() => closing));
  }
}

function ignore(): void {
  // It is told to whoever waits.
}
