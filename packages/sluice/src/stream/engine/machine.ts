import { CancelledError } from "../../core/errors.ts";
import { isObject, isThenable } from "../../core/thenable.ts";
import { describe } from "../../core/describe.ts";
import { BaseCursor } from "./base-cursor.ts";
import {
  closeInTurn,
  keepLater,
  settle,
  withinGrace,
  type Closing,
} from "./closing.ts";
import {
  CONTINUE,
  DONE,
  EMIT,
  WAIT,
  type Cursor,
  type Status,
} from "./cursor.ts";
import { ARRAY, ASYNC, CURSOR, ENDED, Frame, SYNC } from "./frame.ts";
import { reportLate, type Settings } from "./settings.ts";
import { discard } from "./source.ts";
import { Step, type StepHost } from "./step.ts";
import { nextTurn } from "./turn.ts";

/** What a machine waits for. */
type Wait = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
const NOTHING = 0;
/** The next result of the top frame. */
const RESULT = 1;
/** The promise that a step's callback gave. */
const STEP = 2;
/** A promise that a sync source gave as an item. */
const ITEM = 3;
/** What the cursor in the top frame waits for. */
const CHILD = 4;
/** An ended frame that closes. */
const POP = 5;
/** The event loop's next turn. */
const TURN = 6;
/** Everything that was open, as the stream has failed. */
const END = 7;

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
  #wait: Wait = NOTHING;
  #waitingStep: Step | undefined;
  #isOpen = true;
  /** Whether a source runs, so that an error is its own, and it is not closed for it. */
  #isFetching = false;
  /** The last step that has ended the input of all before it. */
  #stopAt = -1;
  /** The next step to flush. */
  #flushed = 0;
  #failed = false;
  #error: unknown = undefined;
  #closing: Closing;
  #controller: AbortController | undefined;
  #fuel = ITEMS_A_LOOK;
  #deadline = 0;

  readonly settings: Settings;

  constructor(settings: Settings) {
    super();
    this.settings = settings;
  }

  /** Puts the source and the steps in, the first of which is given its items. */
  load(source: unknown, steps: readonly Step[]): this {
    const [first] = steps;
    if (first === undefined) throw new RangeError("Cannot run no step");
    this.#steps = steps;
    this.#top = new Frame(source, first, null);
    for (const step of steps) step.start?.();
    return this;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  pull(): Status {
    if (!this.#isOpen) return DONE;
    try {
      return this.#pump();
    } catch (error) {
      return this.#crash(error);
    }
  }

  resume(value: unknown): Status {
    if (!this.#isOpen) return this.#end();
    try {
      return this.#goOn(value);
    } catch (error) {
      return this.#crash(error);
    }
  }

  fail(error: unknown): Status {
    if (!this.#isOpen) return this.#end();
    const wait = this.#wait;
    this.#wait = NOTHING;
    if (wait === CHILD) return this.#failChild(error);
    this.#isFetching = wait === RESULT;
    return this.#crash(error);
  }

  abort(cause?: ErrorOptions): void {
    if (!this.#isOpen) return;
    this.#controller?.abort(
      new CancelledError("Cannot go on: the stream is closed", cause),
    );
    for (let frame = this.#top; frame !== null; frame = frame.parent) {
      frame.abort(cause);
    }
  }

  close(): Closing {
    if (!this.#isOpen) {
      // It fails, and nobody waits to be told any more.
      if (this.#failed) reportLate(this.settings, this.#error);
      this.#failed = false;
      return this.#closing;
    }
    this.abort();
    this.#isOpen = false;
    const inFlight = this.#findInFlight();
    let isTop = true;
    let waited = this.#wait === RESULT || inFlight === undefined;
    this.#closing = closeInTurn(() => {
      if (!waited) {
        waited = true;
        return () =>
          inFlight &&
          withinGrace(settle(inFlight, this.settings), this.settings);
      }
      const frame = this.#pop();
      if (frame === null) return undefined;
      const asked = isTop && this.#wait === RESULT ? inFlight : undefined;
      isTop = false;
      return () => frame.close(this.settings, asked);
    });
    return this.#closing;
  }

  waitFor(step: Step, promise: PromiseLike<unknown>): Status {
    this.#waitingStep = step;
    return this.#park(STEP, promise);
  }

  stop(position: number): void {
    if (position > this.#stopAt) this.#stopAt = position;
    for (let frame = this.#top; frame !== null; frame = frame.parent)
      frame.end();
  }

  enter(source: unknown, sink: Step): Status {
    this.#top = new Frame(source, sink, this.#top);
    return CONTINUE;
  }

  /** The loop: reads the top frame until somebody says something. */
  #pump(): Status {
    for (;;) {
      const frame = this.#top;
      if (frame === null) return this.#flush();
      if (--this.#fuel === 0 && this.#isOverBudget())
        return this.#park(TURN, nextTurn());
      let value: unknown;
      if (frame.kind === SYNC) {
        this.#isFetching = true;
        const result = frame.next.call(frame.iterator);
        this.#isFetching = false;
        if (isDone(result)) {
          this.#top = frame.parent;
          continue;
        }
        value = (result as Item).value;
        if (isThenable(value)) return this.#park(ITEM, value);
      } else if (frame.kind === ARRAY) {
        if (frame.index >= frame.items.length) {
          this.#top = frame.parent;
          continue;
        }
        value = frame.items[frame.index++];
        if (isThenable(value)) return this.#park(ITEM, value);
      } else {
        const status = this.#fetch(frame);
        if (status === CONTINUE) continue;
        return status;
      }
      const status = frame.sink.push(value);
      if (status !== CONTINUE) return status;
    }
  }

  /** Asks a frame that may have to be waited for, once. */
  #fetch(frame: Frame): Status {
    switch (frame.kind) {
      case ASYNC: {
        this.#isFetching = true;
        const result = frame.next.call(frame.iterator);
        this.#isFetching = false;
        if (result instanceof Promise || isThenable(result)) {
          return this.#park(RESULT, result);
        }
        return this.#take(frame, result);
      }
      case CURSOR: {
        const cursor = frame.cursor as Cursor;
        this.#isFetching = true;
        const status = cursor.pull();
        this.#isFetching = false;
        return this.#takeChild(frame, cursor, status);
      }
      case ENDED: {
        this.#top = frame.parent;
        const closing = frame.close(this.settings);
        return closing === undefined ? CONTINUE : this.#park(POP, closing);
      }
      default:
        this.#isFetching = true;
        frame.open();
        this.#isFetching = false;
        return CONTINUE;
    }
  }

  /** Takes the result of an iterator. */
  #take(frame: Frame, result: unknown): Status {
    if (isDone(result)) {
      this.#top = frame.parent;
      return CONTINUE;
    }
    return frame.sink.push((result as Item).value);
  }

  #takeChild(frame: Frame, cursor: Cursor, status: Status): Status {
    if (status === EMIT) return frame.sink.push(cursor.value);
    if (status === DONE) {
      this.#top = frame.parent;
      return CONTINUE;
    }
    // The wait is handed on: one reaction of the promise for any depth.
    this.awaiting = cursor.awaiting;
    this.#wait = CHILD;
    return WAIT;
  }

  #goOn(value: unknown): Status {
    const frame = this.#top;
    const wait = this.#wait;
    this.#wait = NOTHING;
    switch (wait) {
      case RESULT:
        return this.#more(this.#take(frame as Frame, value));
      case STEP: {
        const step = this.#waitingStep as Step;
        return this.#more((step.back ?? step.push).call(step, value));
      }
      case ITEM:
        return this.#more((frame as Frame).sink.push(value));
      case CHILD:
        return this.#resumeChild(frame as Frame, value);
      default:
        return this.#more(CONTINUE);
    }
  }

  #resumeChild(frame: Frame, value: unknown): Status {
    const cursor = frame.cursor as Cursor;
    this.#isFetching = true;
    const status = cursor.resume(value);
    this.#isFetching = false;
    return this.#more(this.#takeChild(frame, cursor, status));
  }

  #failChild(error: unknown): Status {
    try {
      const frame = this.#top as Frame;
      const cursor = frame.cursor as Cursor;
      this.#isFetching = true;
      const status = cursor.fail(error);
      this.#isFetching = false;
      return this.#more(this.#takeChild(frame, cursor, status));
    } catch (raised) {
      return this.#crash(raised);
    }
  }

  /** Goes on after one item; without a loop where the next is asynchronous, too. */
  #more(status: Status): Status {
    if (status !== CONTINUE) return status;
    const frame = this.#top;
    if (frame !== null && frame.kind === ASYNC && --this.#fuel > 0) {
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

  #isOverBudget(): boolean {
    this.#fuel = ITEMS_A_LOOK;
    const now = performance.now();
    if (now < this.#deadline) return false;
    const isFirstLook = this.#deadline === 0;
    this.#deadline = now + this.settings.timeBudget;
    return !isFirstLook;
  }

  /** Lets the steps give what they have left, from the first to the last. */
  #flush(): Status {
    while (this.#flushed < this.#steps.length) {
      const step = this.#steps[this.#flushed++];
      if (step?.flush === undefined || step.position <= this.#stopAt) continue;
      const status = step.flush();
      if (status !== CONTINUE) return status;
    }
    this.#isOpen = false;
    return DONE;
  }

  /** Closes all that is open because of an error, and then throws it. */
  #crash(error: unknown): Status {
    if (this.#isFetching) this.#pop();
    this.abort({ cause: error });
    this.#isOpen = false;
    this.#isFetching = false;
    this.#failed = true;
    this.#error = error;
    const closing = closeInTurn(() => {
      const frame = this.#pop();
      return frame === null ? undefined : () => frame.close(this.settings);
    });
    if (closing === undefined) return this.#end();
    this.#closing = closing.catch((later: unknown) => {
      keepLater(error, later, this.settings);
    });
    return this.#park(END, this.#closing);
  }

  /** Says, after closing, how it ended. */
  #end(): Status {
    if (this.#failed) {
      this.#failed = false;
      throw this.#error;
    }
    return DONE;
  }

  #pop(): Frame | null {
    const frame = this.#top;
    this.#top = frame?.parent ?? null;
    return frame;
  }

  /** What has been asked for and not been answered when the consumer leaves. */
  #findInFlight(): PromiseLike<unknown> | undefined {
    const promise = this.awaiting as Promise<unknown>;
    switch (this.#wait) {
      case STEP:
        // A source that comes too late is closed, too.
        return this.#waitingStep?.opens === true
          ? promise.then(discard)
          : promise;
      case RESULT:
      case ITEM:
      case POP:
        return promise;
      default:
        return undefined;
    }
  }
}

/** A result that was looked at. */
interface Item {
  readonly value: unknown;
}

/** Whether an iterator is at its end. */
function isDone(result: unknown): boolean {
  if (!isObject(result)) {
    throw new TypeError(
      `Cannot iterate on ${describe(result)}: it is no result`,
    );
  }
  return (result as { done?: unknown }).done === true;
}
