import { isThenable } from "../../core/thenable.ts";
import type { Callback, CallContext, Kind } from "../engine/step.ts";
import { FILTER } from "../select/filter.ts";
import type { Permit } from "../../task/semaphore.ts";
import { MAP } from "../transform/map.ts";

/** A step that several items go through at once. */
export interface Work {
  readonly kind: Kind;
  readonly callback: Callback;
  /** What comes after it. */
  readonly next: Work | undefined;
  /** How many items the callback was given. */
  count: number;
}

/** What work comes to for an item that is not to be given. */
export const SKIPPED: unique symbol = Symbol("skipped");

/** Whose slots they are. */
export interface SlotOwner {
  /** Whether nothing more is to be begun. */
  readonly isStopped: boolean;
  /** Whether a callback may be called at this moment. */
  isRunning: boolean;
  /** How much an item comes to, where that counts. */
  readonly sizeOf: ((item: unknown) => number) | undefined;
  /** Work that had to be waited for is done. */
  settled(slot: Slot): void;
}

/** A place for an item that is under way, or ready; used for one after the other. */
export class Slot {
  /** The one behind it in a queue. */
  next: Slot | undefined;
  /** What is waited for, as long as the item is under way. */
  promise: PromiseLike<unknown> | undefined;
  /** What has come of the item. */
  value: unknown;
  failure: { readonly error: unknown } | undefined;
  size = 0;
  permits: readonly Permit[] = [];
  readonly #owner: SlotOwner;
  readonly #context: { -readonly [K in keyof CallContext]: CallContext[K] };
  /** The step whose answer is waited for. */
  #step: Work | undefined;
  // Made once, and not for each item.
  readonly #onValue: (answer: unknown) => void;
  readonly #onError: (error: unknown) => void;

  /** @param context What the callbacks are told, one after the other. */
  constructor(owner: SlotOwner, context: CallContext) {
    this.#owner = owner;
    this.#context = context;
    this.#onValue = (answer) => {
      const { isRunning } = owner;
      owner.isRunning = true;
      this.#goOn(answer, true);
      owner.isRunning = isRunning;
      if (this.promise === undefined) owner.settled(this);
    };
    this.#onError = (error) => {
      this.fail(error);
      owner.settled(this);
    };
  }

  /** Works on an item; where that has to be waited for, `promise` is there. */
  begin(item: unknown, work: Work | undefined): void {
    this.#step = work;
    this.#goOn(item, false);
  }

  fail(error: unknown): void {
    this.promise = undefined;
    this.failure = { error };
  }

  #goOn(given: unknown, isAnswer: boolean): void {
    const { sizeOf } = this.#owner;
    try {
      let value = isAnswer ? this.#judge(this.value, given) : given;
      while (this.#step !== undefined) {
        if (this.#owner.isStopped) {
          value = SKIPPED;
          break;
        }
        this.#context.index = this.#step.count++;
        const answer = this.#step.callback(value, this.#context);
        if (isThenable(answer)) {
          this.value = value;
          // What is no promise of the platform may call back at once, or twice.
          this.promise =
            answer instanceof Promise ? answer : Promise.resolve(answer);
          this.promise.then(this.#onValue, this.#onError);
          return;
        }
        value = this.#judge(value, answer);
      }
      this.size = sizeOf && value !== SKIPPED ? sizeOf(value) : 0;
      this.value = value;
      this.promise = undefined;
    } catch (error) {
      this.fail(error);
    }
  }

  /** Says what comes of an item, by what a callback has answered. */
  #judge(item: unknown, answer: unknown): unknown {
    const kind = this.#step?.kind;
    this.#step = this.#step?.next;
    if (kind === MAP) return answer;
    if (kind !== FILTER || answer) return item;
    this.#step = undefined;
    return SKIPPED;
  }
}
