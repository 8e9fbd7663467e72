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
import { discardLate } from "../engine/discard.ts";
import type { Grace } from "../engine/grace.ts";
import { Joint } from "../engine/joint.ts";
import { Port } from "../engine/port.ts";
import { Queue } from "../engine/queue.ts";
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
  readonly sizeOf?: ((item: unknown) => number) | undefined;
  /** Whether work gives sources, to be closed where nobody takes them. */
  readonly opens?: boolean;
}

/** Of how many items that get ready one by one whoever waits is told at once. */
const SINGLES = 32;

/**
 * Loads items ahead, and works on several at once.
 *
 * Holds at most `limit` items. What is ready is handed on without a pause. A failure
 * comes in its place, after the items before it, and stops the loading of more.
 */
export class Concurrent extends Joint implements SlotOwner {
  readonly sizeOf: ((item: unknown) => number) | undefined;
  readonly #port: Port;
  readonly #work: Work | undefined;
  readonly #concurrency: Concurrency;
  /** All slots, at most `limit`, and those among them that may be used. */
  readonly #slots: Slot[] = [];
  readonly #free: Slot[] = [];
  /** Those that are given next, in order; unordered, only those that are ready. */
  readonly #queue = new Queue<Slot>();
  #working = 0;
  #bytes = 0;
  /** Sources that were taken, and are being read. */
  #taken = 0;
  /** No more is loaded: the end, or a failure. */
  #isOver = false;
  /** What every item begins with; with semaphores, permits are asked for. */
  readonly #noPermits: readonly Permit[] | undefined;
  /** The permits for the item that is loaded next; `null` while they are waited for. */
  #permits: readonly Permit[] | null | undefined;
  #isFilling = false;
  /** Of how many more whoever waits is told at once. */
  #singles = 0;

  constructor(
    upstream: Upstream,
    work: Work | undefined,
    concurrency: Concurrency,
  ) {
    super(upstream.settings);
    this.#port = new Port(upstream.open(), this);
    this.#work = work;
    this.#concurrency = concurrency;
    this.sizeOf = concurrency.sizeOf;
    if (concurrency.semaphores.length === 0) this.#noPermits = [];
    this.#permits = this.#noPermits;
  }

