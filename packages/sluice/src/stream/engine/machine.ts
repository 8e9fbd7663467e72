import { isThenable } from "../../core/thenable.ts";
import { BaseCursor } from "./base-cursor.ts";
import { closeInTurn } from "./closing.ts";
import {
  CONTINUE,
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Status,
} from "./cursor.ts";
import { ARRAY, ASYNC, CURSOR, Frame, SYNC } from "./frame.ts";
import { Grace } from "./grace.ts";
import { isDone, type Item } from "./result.ts";
import { discardLate } from "./discard.ts";
import { dropItem, type Step, type StepHost } from "./step.ts";
import { nextTurn } from "./turn.ts";

/** What a machine waits for. */
type Wait = 0 | 1 | 2 | 3 | 4 | 5;
/** The event loop's next turn. */
const PAUSE = 0;
/** The next result of the top frame. */
const RESULT = 1;
/** The promise that a step's callback gave. */
const STEP = 2;
/** A promise that a sync source gave as an item. */
const ITEM = 3;
/** What the cursor in the top frame waits for. */
const CHILD = 4;
/** A frame that has ended, and closes. */
const POP = 5;

/** Items between two looks at the clock. */
const ITEMS_A_LOOK = 64;

/**
 * Runs a source through steps: the cursor of one linear stretch of a pipeline.
 *
 * A stack of frames is read from the top; each item is pushed through the steps, in
 * one call for all of them, until something comes out, has to be waited for, or
 * nothing is left. The functions that run once for each asynchronous item have no
 * loop in them: Node 20 may leave such a function unoptimised for good.
 */
export class Machine extends BaseCursor implements StepHost {
  #top: Frame | null = null;
  #steps: readonly Step[] = [];
  #wait: Wait = PAUSE;
  #waitingStep: Step | undefined;
  /** Whether a source runs, so that an error is its own, and it is not closed for it. */
  #isFetching = false;
  /** The last step that has ended the input of all before it. */
  #stopAt = -1;
  /** The next step to flush. */
  #flushed = 0;
  #fuel = ITEMS_A_LOOK;
  #deadline = 0;

  /** Puts the source and the steps in, the first of which is given its items. */
  load(source: unknown, steps: readonly Step[]): this {
    this.#steps = steps;
    let next: Step | undefined;
    for (const step of steps.toReversed()) {
      step.next = next ?? step;
      next = step;
    }
    if (next !== undefined) this.#top = new Frame(source, next, null);
    for (const step of steps) step.kind.start?.call(step);
    return this;
  }

  waitFor(step: Step, promise: PromiseLike<unknown>): Status {
    this.#waitingStep = step;
    return this.#park(STEP, promise);
  }

