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
import { ARRAY, ASYNC, CURSOR, Frame, SYNC, type FrameKind } from "./frame.ts";
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
  /** Whether an error is the source's own, so that it is not closed for it. */
  #isBroken = false;
  /** The last step that has ended the input of all before it. */
  #stopAt = -1;
  /** The next step to flush. */
  #flushed = 0;
  #fuel = ITEMS_A_LOOK;
  #deadline = 0;

  /** Puts the source and the steps in, the first of which is given its items. */
  load(source: unknown, steps: readonly Step[]): this {
    this.#steps = steps;
    let before: Step | undefined;
    for (const step of steps) {
      if (before === undefined) this.#top = new Frame(source, step, null);
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
    for (let frame = this.#top; frame !== null; frame = frame.parent) {
      frame.end();
    }
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
    this.#top?.end();
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
      this.#isBroken = wait === RESULT;
      throw answer;
    }
    if (wait === RESULT && frame !== null) {
      return this.#more(this.#take(frame, answer, false));
    }
    if (wait === ITEM && frame !== null) {
      return this.#more(frame.sink.push(answer));
    }
    return wait === STEP ? this.#more(this.#goBack(answer)) : this.#pump();
  }

  protected closeParts(grace: Grace): Closing {
    // What has thrown is not closed; a cursor has closed, or is about to.
    if (this.#isBroken && this.#top?.kind !== CURSOR) this.#pop();
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
      if (this.isStopped) return WAIT;
      if (frame !== null && --this.#fuel <= 0 && this.#look() === WAIT) {
        return WAIT;
      }
      let status: Status;
      if (frame === null) status = this.#flush();
      else if (frame.kind === SYNC) status = this.#readItems(frame);
      else if (frame.kind === ARRAY) status = this.#readArray(frame);
      else status = this.#fetch(frame);
      if (status !== CONTINUE) return status;
    }
  }

  /** Reads a sync iterator as long as it is on top, and nobody says anything. */
  #readItems(frame: Frame): Status {
    const { iterator, next, sink } = frame;
    let fuel = this.#fuel;
    let status: Status = CONTINUE;
    let isReading = true;
    try {
      do {
        isReading = true;
        const result = next.call(iterator);
        if (isDone(result)) return this.#leave(frame);
        const { value } = result as Item;
        isReading = false;
        status = isThenable(value) ? this.#park(ITEM, value) : sink.push(value);
      } while (status === CONTINUE && --fuel > 0 && this.#isRead(frame, SYNC));
    } catch (error) {
      this.#isBroken = isReading;
      throw error;
    }
    this.#fuel = fuel;
    return status;
  }

  /** The same for an array, which cannot fail. */
  #readArray(frame: Frame): Status {
    const { items, sink } = frame;
    let { index } = frame;
    let fuel = this.#fuel;
    let status: Status;
    do {
      if (index >= items.length) return this.#leave(frame);
      const value = items[index++];
      status = isThenable(value) ? this.#park(ITEM, value) : sink.push(value);
    } while (status === CONTINUE && --fuel > 0 && this.#isRead(frame, ARRAY));
    frame.index = index;
    this.#fuel = fuel;
    return status;
  }

  /** Whether a frame is still the one to read: no step has ended it, or entered another. */
  #isRead(frame: Frame, kind: FrameKind): boolean {
    return this.#top === frame && frame.kind === kind;
  }

  /** Asks a frame that may have to be waited for, once. */
  #fetch(frame: Frame): Status {
    if (frame.kind === ASYNC) {
      let result: unknown;
      try {
        result = frame.next.call(frame.iterator);
      } catch (error) {
        throw this.#blame(error);
      }
      return result instanceof Promise || isThenable(result)
        ? this.#park(RESULT, result)
        : this.#take(frame, result, true);
    }
    if (frame.kind === CURSOR) return this.#readChild(frame, undefined, false);
    if (frame.hasEnded) {
      this.#leave(frame);
      const closing = frame.close(new Grace(this.settings), this.settings);
      return closing === undefined ? CONTINUE : this.#park(POP, closing);
    }
    try {
      frame.open(this.settings);
    } catch (error) {
      throw this.#blame(error);
    }
    return CONTINUE;
  }

  #readChild(frame: Frame, answer: unknown, failed: boolean): Status {
    const { cursor } = frame;
    let status: Status;
    try {
      status = cursor.pull(answer, failed);
    } catch (error) {
      throw this.#blame(error);
    }
    if (status === EMIT) return frame.sink.push(cursor.value);
    if (status === DONE) return this.#leave(frame);
    // The wait is handed on: one reaction of the promise for any depth.
    this.awaiting = cursor.awaiting;
    this.#wait = CHILD;
    return WAIT;
  }

  /** Takes the result of an async iterator; one that is none is the source's failure. */
  #take(frame: Frame, result: unknown, isNow: boolean): Status {
    let value: unknown;
    try {
      if (isDone(result)) return this.#leave(frame);
      value = (result as Item).value;
    } catch (error) {
      throw this.#blame(error);
    }
    // It had it at once, as a sync one may, whose items are awaited.
    return isNow && isThenable(value)
      ? this.#park(ITEM, value)
      : frame.sink.push(value);
  }

  /** Notes that an error comes out of the source that is read. */
  #blame(error: unknown): unknown {
    this.#isBroken = true;
    return error;
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

  /** Looks, now and then, whether to give way to the event loop. */
  #look(): Status {
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
