import { isThenable } from "../../core/thenable.ts";
import { closeInTurn } from "./closing.ts";
import {
  CONTINUE,
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Status,
} from "./cursor.ts";
import { ARRAY, ASYNC, CURSOR, SYNC, type Frame } from "./frame.ts";
import { FrameStack } from "./frame-stack.ts";
import { Grace } from "./grace.ts";
import { isDone, type Item } from "./result.ts";
import { discardLate } from "./discard.ts";
import { dropItem, type Step, type StepHost } from "./step.ts";
import { TimeBudget } from "./time-budget.ts";
import { nextTurn } from "./turn.ts";
import { CHILD, ITEM, PAUSE, POP, RESULT, STEP, type Wait } from "./wait.ts";

/**
 * Runs a source through steps: the cursor of one linear stretch of a pipeline.
 *
 * A stack of frames is read from the top; each item is pushed through the steps, in
 * one call for all of them, until something comes out, has to be waited for, or
 * nothing is left. The functions that run once for each asynchronous item have no
 * loop in them: Node 20 may leave such a function unoptimised for good.
 */
export class Machine extends FrameStack implements StepHost {
  #steps: readonly Step[] = [];
  #wait: Wait = PAUSE;
  #waitingStep: Step | undefined;
  /** The last step that has ended the input of all before it. */
  #stopAt = -1;
  /** The next step to flush. */
  #flushed = 0;
  readonly #budget = new TimeBudget();

  /** Puts the source and the steps in, the first of which is given its items. */
  load(source: unknown, steps: readonly Step[]): this {
    this.#steps = steps;
    let before: Step | undefined;
    for (const step of steps) {
      if (before === undefined) this.enter(source, step);
      else before.next = step;
      before = step;
      step.kind.start?.call(step);
    }
    return this;
  }

  /** What the last step keeps: of a sink, its result. */
  get result(): unknown {
    return this.#steps.at(-1)?.state;
  }

  waitFor(step: Step, promise: PromiseLike<unknown>): Status {
    this.#waitingStep = step;
    return this.#park(STEP, promise);
  }

  stop(position: number): void {
    if (position > this.#stopAt) this.#stopAt = position;
    this.endFrames();
  }

  override abort(cause?: ErrorOptions): void {
    super.abort(cause);
    if (!this.isRunning) return;
    // A callback has left the stream: later ones are not called, and nothing is read.
    for (const step of this.#steps) step.push = step.second = dropItem;
    this.top?.end();
    this.#budget.items = 1;
  }

  protected step(answer: unknown, failed: boolean): Status {
    const wait = this.#wait;
    this.#wait = PAUSE;
    if (failed && wait !== CHILD) {
      this.isBroken = wait === RESULT;
      throw answer;
    }
    return this.#more(this.#goOn(wait, answer, failed));
  }

  /** Goes on with what was waited for. */
  #goOn(wait: Wait, answer: unknown, failed: boolean): Status {
    const { top } = this;
    if (wait === STEP) {
      const step = this.#waitingStep;
      return step?.kind.back?.call(step, answer) ?? CONTINUE;
    }
    if (top === null || wait === PAUSE || wait === POP) return CONTINUE;
    if (wait === RESULT) return this.#take(top, answer, false);
    return wait === CHILD
      ? this.#readChild(top, answer, failed)
      : top.sink.push(answer);
  }

  protected closeParts(grace: Grace): Closing {
    this.dropFrames();
    const inFlight = this.#findInFlight();
    return this.top === null && inFlight === undefined
      ? undefined
      : closeInTurn(this.#listClosers(grace, inFlight));
  }

  /** What has been asked for, and not been answered. */
  #findInFlight(): PromiseLike<unknown> | undefined {
    if (this.#wait === PAUSE || this.#wait === CHILD) return undefined;
    // A gate is only ever waited for by a child.
    return (this.late ?? this.awaiting) as Promise<unknown>;
  }

  /** The loop: reads the top frame until somebody says something. */
  #pump(): Status {
    for (;;) {
      const frame = this.top;
      if (this.isStopped) return WAIT;
      if (frame !== null && this.#isTimeUp()) {
        return this.#park(PAUSE, nextTurn());
      }
      let status: Status;
      if (frame === null) status = this.#flush();
      else if (frame.kind === SYNC) status = this.#readItems(frame);
      else if (frame.kind === ARRAY) status = this.#readArray(frame);
      else status = this.#fetch(frame);
      if (status !== CONTINUE) return status;
    }
  }

  /** Counts one item, and looks at the clock now and then. */
  #isTimeUp(): boolean {
    return (
      --this.#budget.items <= 0 &&
      this.#budget.isUsedUp(this.settings.timeBudget)
    );
  }

