import { report } from "./errors.ts";
import { LEFT, Run, type Stoppable } from "./run.ts";
import type { Upstream } from "./stage.ts";

export type Result = IteratorResult<unknown, undefined>;

export const END: Result = { done: true, value: undefined };

/** Somebody who waits for an item. */
interface Caller {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** A stream that is under way: its run, and the last of its stages. */
export class Reading implements Stoppable {
  readonly #run = new Run();
  readonly #last: Upstream;
  readonly #callers = new Set<Caller>();
  #isOver = false;
  #leaving: Promise<void> | undefined;
  /** Why the signal aborted, until somebody has been told. */
  #interruption: { readonly reason: unknown } | undefined;

  constructor(build: (run: Run) => Upstream) {
    this.#last = build(this.#run);
  }

  /** Whether it has ended or failed: then nothing of it is open. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Asks for an item; the generators keep calls that come early in a queue. */
  next(): Promise<Result> {
    const interruption = this.#interruption;
    this.#interruption = undefined;
    if (interruption !== undefined) return Promise.reject(interruption.reason);
    if (this.#leaving !== undefined) return Promise.resolve(END);
    return new Promise((resolve, reject) => {
      const caller = { resolve, reject };
      this.#callers.add(caller);
      this.#answer(caller).catch(reject);
    });
  }

  /** Ends it early. The first caller alone is told of errors of closing. */
  async leave(): Promise<void> {
    if (this.#isOver) return;
    if (this.#leaving !== undefined) {
      await this.#leaving.catch(() => undefined);
      return;
    }
    this.#leaving = this.#close();
    await this.#leaving;
  }

  /** Ends it with an error, which is told to whoever waits, or asks next. */
  interrupt(reason: unknown): void {
    if (this.#isOver || this.#leaving !== undefined) return;
    const [first] = this.#callers;
    if (first === undefined) this.#interruption = { reason };
    else first.reject(reason);
    this.leave().catch(report);
  }

  stop(): void {
    this.#run.stop();
  }

  async #answer(caller: Caller): Promise<void> {
    try {
      const result = await this.#last.next();
      if (result.done === true) this.#isOver = true;
      caller.resolve(result.done === true ? END : result);
    } catch (error) {
      this.#isOver = true;
      const run = this.#run;
      if (!run.isStopped) caller.reject(run.conclude(error));
      else if (run.failure !== undefined)
        report(run.conclude(run.failure.error));
      // Whoever waited has been answered, or waits no more.
      caller.resolve(END);
    }
    this.#callers.delete(caller);
  }

  async #close(): Promise<void> {
    this.#run.leave();
    for (const { resolve } of this.#callers) resolve(END);
    try {
      await this.#last.return();
    } catch (error) {
      if (error !== LEFT) throw error;
    }
    if (this.#run.failure === undefined) this.#run.throwErrorsOfClosing();
  }
}