  protected get parts(): readonly [Port] {
    return [this.#port];
  }

  override arrived(): void {
    const isAsked = this.#isDirect() && this.gate.isAwaited;
    if (!isAsked) this.fill();
    if (isAsked || this.#isReady()) this.gate.open();
  }

  settled(slot: Slot): void {
    this.#working--;
    this.#end(slot);
    if (this.isStopped) return;
    if (!this.#concurrency.ordered) this.#queue.push(slot);
    this.fill();
    if (this.#isReady()) this.#tell();
  }

  /** Loads as much as may be loaded. */
  fill(): void {
    // A callback may have it filled from inside.
    if (this.#isFilling) return;
    this.#isFilling = true;
    const { isRunning } = this;
    this.isRunning = true;
    while (
      this.#hasRoom() &&
      (this.#permits ?? this.#acquire()) &&
      this.#load()
    );
    this.isRunning = isRunning;
    this.#isFilling = false;
  }

  protected take(): Status {
    if (this.#isDirect()) {
      const status = this.readFrom(this.#port);
      if (status === EMIT) this.fill();
      return status;
    }
    // Whoever asks has read the source that it was given before to its end.
    this.#taken = 0;
    for (;;) {
      this.fill();
      const { first } = this.#queue;
      if (this.isStopped) return WAIT;
      if (first === undefined) return this.#hasEnded() ? DONE : WAIT;
      if (first.promise !== undefined) return WAIT;
      if (this.#give(first)) return EMIT;
    }
  }

  protected override closeParts(grace: Grace): Closing {
    this.#isOver = true;
    this.#permits?.forEach(release);
    const waiting: Promise<void>[] = [];
    for (const { promise, failure, value } of this.#slots) {
      if (failure !== undefined) grace.report(failure.error);
      if (this.#concurrency.opens === true) {
        const source = promise ?? value;
        if (source !== undefined) {
          const late = Promise.resolve(source);
          waiting.push(discardLate(late, this.settings, grace));
        }
      } else if (promise !== undefined) {
        waiting.push(grace.waitForLate(promise));
      }
    }
    return closeInTurn([
      () => (waiting.length > 0 ? Promise.all(waiting) : undefined),
      () => this.#port.close(grace),
    ]);
  }

  /** Gives what is in the first slot, unless it is not to be given. */
  #give(slot: Slot): boolean {
    const { value, failure } = slot;
    this.#queue.shift();
    this.#bytes -= slot.size;
    slot.value = slot.failure = undefined;
    this.#free.push(slot);
    if (failure !== undefined) throw failure.error;
    if (value === SKIPPED) return false;
    if (this.#concurrency.opens === true) this.#taken = 1;
    this.fill();
    // If a callback has left the stream meanwhile, nobody takes it: it is closed, too.
    if (this.isStopped) this.#occupy().value = value;
    this.value = value;
    return true;
  }

  /** Whether an item can be given as it comes, without a slot. */
  #isDirect(): boolean {
    return (
      !(this.#work ?? this.sizeOf ?? this.#queue.first) && !!this.#noPermits
    );
  }

  #hasEnded(): boolean {
    return this.#isOver && this.#working === 0;
  }

  #isReady(): boolean {
    const { first } = this.#queue;
    return first === undefined ? this.#hasEnded() : first.promise === undefined;
  }

  /**
   * Tells whoever waits that there is an item: once for all promises that settle
   * together, but at once where each has a turn of its own, in which others would be
   * waited for in vain.
   */
  #tell(): void {
    if (!this.gate.isAwaited) {
      this.#singles = 0;
    } else if (this.#singles > 0) {
      this.#singles--;
      this.gate.open();
    } else {
      this.#singles = SINGLES;
      this.gate.openSoon();
    }
  }

  #hasRoom(): boolean {
    const { limit, atOnce = limit, maxBytes = Infinity } = this.#concurrency;
    return (
      this.#slots.length - this.#free.length + this.#taken < limit &&
      !this.#port.isPending &&
      !this.#isOver &&
      !this.isStopped &&
      this.#working < atOnce &&
      this.#bytes < maxBytes
    );
  }

  /** Asks for the permits for one more item, and gives them if they are there. */
  #acquire(): readonly Permit[] | null {
    if (this.#permits === undefined) {
      this.#permits = null;
      dropLateError(this.#acquireAll());
    }
    return this.#permits;
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
    try {
      const status = this.#port.read();
      if (status === WAIT) return false;
      if (status === EMIT) {
        this.#begin(this.#occupy());
        return true;
      }
    } catch (error) {
      const slot = this.#occupy();
      slot.fail(error);
      this.#queue.push(slot);
    }
    // Nothing more is begun with them.
    this.#permits?.forEach(release);
    this.#permits = null;
    this.#isOver = true;
    return false;
  }

  #occupy(): Slot {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const slot = new Slot(this, this.createContext(0));
    this.#slots.push(slot);
    return slot;
  }

  #begin(slot: Slot): void {
    slot.permits = this.#permits ?? slot.permits;
    this.#permits = this.#noPermits;
    slot.begin(this.#port.value, this.#work);
    const isDone = slot.promise === undefined;
    if (isDone) this.#end(slot);
    else this.#working++;
    if (isDone || this.#concurrency.ordered) this.#queue.push(slot);
  }

  #end(slot: Slot): void {
    slot.permits.forEach(release);
    this.#bytes += slot.size;
    if (slot.failure !== undefined) this.#isOver = true;
  }
}

function release(permit: Permit): void {
  permit.release();
}
