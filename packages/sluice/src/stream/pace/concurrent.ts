import { dropLateError } from "../../core/drop-late-error.ts";
import type { Permit, Semaphore } from "../../task/semaphore.ts";
import { closeInTurn } from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Status,
} from "../engine/cursor.ts";
import { discard } from "../engine/discard.ts";
import type { Grace } from "../engine/grace.ts";
import { Joint } from "../engine/joint.ts";
import { Port } from "../engine/port.ts";
import { reportLate } from "../engine/settings.ts";
import type { Upstream } from "../engine/stretch.ts";
import { SKIPPED, Slot, type SlotOwner, type Work } from "./slot.ts";

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
  readonly maxBytes?: number | undefined;
  readonly sizeOf?: (item: unknown) => number;
  /** Whether work gives sources, to be closed where nobody takes them. */
  readonly opens?: boolean;
}

/** How many items that get ready one by one are handed on at once each, until that is looked at again. */
const SINGLES = 32;

/**
 * Loads items ahead, and works on several at once.
 *
 * Holds at most `limit` items. What is ready is handed on without a pause. A failure
 * comes in its place, after the items before it, and stops the loading of more.
 */
export class Concurrent extends Joint implements SlotOwner {
  readonly work: readonly Work[];
  readonly sizeOf: ((item: unknown) => number) | undefined;
  protected readonly parts: readonly [Port];
  readonly #semaphores: readonly Semaphore[];
  readonly #limit: number;
  readonly #atOnce: number;
  readonly #maxBytes: number;
  readonly #ordered: boolean;
  readonly #opens: boolean;
  /** All there are, at most `limit`. */
  readonly #slots: Slot[] = [];
  #free: Slot | undefined;
  /** Those that are given next, in order; unordered, only those that are ready. */
  #first: Slot | undefined;
  #last: Slot | undefined;
  /** How many slots are not free. */
  #begun = 0;
  #working = 0;
  #bytes = 0;
  /** Sources that were taken, and are being read. */
  #taken = 0;
  /** No more is loaded: the end, or a failure. */
  #isOver = false;
  /** The permits for the item that is loaded next; `null` while they are waited for. */
  #permits: readonly Permit[] | null | undefined;
  #isFilling = false;
  /** Whether the next item is waited for. */
  #isLoading = false;
  /** How many more are handed on at once. */
  #singles = 0;
  /** How many have got ready since whoever waited was told that there is one. */
  #batch = 1;

  constructor(
    upstream: Upstream,
    work: readonly Work[],
    {
      limit,
      atOnce = limit,
      semaphores,
      ordered,
      maxBytes,
      sizeOf,
      opens = false,
    }: Concurrency,
  ) {
    super(upstream.settings);
    this.parts = [new Port(upstream.open(), this)];
    this.work = work;
    this.sizeOf = maxBytes === undefined ? undefined : sizeOf;
    this.#semaphores = semaphores;
    this.#limit = limit;
    this.#atOnce = atOnce;
    this.#maxBytes = maxBytes ?? Infinity;
    this.#ordered = ordered;
    this.#opens = opens;
  }

