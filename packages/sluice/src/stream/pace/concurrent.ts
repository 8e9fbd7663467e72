import { dropLateError } from "../../core/drop-late-error.ts";
import { isThenable } from "../../core/thenable.ts";
import type { Permit, Semaphore } from "../../task/semaphore.ts";
import { closeInTurn } from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Status,
} from "../engine/cursor.ts";
import { discardLate } from "../engine/discard.ts";
import type { Grace } from "../engine/grace.ts";
import { Joint } from "../engine/joint.ts";
import { Port } from "../engine/port.ts";
import type { CallContext } from "../engine/step.ts";
import type { Upstream } from "../engine/stretch.ts";

/** What is done with one item; a promise, where it has to be waited for. */
export type Work = (item: unknown, host: WorkHost) => unknown;

/** What work needs of the operator that it is a part of. */
interface WorkHost {
  /** Whether the stream was left, so that nothing more is to be done. */
  readonly isStopped: boolean;
  /** Makes the context of a callback. */
  createContext(index: number): CallContext;
}

/** What work gives for an item that is not to be given. */
export const SKIPPED: unique symbol = Symbol("skipped");

/** How several items are worked on at once. */
export interface Concurrency {
  /** How many items may be under way, or ready and not taken. */
  readonly limit: number;
  /** How many may be under way. */
  readonly atOnce?: number;
  /** Whose permits are held while an item is loaded and worked on. */
  readonly semaphores: readonly Semaphore[];
  readonly ordered: boolean;
  /** How much the items that are ready may come to before loading stops. */
  readonly maxBytes?: number;
  readonly sizeOf?: (item: unknown) => number;
  /** Whether work gives sources, to be closed where nobody takes them. */
  readonly opens?: boolean;
}

/** One item under way, or ready. */
interface Slot {
  /** While it is worked on. */
  promise: PromiseLike<unknown> | undefined;
  value: unknown;
  failure: { readonly error: unknown } | undefined;
  size: number;
  permits: readonly Permit[];
}

/**
 * Loads items ahead, and works on several at once.
 *
 * Holds at most `limit` items. What is ready is handed on without a pause. A failure
 * comes in its place, after the items before it, and stops the loading of more.
 */
export class Concurrent extends Joint implements WorkHost {
  protected readonly parts: readonly [Port];
  readonly #work: Work;
  readonly #concurrency: Concurrency;
  /** Items in the order in which they are given; unordered, only those that are ready. */
  readonly #queue: Slot[] = [];
  readonly #working = new Set<Slot>();
  #bytes = 0;
  /** Sources that were taken, and are being read. */
  #taken = 0;
  /** No more is loaded: the end, or a failure. */
  #isOver = false;
  /** The permits for the item that is loaded next; `null` while they are waited for. */
  #permits: readonly Permit[] | null | undefined;
  #isFilling = false;

  constructor(upstream: Upstream, work: Work, concurrency: Concurrency) {
    super(upstream.settings);
    this.parts = [new Port(upstream.open(), this)];
    this.#work = work;
    this.#concurrency = concurrency;
  }

  override arrived(): void {
    this.fill();
    const [first] = this.#queue;
    const isReady = first === undefined ? this.#hasEnded() : !first.promise;
    if (isReady) this.gate.open();
  }

