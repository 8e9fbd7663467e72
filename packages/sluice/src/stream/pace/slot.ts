import { isThenable } from "../../core/thenable.ts";
import type { CallContext, Callback, Kind } from "../engine/step.ts";
import { FILTER } from "../select/filter.ts";
import { MAP } from "../transform/map.ts";
import type { Permit } from "../../task/semaphore.ts";

/** A step that several items go through at once. */
export interface Work {
  readonly kind: Kind;
  readonly callback: Callback;
  /** How many items the callback was given. */
  count: number;
}

/** What work comes to for an item that is not to be given. */
export const SKIPPED: unique symbol = Symbol("skipped");

/** Whose slots they are. */
export interface SlotOwner {
  readonly isOpen: boolean;
  readonly signal: AbortSignal;
  /** What each item goes through. */
  readonly work: readonly Work[];
  /** How much an item comes to, where that counts. */
  readonly sizeOf: ((item: unknown) => number) | undefined;
  /** Work that had to be waited for is done. */
  settled(slot: Slot): void;
}

const NONE: readonly Permit[] = [];

/** A place for one item that is under way, or ready; used for one after the other. */
export class Slot {
  /** The one behind it, in a queue or among those that are free. */
  next: Slot | undefined = undefined;
  /** What is waited for, as long as the item is under way. */
  promise: PromiseLike<unknown> | undefined = undefined;
  /** What has come of the item. */
  value: unknown = undefined;
  failure: { readonly error: unknown } | undefined = undefined;
  size = 0;
  permits: readonly Permit[] = NONE;
  readonly #owner: SlotOwner;
  readonly #context: SlotContext;
  /** Which step the item has come to. */
  #position = 0;
  // Made once, and not for each item.
  readonly #onValue: (answer: unknown) => void;
  readonly #onError: (error: unknown) => void;

  constructor(owner: SlotOwner) {
    this.#owner = owner;
    this.#context = new SlotContext(owner);
    this.#onValue = (answer) => {
      try {
        // Nothing more is begun for one that has left.
        if (owner.isOpen) this.#run(this.#goOn(this.value, answer));
        else this.promise = undefined;
      } catch (error) {
        this.fail(error);
      }
      if (this.promise === undefined) owner.settled(this);
    };
    this.#onError = (error) => {
      this.fail(error);
      owner.settled(this);
    };
  }

  /** Works on an item; where that has to be waited for, `promise` is there. */
  begin(item: unknown): void {
    this.#position = 0;
    try {
      this.#run(item);
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    this.promise = undefined;
    this.failure = { error };
  }

  /** Makes it free for another item. */
  clear(): void {
    this.value = undefined;
    this.failure = undefined;
    this.size = 0;
  }

  release(): void {
    if (this.permits === NONE) return;
    for (const permit of this.permits) permit.release();
    this.permits = NONE;
  }

  #run(item: unknown): void {
    const { work, sizeOf } = this.#owner;
    let value = item;
    while (this.#position < work.length) {
      const step = work[this.#position];
      if (step === undefined) break;
      this.#context.index = step.count++;
      const answer = step.callback(value, this.#context);
      if (isThenable(answer)) {
        this.value = value;
        // What is no promise of the platform may call back at once, or twice.
        this.promise =
          answer instanceof Promise ? answer : Promise.resolve(answer);
        this.promise.then(this.#onValue, this.#onError);
        return;
      }
      value = this.#goOn(value, answer);
    }
    if (sizeOf !== undefined && value !== SKIPPED) this.size = sizeOf(value);
    this.value = value;
    this.promise = undefined;
  }

  /** Says what comes of an item, by what a callback has answered. */
  #goOn(item: unknown, answer: unknown): unknown {
    const { work } = this.#owner;
    const kind = work[this.#position++]?.kind;
    if (kind === MAP) return answer;
    if (kind !== FILTER || answer) return item;
    this.#position = work.length;
    return SKIPPED;
  }
}

class SlotContext implements CallContext {
  index = 0;
  readonly #owner: SlotOwner;

  constructor(owner: SlotOwner) {
    this.#owner = owner;
  }

  get signal(): AbortSignal {
    return this.#owner.signal;
  }
}
