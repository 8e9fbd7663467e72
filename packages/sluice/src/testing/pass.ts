import { now, startTimer } from "../core/clock.ts";
import { describe } from "../core/describe.ts";
import { sleep } from "../task/sleep.ts";
import type { Recorder } from "./track.ts";

/** How a tracked source behaves; see `tracked`. */
export interface TrackedBehaviour {
  /**
   * How long each answer of `next()` takes, in milliseconds; at once if absent. It
   * is the toolkit's time: virtual in a run of a virtual clock.
   */
  readonly delay?: number;
  /** What it fails with after its items, in place of ending; `undefined` counts. */
  readonly error?: unknown;
  /** Whether it never answers after its items, in place of ending. */
  readonly stuck?: boolean;
  /** How long closing takes, in milliseconds of the toolkit's time; no time if absent. */
  readonly closeDelay?: number;
  /** What closing fails with, when it is through; `undefined` counts. */
  readonly closeError?: unknown;
  /** Whether closing never ends. */
  readonly closeStuck?: boolean;
  /**
   * What `return()` does about calls of `next()` that still wait: it answers them
   * as done, as a source does that can be stopped (`"settle"`, if absent); it
   * leaves them to themselves (`"ignore"`); or it waits for them first, as that of
   * a native generator does (`"queue"`).
   */
  readonly onReturn?: "settle" | "ignore" | "queue";
}

/** One walk through the items of a tracked source, from its opening to its end. */
abstract class Pass<T> {
  protected readonly track: Recorder;
  protected readonly behaviour: TrackedBehaviour;
  readonly #items: Iterator<T>;
  #isOpen = true;
  /** Whether what is asked for from now on is not there. */
  protected isOver = false;

  constructor(
    items: Iterable<T>,
    track: Recorder,
    behaviour: TrackedBehaviour,
  ) {
    this.#items = items[Symbol.iterator]();
    this.track = track;
    this.behaviour = behaviour;
    track.opened += 1;
    track.open += 1;
  }

  /** Takes what is next; `undefined` if there is no answer, ever. */
  protected take(): Answer<T> | undefined {
    if (this.isOver) return giveDone;
    const result = this.#items.next();
    if (result.done !== true) return () => this.#give(result.value);
    if (this.behaviour.stuck === true) return undefined;
    this.isOver = true;
    return () => this.#end();
  }

  protected beginReturn(): void {
    this.isOver = true;
    this.track.returned += 1;
    this.track.note("returned");
  }

  protected endReturn(): IteratorReturnResult<undefined> {
    this.#leave();
    this.track.closed += 1;
    this.track.note("closed");
    if ("closeError" in this.behaviour) throw this.behaviour.closeError;
    return giveDone();
  }

  #give(value: T): IteratorYieldResult<T> {
    this.track.note(`gave ${describe(value)}`);
    return { done: false, value };
  }

  #end(): IteratorReturnResult<undefined> {
    this.#leave();
    const fails = "error" in this.behaviour;
    this.track.note(fails ? "failed" : "ended");
    if (fails) throw this.behaviour.error;
    return giveDone();
  }

  #leave(): void {
    if (this.#isOpen) this.track.open -= 1;
    this.#isOpen = false;
  }
}

/** Gives a result, or throws, at the time at which a caller is answered. */
type Answer<T> = () => IteratorResult<T, undefined>;

function giveDone(): IteratorReturnResult<undefined> {
  return { done: true, value: undefined };
}

export class SyncPass<T>
  extends Pass<T>
  implements IterableIterator<T, undefined>
{
  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T, undefined> {
    this.track.beginPull();
    this.track.endPull();
    const answer = this.take() ?? giveDone;
    return answer();
  }

  return(): IteratorReturnResult<undefined> {
    this.beginReturn();
    return this.endReturn();
  }
}

export class AsyncPass<T>
  extends Pass<T>
  implements AsyncIterableIterator<T, undefined>
{
  /** The calls of `next()` that wait: what answers each as done. */
  readonly #pulls = new Set<() => void>();
  /** The calls of `return()` that wait for those. */
  readonly #returns: (() => void)[] = [];

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    this.track.beginPull();
    // Answers keep their order: the end is told again when it has been told.
    const isTold = this.isOver && this.#pulls.size === 0;
    const delay = isTold ? undefined : this.behaviour.delay;
    const answer = this.take();
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer<T>): void => {
        this.track.endPull();
        try {
          resolve(answer());
        } catch (error) {
          reject(error);
        }
      };
      if (answer !== undefined && delay === undefined) settle(answer);
      else this.#settleLater(settle, answer, delay);
    });
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    const { closeDelay, closeStuck, onReturn } = this.behaviour;
    this.beginReturn();
    if (onReturn === "queue") await this.#waitForPulls();
    else if (onReturn !== "ignore") this.#endPulls();
    if (closeStuck === true) await new Promise(ignore);
    if (closeDelay !== undefined) await sleep(closeDelay);
    return this.endReturn();
  }

  #settleLater(
    settle: (answer: Answer<T>) => void,
    answer: Answer<T> | undefined,
    delay = 0,
  ): void {
    const end = (answer: Answer<T>): void => {
      this.#pulls.delete(giveUp);
      settle(answer);
      if (this.#pulls.size > 0) return;
      for (const goOn of this.#returns.splice(0)) goOn();
    };
    const stopTimer =
      answer === undefined
        ? ignore
        : startTimer(now() + delay, () => {
            end(answer);
          });
    const giveUp = (): void => {
      stopTimer();
      end(giveDone);
    };
    this.#pulls.add(giveUp);
  }

  #endPulls(): void {
    for (const giveUp of this.#pulls) giveUp();
  }

  async #waitForPulls(): Promise<void> {
    if (this.#pulls.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#returns.push(resolve);
    });
  }
}

function ignore(): void {
  // There is nothing to do.
}