  /** Reads a sync iterator as long as it is on top, and nobody says anything. */
  #readItems(frame: Frame): Status {
    const { iterator, next, sink } = frame;
    let left = this.#budget.items;
    let status: Status;
    let isReading = true;
    try {
      do {
        isReading = true;
        const result = next.call(iterator);
        if (isDone(result)) return this.leave(frame);
        const { value } = result as Item;
        isReading = false;
        status = isThenable(value) ? this.#park(ITEM, value) : sink.push(value);
      } while (status === CONTINUE && --left > 0 && this.isRead(frame, SYNC));
    } catch (error) {
      this.isBroken = isReading;
      throw error;
    }
    this.#budget.items = left;
    return status;
  }

  /** The same for an array, which cannot fail. */
  #readArray(frame: Frame): Status {
    const { items, sink } = frame;
    let { index } = frame;
    let left = this.#budget.items;
    let status: Status;
    do {
      if (index >= items.length) return this.leave(frame);
      const value = items[index++];
      status = isThenable(value) ? this.#park(ITEM, value) : sink.push(value);
    } while (status === CONTINUE && --left > 0 && this.isRead(frame, ARRAY));
    frame.index = index;
    this.#budget.items = left;
    return status;
  }

  /** Asks a frame that may have to be waited for, once. */
  #fetch(frame: Frame): Status {
    if (frame.kind === ASYNC) {
      let result: unknown;
      try {
        result = frame.next.call(frame.iterator);
      } catch (error) {
        throw this.blame(error);
      }
      return result instanceof Promise || isThenable(result)
        ? this.#park(RESULT, result)
        : this.#take(frame, result, true);
    }
    if (frame.kind === CURSOR) return this.#readChild(frame, undefined, false);
    if (frame.hasEnded) {
      this.leave(frame);
      const closing = frame.close(new Grace(this.settings), this.settings);
      return closing === undefined ? CONTINUE : this.#park(POP, closing);
    }
    try {
      frame.open(this.settings);
    } catch (error) {
      throw this.blame(error);
    }
    return CONTINUE;
  }

  #readChild(frame: Frame, answer: unknown, failed: boolean): Status {
    const { cursor } = frame;
    let status: Status;
    try {
      status = cursor.pull(answer, failed);
    } catch (error) {
      throw this.blame(error);
    }
    if (status === EMIT) return frame.sink.push(cursor.value);
    if (status === DONE) return this.leave(frame);
    // The wait is handed on: one reaction of the promise for any depth.
    this.awaiting = cursor.awaiting;
    this.#wait = CHILD;
    return WAIT;
  }

  /** Takes the result of an async iterator; one that is none is the source's failure. */
  #take(frame: Frame, result: unknown, isNow: boolean): Status {
    let value: unknown;
    try {
      if (isDone(result)) return this.leave(frame);
      value = (result as Item).value;
    } catch (error) {
      throw this.blame(error);
    }
    // It had it at once, as a sync one may, whose items are awaited.
    return isNow && isThenable(value)
      ? this.#park(ITEM, value)
      : frame.sink.push(value);
  }

  /** Goes on after one item; without a loop where the next is asynchronous, too. */
  #more(status: Status): Status {
    if (status !== CONTINUE) return status;
    const frame = this.top;
    if (frame !== null && frame.kind === ASYNC && this.#budget.items > 1) {
      this.#budget.items--;
      const next = this.#fetch(frame);
      return next === CONTINUE ? this.#pump() : next;
    }
    return this.#pump();
  }

  #park(wait: Wait, promise: PromiseLike<unknown>): Status {
    this.#wait = wait;
    // What is no promise of the platform may call back at once, or twice.
    this.awaiting =
      promise instanceof Promise ? promise : Promise.resolve(promise);
    return WAIT;
  }

  /** Lets the steps give what they have left, from the first to the last. */
  #flush(): Status {
    while (!this.isStopped && this.#flushed < this.#steps.length) {
      const step = this.#steps[this.#flushed++];
      const flush = step?.kind.flush;
      if (step === undefined || flush === undefined) continue;
      if (step.position <= this.#stopAt) continue;
      const status = flush.call(step);
      if (status !== CONTINUE) return status;
      // What was left has gone into a source that is to be read now.
      if (this.top !== null) return CONTINUE;
    }
    return DONE;
  }

  /** Downstream first: what runs in a step, then the frames. */
  *#listClosers(
    grace: Grace,
    inFlight: PromiseLike<unknown> | undefined,
  ): Generator<() => Closing, void> {
    const isAsked = this.#wait === RESULT;
    if (!isAsked && inFlight !== undefined) {
      // A source that comes too late is closed, too.
      yield () =>
        this.#wait === STEP && this.#waitingStep?.kind.opens === true
          ? discardLate(inFlight, this.settings, grace)
          : grace[this.#wait === POP ? "wait" : "waitForLate"](inFlight);
    }
    yield* this.closeFrames(grace, isAsked ? inFlight : undefined);
  }
}
