import { isThenable } from "../../core/thenable.ts";
import { WAIT, type Status } from "./cursor.ts";

/**
 * What every callback is told, besides the item.
 *
 * It is valid during the call, until the promise that the callback returned has settled:
 * read what is needed of it then, as the next call may be given the same object. Calls
 * that run at the same time are given one each.
 *
 * Source: TC39's helpers tell their callbacks the number alone.
 */
export interface CallContext {
  /** How many items this callback was given before, from 0. */
  readonly index: number;
  /**
   * Aborts when the stream is left early, or fails, with a {@linkcode CancelledError}; not
   * when it ends.
   */
  readonly signal: AbortSignal;
}

/** A callback, as the engine sees it: what it takes and gives is up to its kind. */
export type Callback = (...args: readonly unknown[]) => unknown;

/** What a step needs of the machine that it is part of. */
export interface StepHost {
  value: unknown;
  readonly signal: AbortSignal;
  /** Whether the stream was left, so that what comes now is dropped. */
  readonly isStopped: boolean;
  /** Waits for a promise on behalf of a step, whose `back` is called with its value. */
  waitFor(step: Step, promise: PromiseLike<unknown>): Status;
  /** Reads no more of all that is upstream of a step. */
  stop(position: number): void;
  /** Reads a source before going on with those that are open. */
  enter(source: unknown, sink: Step): Status;
}

/** What a step does: the same for all steps of a kind. */
export interface Kind {
  /** Takes an item; answers `CONTINUE` if nothing came of it. */
  readonly push: (this: Step, value: unknown) => Status;
  /** Goes on with what the promise gave that the step waited for. */
  readonly back?: (this: Step, value: unknown) => Status;
  /** Gives what is left at the end of the input. */
  readonly flush?: (this: Step) => Status;
  /** Runs before anything is read. */
  readonly start?: (this: Step) => void;
  /** Whether what its callback gives is a source, which is to be closed. */
  readonly opens?: boolean;
}

/** One operator of a plan, with what it was called with. */
export interface StepPlan {
  readonly kind: Kind;
  readonly callback?: Callback | undefined;
  readonly argument?: unknown;
}

/**
 * One step at run time. There is one class for all kinds, with functions in own
 * fields: a property that is read has one shape then, however many kinds of steps
 * a program has.
 */
export class Step {
  push: (value: unknown) => Status;
  readonly kind: Kind;
  readonly callback: Callback;
  readonly context: CallContext;
  /** The second callback of a fused pair. */
  second: Callback;
  readonly secondContext: CallContext;
  readonly argument: unknown;
  /** The step that is given what comes of this one; the last has none. */
  next: Step = this;
  /** Items that the callback was given, less one. */
  count = -1;
  secondCount = -1;
  /** Of a fused pair: whether the second callback is the one that is awaited. */
  isSecond = false;
  /** What it keeps between items. */
  state: unknown = undefined;
  /** The item whose callback is awaited. */
  held: unknown = undefined;

  readonly machine: StepHost;
  readonly position: number;

  constructor(
    machine: StepHost,
    position: number,
    kind: Kind,
    [first, second]: readonly [StepPlan, StepPlan?],
  ) {
    this.machine = machine;
    this.position = position;
    this.push = kind.push;
    this.kind = kind;
    this.callback = first.callback ?? giveBack;
    this.context = new StepContext(this);
    this.second = second?.callback ?? giveBack;
    this.secondContext =
      second === undefined ? this.context : new SecondContext(this);
    // Of a pair only the second may have one.
    this.argument = (second ?? first).argument;
  }

  /** Waits for what a callback gave, with the item at hand. */
  hold(promise: PromiseLike<unknown>, held: unknown): Status {
    this.held = held;
    return this.machine.waitFor(this, promise);
  }
}

/** The context of a step's callback: the step's own counter, seen from outside. */
class StepContext implements CallContext {
  readonly #step: Step;

  constructor(step: Step) {
    this.#step = step;
  }

  get index(): number {
    return this.#step.count;
  }

  get signal(): AbortSignal {
    return this.#step.machine.signal;
  }
}

class SecondContext implements CallContext {
  readonly #step: Step;

  constructor(step: Step) {
    this.#step = step;
  }

  get index(): number {
    return this.#step.secondCount;
  }

  get signal(): AbortSignal {
    return this.#step.machine.signal;
  }
}

/**
 * Makes a kind that asks its callback of each item.
 *
 * @param judge Says what comes of the answer.
 */
export function createKind(
  judge: (step: Step, answer: unknown, item: unknown) => Status,
  more?: Partial<Kind>,
): Kind {
  return {
    push(this: Step, item) {
      this.count++;
      const answer = this.callback(item, this.context);
      return isThenable(answer)
        ? this.hold(answer, item)
        : judge(this, answer, item);
    },
    back(this: Step, answer) {
      return judge(this, answer, this.held);
    },
    ...more,
  };
}

/** Takes an item of a stream that was left: nothing comes of it. */
export function dropItem(): Status {
  return WAIT;
}

function giveBack(value: unknown): unknown {
  return value;
}
