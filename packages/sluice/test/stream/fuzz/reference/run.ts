import { createCancellation, keepLater, report } from "./errors.ts";

/** Is thrown, in the reference alone, out of whatever waits when a stream is left. */
export const LEFT: unique symbol = Symbol("left");

/** What is open in a run, and can be told that it is about to be closed. */
export interface Stoppable {
  stop?(): void;
}

/**
 * One stretch of a stream that is under way: from what it reads to whoever takes its
 * items. It knows the first error, those of closing, and whether it was left.
 */
export class Run {
  readonly #open = new Set<Stoppable>();
  #isStopped = false;
  #isLeft = false;
  #failure: { readonly error: unknown } | undefined;
  /** Errors of closing that nobody was thrown. */
  readonly #ofClosing: unknown[] = [];
  readonly #controller = new AbortController();
  readonly #left: Promise<never>;
  #rejectLeft: (reason: unknown) => void = () => undefined;

  constructor() {
    this.#left = new Promise<never>((_, reject) => {
      this.#rejectLeft = reject;
    });
    this.#left.catch(() => undefined);
  }

  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** What a callback is told besides the item. */
  context(index: number): { index: number; signal: AbortSignal } {
    return { index, signal: this.#controller.signal };
  }

  /** Calls a callback and waits for its answer; if the stream is left, for its end. */
  async call<A extends readonly unknown[]>(
    callback: (...args: A) => unknown,
    ...args: A
  ): Promise<unknown> {
    let answer: unknown;
    try {
      answer = await callback(...args);
    } catch (error) {
      if (!this.#isStopped) throw this.fail(error);
      // Nobody is there to be given it.
      report(error);
    }
    await this.#stayIfStopped();
    return answer;
  }

  /** Calls something whose failure is the stream's. */
  attempt<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw this.fail(error);
    }
  }

  /** Waits for what a source gives, but no longer than until the stream is left. */
  async guard<T>(asked: PromiseLike<T> | T): Promise<T> {
    try {
      return await Promise.race([asked, this.#left]);
    } finally {
      await this.#stayIfStopped();
    }
  }

  /** Notes an error; the first one is what the stream fails with. */
  fail(error: unknown): unknown {
    if (this.#failure === undefined) {
      this.#failure = { error };
      this.#abort();
    }
    return error;
  }

  /**
   * Closes something. If it fails, the stream fails with that, unless it has failed
   * before or is being left: then the error is kept.
   */
  async close(closing: () => unknown): Promise<void> {
    try {
      await closing();
    } catch (error) {
      if (this.#failure === undefined && !this.#isLeft) throw this.fail(error);
      this.#ofClosing.push(error);
    } finally {
      await this.#stayIfStopped();
    }
  }

  /** Keeps what has been opened, until it is closed, to tell it if this is left. */
  enter(opened: Stoppable): void {
    this.#open.add(opened);
  }

  exit(opened: Stoppable): void {
    this.#open.delete(opened);
  }

  /** Lets nothing go on: it is left as soon as all downstream of it is closed. */
  stop(): void {
    this.#isStopped = true;
    this.#abort();
  }

  /** Ends all that waits, and makes it close what it has open. */
  leave(): void {
    this.stop();
    this.#isLeft = true;
    this.#rejectLeft(LEFT);
  }

  #abort(): void {
    this.#controller.abort(createCancellation());
    for (const opened of this.#open) opened.stop?.();
  }

  async #stayIfStopped(): Promise<void> {
    if (this.#isStopped) await this.#left;
  }

  /** Gives the error that came first, from which those of closing are reachable. */
  conclude(error: unknown): unknown {
    const later = combine(this.#ofClosing);
    if (later !== undefined) keepLater(error, later.error);
    return error;
  }

  /** Throws the errors of closing, if there was no other. */
  throwErrorsOfClosing(): void {
    const combined = combine(this.#ofClosing);
    if (combined !== undefined) throw combined.error;
  }
}

/** Makes one error of those of closing. */
export function combine(
  errors: readonly unknown[],
): { readonly error: unknown } | undefined {
  if (errors.length === 0) return undefined;
  return {
    error: errors.length === 1 ? errors[0] : new AggregateError(errors),
  };
}
