import type { Reading, Result } from "./reading.ts";

/** Reads one stream for several readers, and keeps all that has been read. */
export class Share {
  readonly #source: Reading;
  readonly #results: Promise<Result>[] = [];
  #readers: number;

  constructor(source: Reading, readers: number) {
    this.#source = source;
    this.#readers = readers;
  }

  /** Makes an iterator for one of the readers. */
  createIterator(): AsyncIterator<unknown, undefined> {
    let position = 0;
    return {
      next: () => (this.#results[position++] ??= this.#source.next()),
      return: async () => {
        if (--this.#readers === 0) await this.#source.leave();
        return { done: true, value: undefined };
      },
    };
  }
}