  override arrived(): void {
    this.#isLoading = false;
    this.fill();
    if (this.#isReady()) this.gate.open();
  }

  settled(slot: Slot): void {
    this.#working--;
    this.#end(slot);
    if (!this.isOpen) return;
    if (!this.#ordered) this.#enqueue(slot);
    this.fill();
    if (this.#isReady()) this.#tell();
  }

  /** Loads as much as may be loaded. */
  fill(): void {
    // A callback may have it filled from inside.
    if (this.#isFilling) return;
    this.#isFilling = true;
    while (this.#hasRoom() && this.#acquire() && this.#load());
    this.#isFilling = false;
  }

  protected take(): Status {
    if (this.#first === undefined || this.#taken > 0) {
      // Whoever asks has read the source that it was given before to its end.
      this.#taken = 0;
      this.fill();
    }
    for (;;) {
      const slot = this.#first;
      if (slot === undefined) return this.#hasEnded() ? DONE : WAIT;
      if (slot.promise !== undefined) return WAIT;
      const { value, failure } = slot;
      this.#first = slot.next;
      this.#bytes -= slot.size;
      this.#vacate(slot);
      if (failure !== undefined) throw failure.error;
      if (this.#opens && value !== SKIPPED) this.#taken = 1;
      this.fill();
      if (value === SKIPPED) continue;
      this.value = value;
      return EMIT;
    }
  }

  protected override closeParts(grace: Grace): Closing {
    this.#isOver = true;
    this.#permits?.forEach(release);
    const late: PromiseLike<unknown>[] = [];
    for (const { promise, failure, value } of this.#slots) {
      if (failure !== undefined) reportLate(this.settings, failure.error);
      if (this.#opens) {
        const source = Promise.resolve(promise ?? value);
        late.push(
          source.then((opened) => discard(opened, this.settings, grace)),
        );
      } else if (promise !== undefined) {
        late.push(promise);
      }
    }
    const waiting = late.map((promise) => grace.waitForLate(promise));
    return closeInTurn([
      () => (waiting.length > 0 ? Promise.all(waiting) : undefined),
      () => this.parts[0].close(grace),
    ]);
  }

  #hasEnded(): boolean {
    return this.#isOver && this.#working === 0;
  }

  #isReady(): boolean {
    const first = this.#first;
    return first === undefined ? this.#hasEnded() : first.promise === undefined;
  }

  /**
   * Tells whoever waits that there is an item: once for all promises that settle
   * together, but at once where each has a turn of its own, in which others would be
   * waited for in vain.
   */
  #tell(): void {
    if (!this.gate.isAwaited) {
      this.#batch++;
    } else if (this.#singles > 0) {
      this.#singles--;
      this.gate.open();
    } else {
      if (this.#batch === 0) this.#singles = SINGLES;
      this.#batch = 0;
      this.gate.openSoon();
    }
  }

  #hasRoom(): boolean {
    return (
      !this.#isOver &&
      !this.#isLoading &&
      this.#begun + this.#taken < this.#limit &&
      this.#working < this.#atOnce &&
      this.#bytes < this.#maxBytes
    );
  }

  /** Whether the permits for one more item are there; asks for them where they are not. */
  #acquire(): boolean {
    if (this.#semaphores.length === 0) return true;
    if (this.#permits === undefined) {
      this.#permits = null;
      dropLateError(this.#acquireAll());
    }
    return this.#permits !== null;
  }

  async #acquireAll(): Promise<void> {
    const permits: Permit[] = [];
    try {
      for (const semaphore of this.#semaphores) {
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
    try {
      const status = port.read();
      if (status === WAIT) {
        this.#isLoading = true;
        return false;
      }
      if (status === EMIT) {
        this.#begin(port.value);
        return true;
      }
      this.#isOver = true;
      this.#permits?.forEach(release);
      this.#permits = undefined;
    } catch (error) {
      const slot = this.#occupy();
      slot.fail(error);
      this.#isOver = true;
      this.#enqueue(slot);
    }
    return false;
  }

  #begin(item: unknown): void {
    const slot = this.#occupy();
    if (this.#permits) slot.permits = this.#permits;
    this.#permits = undefined;
    slot.begin(item);
    if (slot.promise === undefined) {
      this.#end(slot);
      this.#enqueue(slot);
      return;
    }
    this.#working++;
    if (this.#ordered) this.#enqueue(slot);
  }

  #end(slot: Slot): void {
    slot.release();
    this.#bytes += slot.size;
    if (slot.failure !== undefined) this.#isOver = true;
  }

  #occupy(): Slot {
    this.#begun++;
    const slot = this.#free;
    if (slot !== undefined) {
      this.#free = slot.next;
      slot.next = undefined;
      return slot;
    }
    const made = new Slot(this);
    this.#slots.push(made);
    return made;
  }

  #vacate(slot: Slot): void {
    this.#begun--;
    slot.clear();
    slot.next = this.#free;
    this.#free = slot;
  }

  #enqueue(slot: Slot): void {
    if (this.#first === undefined) this.#first = slot;
    else if (this.#last !== undefined) this.#last.next = slot;
    this.#last = slot;
  }
}

function release(permit: Permit): void {
  permit.release();
}