  /** Loads as much as may be loaded. */
  fill(): void {
    // A callback may have it filled from inside.
    if (this.#isFilling) return;
    this.#isFilling = true;
    this.run(() => {
      while (this.#hasRoom() && this.#acquire() && this.#load());
    });
    this.#isFilling = false;
  }

  protected take(): Status {
    // Whoever asks has read the source that it was given before to its end.
    this.#taken = 0;
    for (;;) {
      this.fill();
      const [slot] = this.#queue;
      if (this.isStopped) return WAIT;
      if (slot === undefined) return this.#hasEnded() ? DONE : WAIT;
      if (slot.promise !== undefined) return WAIT;
      this.#queue.shift();
      if (slot.failure !== undefined) throw slot.failure.error;
      this.#bytes -= slot.size;
      if (slot.value === SKIPPED) continue;
      if (this.#concurrency.opens === true) this.#taken = 1;
      this.fill();
      // Nobody takes it: it is closed with the others.
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a callback may have left it meanwhile
      if (this.isStopped) this.#queue.unshift(slot);
      this.value = slot.value;
      return EMIT;
    }
  }

  protected override closeParts(grace: Grace): Closing {
    this.#isOver = true;
    this.#permits?.forEach(release);
    const waiting: Promise<void>[] = [];
    // In order, those that are worked on are in the queue as well.
    const slots = new Set([...this.#working, ...this.#queue]);
    for (const { promise, failure, value } of slots) {
      if (failure !== undefined) grace.report(failure.error);
      if (this.#concurrency.opens === true) {
        const source = Promise.resolve(promise ?? value);
        waiting.push(discardLate(source, this.settings, grace));
      } else if (promise !== undefined) {
        waiting.push(grace.waitForLate(promise));
      }
    }
    return closeInTurn([
      () => (waiting.length > 0 ? Promise.all(waiting) : undefined),
      () => this.parts[0].close(grace),
    ]);
  }

  #hasEnded(): boolean {
    return this.#isOver && this.#working.size === 0;
  }

  #hasRoom(): boolean {
    const {
      limit,
      atOnce = limit,
      maxBytes = Infinity,
      ordered,
    } = this.#concurrency;
    const working = this.#working.size;
    const begun = this.#queue.length + (ordered ? 0 : working) + this.#taken;
    return (
      !this.#isOver &&
      !this.isStopped &&
      begun < limit &&
      working < atOnce &&
      this.#bytes < maxBytes
    );
  }

  /** Whether the permits for one more item are there; asks for them where they are not. */
  #acquire(): boolean {
    if (this.#permits === undefined) {
      this.#permits = null;
      dropLateError(this.#acquireAll());
    }
    return this.#permits !== null;
  }

  async #acquireAll(): Promise<void> {
    const permits: Permit[] = [];
    try {
      for (const semaphore of this.#concurrency.semaphores) {
        const permit = semaphore.tryAcquire();
        permits.push(permit ?? (await semaphore.acquire(this.signal)));
      }
    } catch {
      // The signal aborted, as this is closed: nobody is left to be told.
    }
    if (!this.isOpen) {
      permits.forEach(release);
      return;
    }
    const isLate = this.#permits === null && !this.#isFilling;
    this.#permits = permits;
    if (isLate) this.arrived();
  }

  /** Loads one item and begins to work on it; answers false where it has to wait. */
  #load(): boolean {
    const [port] = this.parts;
    const slot: Slot = {
      promise: undefined,
      value: undefined,
      failure: undefined,
      size: 0,
      permits: [],
    };
    try {
      const status = port.read();
      if (status === WAIT) return false;
      slot.permits = this.#permits ?? [];
      this.#permits = undefined;
      if (status === EMIT) {
        this.#begin(slot, port.value);
        return true;
      }
      this.#isOver = true;
    } catch (error) {
      this.#end(slot, undefined, { error });
      if (!this.#queue.includes(slot)) this.#queue.push(slot);
    }
    slot.permits.forEach(release);
    return false;
  }

  #begin(slot: Slot, item: unknown): void {
    const { ordered } = this.#concurrency;
    const result = this.#work(item, this);
    if (!isThenable(result)) {
      this.#end(slot, result);
      this.#queue.push(slot);
      return;
    }
    slot.promise = result;
    this.#working.add(slot);
    if (ordered) this.#queue.push(slot);
    const goOn = (value: unknown, failure?: Slot["failure"]): void => {
      this.#working.delete(slot);
      this.#end(slot, value, failure);
      if (!this.isOpen) return;
      if (!ordered) this.#queue.push(slot);
      this.arrived();
    };
    result.then(goOn, (error: unknown) => {
      goOn(undefined, { error });
    });
  }

  #end(slot: Slot, value: unknown, failure?: Slot["failure"]): void {
    slot.promise = undefined;
    slot.value = value;
    slot.failure = failure;
    slot.permits.forEach(release);
    const { maxBytes, sizeOf } = this.#concurrency;
    if (failure !== undefined) this.#isOver = true;
    else if (
      value !== SKIPPED &&
      maxBytes !== undefined &&
      sizeOf !== undefined
    ) {
      try {
        this.#bytes += slot.size = sizeOf(value);
      } catch (error) {
        this.#end(slot, undefined, { error });
      }
    }
  }
}

function release(permit: Permit): void {
  permit.release();
}
