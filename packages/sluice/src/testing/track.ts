/** What was done with a tracked source; see `tracked`. */
export interface Track {
  /**
   * How many times it was opened: calls of `[Symbol.asyncIterator]()` or
   * `[Symbol.iterator]()` of an iterable. An iterator and a web stream are open
   * from the beginning: 1.
   */
  readonly opened: number;
  /** How many times `next()` was called, even after the end; of a web stream, `pull()`. */
  readonly pulled: number;
  /** How many times `return()` was called; of a web stream, `cancel()`. */
  readonly returned: number;
  /** How many times what `return()` does was done, failed or not. */
  readonly closed: number;
  /**
   * How many are open: were opened, and have neither ended, nor failed, nor been
   * closed.
   */
  readonly open: number;
  /** How many calls of `next()` wait for their answer. */
  readonly pending: number;
  /** The most calls of `next()` that ever waited at the same time. */
  readonly mostPending: number;
  /**
   * What happened, in order: `opened`, `pulled`, `gave 1`, `ended`, `failed`,
   * `returned` (`return()` was called), `closed` (what it does was done).
   */
  readonly events: readonly string[];
}

/** The track of a source, as the source writes it. */
export class Recorder implements Track {
  opened = 0;
  pulled = 0;
  returned = 0;
  closed = 0;
  open = 0;
  pending = 0;
  mostPending = 0;
  readonly events: string[] = [];
  readonly #name: string;
  readonly #log: string[] | undefined;

  /** @param log Is told of each event as well, behind the name. */
  constructor(name: string, log: string[] | undefined) {
    this.#name = name;
    this.#log = log;
  }

  note(event: string): void {
    this.events.push(event);
    this.#log?.push(`${this.#name} ${event}`);
  }

  beginPull(): void {
    this.pulled += 1;
    this.pending += 1;
    this.mostPending = Math.max(this.mostPending, this.pending);
    this.note("pulled");
  }

  endPull(): void {
    this.pending -= 1;
  }
}