  stop(position: number): void {
    if (position > this.#stopAt) this.#stopAt = position;
    for (const frame of this.parts) frame.end();
  }

  enter(source: unknown, sink: Step): Status {
    this.#top = new Frame(source, sink, this.#top);
    return CONTINUE;
  }

  override abort(cause?: ErrorOptions): void {
    super.abort(cause);
    if (!this.isRunning) return;
    // A callback has left the stream: later ones are not called, and nothing is read.
    for (const step of this.#steps) step.push = step.second = dropItem;
    this.#fuel = 1;
  }

  protected get parts(): Iterable<Frame> {
    const frames: Frame[] = [];
    for (let frame = this.#top; frame !== null; frame = frame.parent) {
      frames.push(frame);
    }
    return frames;
  }

  protected step(answer: unknown, failed: boolean): Status {
    const wait = this.#wait;
    const frame = this.#top;
    this.#wait = PAUSE;
    if (wait === CHILD && frame !== null) {
      return this.#more(this.#readChild(frame, answer, failed));
    }
    if (failed) {
      this.#isFetching = wait === RESULT;
      throw answer;
    }
    if (wait === RESULT && frame !== null) {
      return this.#more(this.#take(frame, answer));
    }
    if (wait === ITEM && frame !== null) {
      return this.#more(frame.sink.push(answer));
    }
    return wait === STEP ? this.#more(this.#goBack(answer)) : this.#pump();
  }

  protected closeParts(grace: Grace): Closing {
    // A source that has failed is not closed.
    if (this.#isFetching) this.#pop();
    // Arrays are not closed, nor waited for.
    while (this.#top?.kind === ARRAY) this.#pop();
    const isIdle = this.#wait === PAUSE || this.#wait === CHILD;
    const awaiting = (this.late ?? this.awaiting) as Promise<unknown>;
    const inFlight = isIdle ? undefined : awaiting;
    return this.#top === null && inFlight === undefined
      ? undefined
      : closeInTurn(this.#listClosers(grace, inFlight));
  }

  /** The loop: reads the top frame until somebody says something. */
  #pump(): Status {
    for (;;) {
      const frame = this.#top;
      if (frame !== null && --this.#fuel === 0 && this.#look() === WAIT) {
        return WAIT;
      }
      let status: Status;
      if (frame === null) {
        status = this.#flush();
      } else if (frame.kind === SYNC) {
        this.#isFetching = true;
        status = this.#takeNow(frame, frame.next.call(frame.iterator));
      } else if (frame.kind === ARRAY) {
        status =
          frame.index < frame.items.length
            ? this.#push(frame, frame.items[frame.index++])
            : this.#leave(frame);
      } else {
        status = this.#fetch(frame);
      }
      if (status !== CONTINUE) return status;
    }
  }

  /** Asks a frame that may have to be waited for, once. */
  #fetch(frame: Frame): Status {
    if (frame.kind === ASYNC) {
      this.#isFetching = true;
      const result = frame.next.call(frame.iterator);
      if (result instanceof Promise || isThenable(result)) {
        this.#isFetching = false;
        return this.#park(RESULT, result);
      }
      return this.#takeNow(frame, result);
    }
    if (frame.kind === CURSOR) return this.#readChild(frame, undefined, false);
    if (frame.hasEnded) {
      this.#leave(frame);
      const closing = frame.close(new Grace(this.settings), this.settings);
      return closing === undefined ? CONTINUE : this.#park(POP, closing);
    }
    this.#isFetching = true;
    frame.open(this.settings);
    this.#isFetching = false;
    return CONTINUE;
  }

  #readChild(frame: Frame, answer: unknown, failed: boolean): Status {
    const { cursor } = frame;
    this.#isFetching = true;
    const status = cursor.pull(answer, failed);
    this.#isFetching = false;
    if (status === EMIT) return frame.sink.push(cursor.value);
    if (status === DONE) return this.#leave(frame);
    // The wait is handed on: one reaction of the promise for any depth.
    this.awaiting = cursor.awaiting;
    this.#wait = CHILD;
    return WAIT;
  }

  /** Takes the result of an async iterator; one that is none is the source's failure. */
  #take(frame: Frame, result: unknown): Status {
    this.#isFetching = true;
    const hasEnded = isDone(result);
    const value = hasEnded ? undefined : (result as Item).value;
    this.#isFetching = false;
    return hasEnded ? this.#leave(frame) : frame.sink.push(value);
  }

  /** Takes the result of an iterator that had it at once. */
  #takeNow(frame: Frame, result: unknown): Status {
    const hasEnded = isDone(result);
    const value = hasEnded ? undefined : (result as Item).value;
    this.#isFetching = false;
    return hasEnded ? this.#leave(frame) : this.#push(frame, value);
  }

  /** Pushes an item of a sync source, which may be a promise. */
  #push(frame: Frame, value: unknown): Status {
    return isThenable(value) ? this.#park(ITEM, value) : frame.sink.push(value);
  }

  #goBack(answer: unknown): Status {
    const step = this.#waitingStep;
    return step?.kind.back?.call(step, answer) ?? CONTINUE;
  }

  /** Goes on after one item; without a loop where the next is asynchronous, too. */
  #more(status: Status): Status {
    if (status !== CONTINUE) return status;
    const frame = this.#top;
    if (frame !== null && frame.kind === ASYNC && this.#fuel > 1) {
      this.#fuel--;
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

  /** Looks, now and then, whether to go on. */
  #look(): Status {
    if (this.isStopped) return WAIT;
    this.#fuel = ITEMS_A_LOOK;
    const moment = performance.now();
    if (moment < this.#deadline) return CONTINUE;
    const isFirstLook = this.#deadline === 0;
    this.#deadline = moment + this.settings.timeBudget;
    return isFirstLook ? CONTINUE : this.#park(PAUSE, nextTurn());
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
      if (this.#top !== null) return CONTINUE;
    }
    return DONE;
  }

  #leave(frame: Frame): Status {
    this.#top = frame.parent;
    return CONTINUE;
  }

  #pop(): Frame | null {
    const frame = this.#top;
    this.#top = frame?.parent ?? null;
    return frame;
  }

  /** Downstream first: what runs in a step, then the frames from the top. */
  *#listClosers(
    grace: Grace,
    inFlight: PromiseLike<unknown> | undefined,
  ): Generator<() => Closing, void> {
    let asked = this.#wait === RESULT ? inFlight : undefined;
    if (inFlight !== asked && inFlight !== undefined) {
      // A source that comes too late is closed, too.
      yield () =>
        this.#wait === STEP && this.#waitingStep?.kind.opens === true
          ? discardLate(inFlight, this.settings, grace)
          : grace[this.#wait === POP ? "wait" : "waitForLate"](inFlight);
    }
    for (let frame = this.#pop(); frame !== null; frame = this.#pop()) {
      const closing = frame.close(grace, this.settings, asked);
      asked = undefined;
      yield () => closing;
    }
  }
}
