/** Where the events go, and what must never happen. */
export interface Notes {
  note(event: string): void;
  /** Notes a breach of what holds whatever the program is. */
  breach(what: string): void;
}

/**
 * Watches what is done with one source.
 *
 * Whatever else happens: nobody asks for a result before the one before has come, or
 * after the end; and what was open and did not end by itself is closed, once.
 */
export class SourceRecord {
  readonly name: string;
  readonly #notes: Notes;
  #isOpen: boolean;
  #isOver = false;
  #isAsked = false;
  #closed = 0;
  readonly #canClose: boolean;

  /** @param isOpen Whether it is open from the beginning, as an iterator is. */
  constructor(
    name: string,
    notes: Notes,
    { isOpen, canClose }: { isOpen: boolean; canClose: boolean },
  ) {
    this.name = name;
    this.#notes = notes;
    this.#isOpen = isOpen;
    this.#canClose = canClose;
  }

  opened(): void {
    this.#note("open");
    this.#isOpen = true;
  }

  asked(): void {
    this.#note("next");
    if (this.#isAsked) this.#breach("asked twice at a time");
    if (this.#isOver) this.#breach("asked after the end");
    if (this.#closed > 0) this.#breach("asked after it was closed");
    this.#isAsked = true;
  }

  answered(): void {
    this.#isAsked = false;
  }

  /** It has ended or failed by itself. */
  ended(): void {
    this.#isAsked = false;
    this.#isOver = true;
  }

  closed(): void {
    this.#note("return");
    if (this.#isOver) this.#breach("closed after the end");
    if (++this.#closed > 1) this.#breach("closed twice");
  }

  /** It has ended, for whatever reason. */
  finished(): void {
    this.#note("finished");
    this.ended();
  }

  /** Closing was waited for, if it took time. */
  hasClosed(): void {
    this.#note("returned");
  }

  /** Looks, when all is over, whether it was closed. */
  check(): void {
    const isOpen = this.#isOpen && !this.#isOver && this.#closed === 0;
    if (isOpen && this.#canClose) this.#breach("left open");
  }

  #note(event: string): void {
    this.#notes.note(`${this.name} ${event}`);
  }

  #breach(what: string): void {
    this.#notes.breach(`${this.name} ${what}`);
  }
}
